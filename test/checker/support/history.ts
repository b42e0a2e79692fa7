/**
 * A history made by hand: the smallest one that shows a thing. Stamps come in the order in which the methods are
 * called; log positions in the order in which events are published, unless a delivery says otherwise. Time stands still
 * unless {@link History.at} moves it.
 */
import { expect } from 'vitest';
import { StreamingChecker } from '../../../src/checker/streaming-checker.js';
import type { CheckerOptions } from '../../../src/domain/scenario/checker-options.js';
import type { Drain } from '../../../src/domain/drain.js';
import type { DisturbanceAction } from '../../../src/domain/scenario/disturbance.js';
import type {
  AckKind,
  Attempt,
  AttemptOutcome,
  Delivery,
  Observation,
  PublishedEvent,
} from '../../../src/domain/observation.js';
import type { NoteKind, RunNote } from '../../../src/domain/run-note.js';
import type { Verdict } from '../../../src/domain/report/verdict.js';
import { comparable, oracle } from '../../property/oracle.js';
import { feed, releaseDetail } from './feed.js';

export const drained: Drain = { complete: true, reason: null, brokerLost: false, givenUp: 0 };
export const notDrained: Drain = { ...drained, complete: false, reason: 'the drain time-out of 30 s was reached' };

const names = {
  aggregates: ['agg-0', 'agg-1', 'agg-2'],
  topics: ['orders', 'invoices'],
  subscriptions: ['puller-0', 'puller-1', 'puller-2'],
};

type EventDetails = Partial<Pick<PublishedEvent, 'aggregate' | 'topic' | 'publisher'>>;

export class History {
  readonly observations: Observation[] = [];
  readonly #events: PublishedEvent[] = [];
  readonly #positions = new Map<PublishedEvent, number>();
  #stamp = 0;
  #nowMs = 0;
  #position = 0;
  #deliveryId = 0;

  publish(version: number, details: EventDetails = {}): void {
    const event = this.#newEvent(version, details, ++this.#stamp);
    this.observations.push({ kind: 'publish', record: event });
  }

  /** A publish call and its acknowledgement for each. */
  publishAcked(versions: readonly number[], details: EventDetails = {}): void {
    for (const version of versions) {
      this.publish(version, details);
      this.acked(version, details.aggregate, 0, details);
    }
  }

  /** Without a position, the broker's answer did not say where the event is stored. */
  acked(version: number, aggregate = 0, position = 0, details: EventDetails = {}): void {
    this.#settle(this.#find(version, { ...details, aggregate })!, position, 0);
  }

  refused(version: number, aggregate = 0): void {
    this.#settle(this.#find(version, { aggregate })!, null, 0);
  }

  /** Acknowledged with the partition in which the event was stored. */
  ackedIn(partition: number, version: number): void {
    this.#settle(this.#find(version, {})!, 0, partition);
  }

  deliver(version: number, details: Partial<Delivery> = {}): Delivery {
    const event = this.#find(version, details) ?? this.#newEvent(version, details, 0);
    const delivery: Delivery = {
      ...event,
      id: ++this.#deliveryId,
      partition: 0,
      position: this.#positions.get(event)!,
      deliveryCount: 1,
      subscription: 0,
      owned: true,
      deliverStamp: ++this.#stamp,
      deliveredAtMs: this.#nowMs,
      ackToken: 0,
      submitStamp: 0,
      ...details,
    };
    this.observations.push({ kind: 'deliver', record: { ...delivery } });
    return delivery;
  }

  submit(delivery: Delivery): Delivery {
    delivery.submitStamp = ++this.#stamp;
    this.observations.push({ kind: 'submit', record: { ...delivery } });
    return delivery;
  }

  start(delivery: Delivery, details: Partial<Pick<Attempt, 'number' | 'lane'>> = {}): Attempt {
    const attempt: Attempt = {
      ...{ delivery: { ...delivery }, number: 1, lane: 0, startStamp: ++this.#stamp, startedAtMs: 0 },
      ...{ finishStamp: 0, finishedAtMs: 0, outcome: null },
      ...details,
    };
    this.observations.push({ kind: 'start', record: attempt });
    return attempt;
  }

  finish(attempt: Attempt, outcome: AttemptOutcome = 'done'): void {
    this.observations.push({ kind: 'finish', record: { ...attempt, finishStamp: ++this.#stamp, outcome } });
  }

  /** Delivered, submitted, started and finished, with nothing in between. */
  handle(version: number, details: Partial<Delivery> = {}): void {
    this.finish(this.start(this.submit(this.deliver(version, details))));
  }

  /** Moves the time to so many milliseconds since the run began. */
  at(ms: number): void {
    this.#nowMs = ms;
  }

  ack(delivery: Delivery, kind: AckKind = 'ack'): void {
    const record = { delivery: { ...delivery }, kind, stamp: ++this.#stamp, atMs: this.#nowMs };
    this.observations.push({ kind: 'ack', record });
  }

  note<Kind extends NoteKind>(kind: Kind, detail: RunNote<Kind>['detail'] = {}): void {
    const note = { kind, stamp: ++this.#stamp, atMs: this.#nowMs, detail } as RunNote;
    this.observations.push({ kind: 'note', record: note });
  }

  /** The bus lets go of a delivery without handling it. */
  release(kind: 'rejected' | 'discarded' | 'given-back' | 'crashed', delivery: Delivery): void {
    this.note(kind, releaseDetail(delivery));
  }

  /** The subscription is dead, or has left. */
  ended(subscription: number): void {
    this.note('subscription-ended', { subscription: names.subscriptions[subscription]! });
  }

  disturb(what: DisturbanceAction['kind']): void {
    this.note('disturbance', { what });
  }

  handleAll(versions: readonly number[], details: Partial<Delivery> = {}): void {
    for (const version of versions) this.handle(version, details);
  }

  /** The verdict in which the checker and the definitions agree. */
  verdict(options: Partial<CheckerOptions> = {}, drain: Drain = drained): Verdict {
    const defined = oracle(this.observations, { names, orderScope: 'topic', allow: [], ...options }, drain);
    const verdict = this.verdictOfChecker(options, drain);
    expect(comparable(verdict)).toEqual(comparable(defined));
    return verdict;
  }

  /** For histories that are too long, or versions that are too high, to be counted out one by one. */
  verdictOfChecker(options: Partial<CheckerOptions> = {}, drain: Drain = drained): Verdict {
    const checker = new StreamingChecker({ names, orderScope: 'topic', allow: [], ...options });
    feed(this.observations, checker);
    return checker.end(drain);
  }

  counts(options: Partial<CheckerOptions> = {}, drain: Drain = drained): Verdict['counts'] {
    return this.verdict(options, drain).counts;
  }

  /** The first such event: of any topic and any publisher, where these are not said. */
  #find(version: number, { aggregate = 0, topic, publisher }: EventDetails): PublishedEvent | undefined {
    return this.#events.find(
      (one) =>
        one.version === version &&
        one.aggregate === aggregate &&
        (topic === undefined || one.topic === topic) &&
        (publisher === undefined || one.publisher === publisher),
    );
  }

  #newEvent(version: number, details: EventDetails, publishStamp: number): PublishedEvent {
    const { aggregate = 0, topic = 0, publisher = 0 } = details;
    const event = { aggregate, topic, version, publisher, publishStamp, publishedAtMs: this.#nowMs };
    this.#events.push(event);
    this.#positions.set(event, ++this.#position);
    return event;
  }

  #settle(event: PublishedEvent, position: number | null, partition: number): void {
    this.observations.push({
      kind: 'publish-result',
      record: {
        event,
        stamp: ++this.#stamp,
        atMs: this.#nowMs,
        ok: position !== null,
        partition,
        position: position ?? 0,
        duplicate: false,
        error: position === null ? 'timeout' : null,
      },
    });
  }
}

/** Versions 1 to n are published and acknowledged, then handled in the order given. */
export function handledInOrder(order: readonly number[], details: Partial<Delivery> = {}): History {
  const history = new History();
  const highest = Math.max(...order);
  history.publishAcked(Array.from({ length: highest }, (_, i) => i + 1));
  history.handleAll(order, details);
  return history;
}
