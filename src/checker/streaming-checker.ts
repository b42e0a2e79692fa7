/**
 * Did the bus keep each aggregate's events in version order, and if not, how not? Takes the observations of a run one by
 * one, in stamp order, and keeps what it needs to count every anomaly of docs/CHECKER.md exactly: a little for each
 * aggregate, each open gap and each event under way, and the log positions of each aggregate's latest versions.
 *
 * One anomaly is one file beside this one; unit.ts tells them what happens.
 */
import type { CheckerOptions } from '../domain/checker-options.js';
import type { Drain } from '../domain/drain.js';
import type { Attempt, Delivery, ObservationSink, PublishedEvent, PublishResult } from '../domain/observation.js';
import type { Verdict } from '../domain/verdict.js';
import { Aggregate } from './aggregate.js';
import { Tallies } from './tallies.js';
import type { Unit, UnitContext } from './unit.js';
import { verdictOf } from './verdict.js';

const positionWindowDefault = 1024;

export class StreamingChecker implements ObservationSink {
  readonly #options: CheckerOptions;
  readonly #tallies = new Tallies();
  readonly #context: UnitContext;
  readonly #unitPerTopic: boolean;
  /** By aggregate index; undefined where the aggregate has not been met. */
  readonly #aggregates: (Aggregate | undefined)[] = [];
  /** The home unit of each: most aggregates need no other. */
  readonly #homes: (Unit | undefined)[] = [];

  constructor(options: CheckerOptions) {
    this.#options = options;
    this.#unitPerTopic = options.orderScope === 'topic';
    this.#context = {
      tallies: this.#tallies,
      positionWindow: options.positionWindow ?? positionWindowDefault,
      logs: options.logs ?? 'shared',
    };
  }

  /** Regressions so far. */
  get regressions(): number {
    return this.#tallies.regressions;
  }

  publish(event: PublishedEvent): void {
    const unit = this.#unitOf(event.aggregate, event.topic);
    const isNew = unit.publish(event.version);
    const aggregate = this.#aggregates[event.aggregate]!;
    if (isNew && !aggregate.hasOneUnit) aggregate.published(event.version, unit);
  }

  publishResult(event: PublishedEvent, result: PublishResult): void {
    if (result.ok) this.#tallies.acked++;
    this.#unitOf(event.aggregate, event.topic).publishResult(event.version, event.topic, result);
  }

  deliver(delivery: Delivery): void {
    this.#tallies.delivered++;
    if (!delivery.owned) this.#tallies.misroutes++;
    this.#unitOf(delivery.aggregate, delivery.topic).deliver(delivery);
  }

  submit(): void {
    // Its stamp is read from the delivery when the handler starts.
  }

  start(attempt: Attempt): void {
    this.#unitOf(attempt.delivery.aggregate, attempt.delivery.topic).start(attempt);
  }

  finish(attempt: Attempt): void {
    this.#unitOf(attempt.delivery.aggregate, attempt.delivery.topic).finish(attempt);
  }

  ack(): void {
    // No count depends on acks: what they cause is seen as redeliveries.
  }

  note(): void {
    // What happened to the run explains anomalies; it makes none.
  }

  /** The verdict on all that was observed so far. */
  end(drain: Drain): Verdict {
    const met = this.#aggregates.filter((aggregate) => aggregate !== undefined);
    return verdictOf(met, this.#tallies, drain, this.#options);
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
