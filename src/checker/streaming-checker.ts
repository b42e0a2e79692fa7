/**
 * Checks whether a bus kept each aggregate's events in version order. It takes the observations of a run one by one, in
 * stamp order, and keeps what it needs to count every anomaly of docs/CHECKER.md exactly: a little for each aggregate,
 * each open gap and each event under way, and the log positions of each aggregate's latest versions.
 *
 * Each anomaly has a file in anomalies/, whose functions aggregate-unit.ts calls.
 */
import type { CheckerOptions } from '../domain/scenario/checker-options.js';
import type { Drain } from '../domain/drain.js';
import { allAtOnce } from '../domain/in-steps.js';
import { stages } from '../domain/observation.js';
import type {
  Acknowledgement,
  Attempt,
  Delivery,
  Observation,
  ObservationSink,
  PublishedEvent,
  PublishResult,
} from '../domain/observation.js';
import type { Verdict } from '../domain/report/verdict.js';
import { Aggregate } from './aggregate.js';
import { Disturbances } from './disturbances.js';
import { LivingSubscriptions } from './exposure/living-subscriptions.js';
import { answerRecord } from './memory/delivery-records.js';
import { logOf } from './memory/log-name.js';
import { NoteReader } from './notes.js';
import { QueueBook } from './exposure/queue-book.js';
import { Silence } from './silence.js';
import { Tallies } from './tallies.js';
import { Timeline } from './timeline.js';
import type { Unit } from './aggregate-unit.js';
import type { UnitContext } from './unit-context.js';
import { verdictInSteps } from './verdict.js';

const positionWindowDefault = 1024;

export class StreamingChecker implements ObservationSink {
  readonly #options: CheckerOptions;
  readonly #tallies = new Tallies();
  readonly #context: UnitContext;
  readonly #notes: NoteReader;
  readonly #unitPerTopic: boolean;
  /** By aggregate index; undefined where the aggregate has not been met. */
  readonly #aggregates: (Aggregate | undefined)[] = [];
  /** The home unit of each: most aggregates need no other. */
  readonly #homes: (Unit | undefined)[] = [];

  constructor(options: CheckerOptions) {
    this.#options = options;
    this.#unitPerTopic = options.orderScope === 'topic';
    const queues = options.queues === undefined ? null : new QueueBook(options.queues);
    const living = new LivingSubscriptions();
    const disturbances = new Disturbances(queues);
    const timeline = new Timeline();
    const silence = new Silence();
    this.#context = {
      tallies: this.#tallies,
      positionWindow: options.positionWindow ?? positionWindowDefault,
      logs: options.logs ?? 'shared',
      seesPublishes: (options.stages ?? stages).includes('publish'),
      firstVersion: options.firstVersion ?? 1,
      startsTellPlaces: options.startsTellPlaces ?? false,
      ...{ queues, disturbances, living, timeline, silence },
    };
    const receivers = { queues, disturbances, living, timeline, silence };
    this.#notes = new NoteReader(options.names, receivers, (kind, { aggregate, topic, version, delivery }) => {
      this.#knownUnit(aggregate, topic)?.release(kind, { id: delivery, version });
    });
  }

  /** Regressions so far. */
  get regressions(): number {
    return this.#tallies.regressions;
  }

  /** Anomalies of all kinds so far, without those that only the end shows. */
  get anomalies(): number {
    return this.#tallies.signatures.total;
  }

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'publish':
        return this.#publish(record);
      case 'publish-result':
        return this.#publishResult(record);
      case 'deliver':
        return this.#deliver(record);
      case 'submit':
        // Its stamp is read from the delivery when the handler starts.
        return;
      case 'start':
        return this.#start(record);
      case 'finish':
        return this.#finish(record);
      case 'ack':
        return this.#ack(record);
      case 'note':
        return this.#notes.read(record);
    }
  }

  /** The verdict on all that was observed so far. */
  end(drain: Drain): Verdict {
    return allAtOnce(this.endInSteps(drain));
  }

  /** The same, in steps, since with a million aggregates it takes a while. */
  endInSteps(drain: Drain): Generator<void, Verdict> {
    return verdictInSteps(this.#aggregates, this.#context, drain, this.#options);
  }

  #publish(event: PublishedEvent): void {
    this.#notes.published();
    this.#unitOf(event.aggregate, event.topic).publish(event);
  }

  #publishResult(result: PublishResult): void {
    const { aggregate, topic } = result.event;
    if (result.ok) this.#tallies.acked++;
    else this.#context.disturbances.refused();
    this.#context.disturbances.stored(result.partition);
    this.#unitOf(aggregate, topic).publishResult(result);
  }

  #deliver(delivery: Delivery): void {
    this.#tallies.delivered++;
    this.#notes.delivered(delivery.subscription);
    if (!delivery.owned) this.#tallies.misroutes++;
    this.#context.disturbances.stored(delivery.partition);
    this.#context.silence.delivered(delivery, this.#context.queues?.isIdle ?? false);
    this.#unitOf(delivery.aggregate, delivery.topic).deliver(delivery);
  }

  #start(attempt: Attempt): void {
    this.#unitOf(attempt.delivery.aggregate, attempt.delivery.topic).start(attempt);
  }

  #finish(attempt: Attempt): void {
    if (attempt.outcome === 'crashed') this.#context.disturbances.cutOff();
    this.#unitOf(attempt.delivery.aggregate, attempt.delivery.topic).finish(attempt);
  }

  #ack(acknowledgement: Acknowledgement): void {
    const { delivery, kind, atMs } = acknowledgement;
    this.#context.queues?.ack(delivery, kind === 'progress', atMs);
    this.#context.silence.answered(atMs);
    if (kind === 'progress') return;
    const log = logOf(this.#context.logs, delivery.topic, delivery.partition);
    this.#context.timeline.answered(kind, log, acknowledgement);
    const unit = this.#knownUnit(delivery.aggregate, delivery.topic);
    if (unit !== undefined) answerRecord(unit, delivery.id, kind, acknowledgement);
  }

  /** The unit if anything was seen of it: notes and answers alone do not make one. */
  #knownUnit(aggregateIndex: number, topic: number): Unit | undefined {
    const key = this.#unitPerTopic ? topic : 0;
    const home = this.#homes[aggregateIndex];
    return home?.key === key ? home : this.#aggregates[aggregateIndex]?.unitWith(key);
  }

  #unitOf(aggregateIndex: number, topic: number): Unit {
    const key = this.#unitPerTopic ? topic : 0;
    const home = this.#homes[aggregateIndex];
    return home?.key === key ? home : this.#meet(aggregateIndex, key, topic);
  }

  #meet(aggregateIndex: number, key: number, topic: number): Unit {
    const met = this.#aggregates[aggregateIndex];
    if (met !== undefined) return met.unit(key, topic);
    while (this.#aggregates.length < aggregateIndex) {
      this.#aggregates.push(undefined);
      this.#homes.push(undefined);
    }
    const aggregate = new Aggregate(aggregateIndex, key, topic, this.#context);
    this.#aggregates[aggregateIndex] = aggregate;
    this.#homes[aggregateIndex] = aggregate.home;
    return aggregate.home;
  }
}
