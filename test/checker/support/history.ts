/**
 * A history made by hand: the smallest one that shows a thing. Stamps come in the order in which the methods are
 * called; log positions in the order in which events are published, unless a delivery says otherwise.
 */
import { StreamingChecker } from '../../../src/checker/streaming-checker.js';
import type { CheckerOptions } from '../../../src/domain/checker-options.js';
import type { Drain } from '../../../src/domain/drain.js';
import type { Attempt, AttemptOutcome, Delivery, PublishedEvent } from '../../../src/domain/observation.js';
import type { Verdict } from '../../../src/domain/verdict.js';
import { type Call, feed } from './calls.js';

export const drained: Drain = { complete: true, reason: null, brokerLost: false, givenUp: 0 };
export const notDrained: Drain = { ...drained, complete: false, reason: 'the drain time-out of 30 s was reached' };

const names = {
  aggregates: ['agg-0', 'agg-1', 'agg-2'],
  topics: ['orders', 'invoices'],
  subscriptions: ['puller-0', 'puller-1'],
};

type EventDetails = Partial<Pick<PublishedEvent, 'aggregate' | 'topic' | 'publisher'>>;

export class History {
  readonly calls: Call[] = [];
  readonly #events: PublishedEvent[] = [];
  readonly #positions = new Map<PublishedEvent, number>();
  #stamp = 0;
  #position = 0;
  #deliveryId = 0;

  publish(version: number, details: EventDetails = {}): void {
    const event = this.#newEvent(version, details, ++this.#stamp);
    this.calls.push({ kind: 'publish', event });
  }

  /** A publish call and its acknowledgement for each. */
  publishAcked(versions: readonly number[], details: EventDetails = {}): void {
    for (const version of versions) {
      this.publish(version, details);
      this.acked(version, details.aggregate);
    }
  }

  /** Without a position, the broker's answer did not say where the event is stored. */
  acked(version: number, aggregate = 0, position = 0): void {
    this.#settle(version, aggregate, position);
  }

  refused(version: number, aggregate = 0): void {
    this.#settle(version, aggregate, null);
  }

  deliver(version: number, details: Partial<Delivery> = {}): Delivery {
    const event =
      this.#events.find((one) => one.version === version && one.aggregate === (details.aggregate ?? 0)) ??
      this.#newEvent(version, details, 0);
    const delivery: Delivery = {
      ...event,
      id: ++this.#deliveryId,
      partition: 0,
      position: this.#positions.get(event)!,
      deliveryCount: 1,
      subscription: 0,
      owned: true,
      deliverStamp: ++this.#stamp,
      deliveredAtMs: 0,
      ackToken: 0,
      submitStamp: 0,
      ...details,
    };
    this.calls.push({ kind: 'deliver', delivery: { ...delivery } });
    return delivery;
  }

  submit(delivery: Delivery): Delivery {
    delivery.submitStamp = ++this.#stamp;
    this.calls.push({ kind: 'submit', delivery: { ...delivery } });
    return delivery;
  }

  start(delivery: Delivery, details: Partial<Pick<Attempt, 'number' | 'lane'>> = {}): Attempt {
    const attempt: Attempt = {
      ...{ delivery: { ...delivery }, number: 1, lane: 0, startStamp: ++this.#stamp, startedAtMs: 0 },
      ...{ finishStamp: 0, finishedAtMs: 0, outcome: null },
      ...details,
    };
    this.calls.push({ kind: 'start', attempt });
    return attempt;
  }

  finish(attempt: Attempt, outcome: AttemptOutcome = 'done'): void {
    this.calls.push({ kind: 'finish', attempt: { ...attempt, finishStamp: ++this.#stamp, outcome } });
  }

  /** Delivered, submitted, started and finished, with nothing in between. */
  handle(version: number, details: Partial<Delivery> = {}): void {
    this.finish(this.start(this.submit(this.deliver(version, details))));
  }

  handleAll(versions: readonly number[], details: Partial<Delivery> = {}): void {
    for (const version of versions) this.handle(version, details);
  }

  verdict(options: Partial<CheckerOptions> = {}, drain: Drain = drained): Verdict {
    const checker = new StreamingChecker({ names, orderScope: 'topic', allow: [], ...options });
    feed(this.calls, checker);
    return checker.end(drain);
  }

  counts(options: Partial<CheckerOptions> = {}, drain: Drain = drained): Verdict['counts'] {
    return this.verdict(options, drain).counts;
  }

  #newEvent(version: number, details: EventDetails, publishStamp: number): PublishedEvent {
    const { aggregate = 0, topic = 0, publisher = 0 } = details;
    const event = { aggregate, topic, version, publisher, publishStamp, publishedAtMs: 0 };
    this.#events.push(event);
    this.#positions.set(event, ++this.#position);
    return event;
  }

  #settle(version: number, aggregate: number, position: number | null): void {
    const event = this.#events.find((one) => one.version === version && one.aggregate === aggregate)!;
    this.calls.push({
      kind: 'publishResult',
      event,
      result: {
        stamp: ++this.#stamp,
        atMs: 0,
        ok: position !== null,
        partition: 0,
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
