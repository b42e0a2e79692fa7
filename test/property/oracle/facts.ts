/**
 * Takes a history apart by kind of observation. The *time* of an observation is its place in the list. A *unit* is that within which
 * order is judged: an aggregate within a topic or, with order scope `aggregate`, a whole aggregate.
 */
import type { CheckerOptions } from '../../../src/domain/scenario/checker-options.js';
import type {
  AckKind,
  Attempt,
  AttemptOutcome,
  Delivery,
  Observation,
  PublishedEvent,
  PublishResult,
} from '../../../src/domain/observation.js';
import type { RunNote } from '../../../src/domain/run-note.js';

interface Told {
  readonly time: number;
  readonly unit: string;
  readonly version: number;
}

export type Published = Told & { readonly event: PublishedEvent };
export type Result = Told & { readonly event: PublishedEvent; readonly result: PublishResult };
export type Delivered = Told & { readonly delivery: Delivery };
/** `end` is Infinity and `outcome` null where the attempt never ends. */
export type Started = Told & {
  readonly attempt: Attempt;
  readonly end: number;
  readonly outcome: AttemptOutcome | null;
};
export type Finished = Told & { readonly attempt: Attempt; readonly delivery: Delivery };
export type Acked = Told & {
  readonly delivery: Delivery;
  readonly ack: AckKind;
  readonly stamp: number;
  readonly atMs: number;
};
export interface Noted {
  readonly time: number;
  readonly note: RunNote;
}

interface Subject {
  readonly aggregate: number;
  readonly topic: number;
}

export class Facts {
  readonly options: CheckerOptions;
  readonly publishes: Published[] = [];
  readonly results: Result[] = [];
  readonly delivered: Delivered[] = [];
  readonly started: readonly Started[];
  readonly finished: Finished[] = [];
  readonly acks: Acked[] = [];
  readonly notes: Noted[] = [];
  /** In the order in which they were met. Submits, acks and notes make no unit known. */
  readonly units = new Map<string, Subject>();

  constructor(observations: readonly Observation[], options: CheckerOptions) {
    this.options = options;
    const starts: Omit<Started, 'end' | 'outcome'>[] = [];
    for (const [time, { kind, record }] of observations.entries()) {
      switch (kind) {
        case 'publish':
          this.publishes.push({ ...this.#meet(record, time), event: record });
          break;
        case 'publish-result':
          this.results.push({ ...this.#meet(record.event, time), event: record.event, result: record });
          break;
        case 'deliver':
          this.delivered.push({ ...this.#meet(record, time), delivery: record });
          break;
        case 'start':
          starts.push({ ...this.#meet(record.delivery, time), attempt: record });
          break;
        case 'finish':
          this.finished.push({ ...this.#meet(record.delivery, time), attempt: record, delivery: record.delivery });
          break;
        case 'ack': {
          const { delivery, kind: ack, stamp, atMs } = record;
          this.acks.push({ time, unit: this.unitOf(delivery), version: delivery.version, delivery, ack, stamp, atMs });
          break;
        }
        case 'note':
          this.notes.push({ time, note: record });
          break;
        case 'submit':
          break;
      }
    }
    this.started = starts.map((start) => {
      const { delivery, number } = start.attempt;
      const finish = this.finished.find((one) => one.delivery.id === delivery.id && one.attempt.number === number);
      return { ...start, end: finish?.time ?? Infinity, outcome: finish?.attempt.outcome ?? null };
    });
  }

  unitOf({ aggregate, topic }: Subject): string {
    return this.options.orderScope === 'topic' ? `${aggregate}/${topic}` : `${aggregate}`;
  }

  /** The log that a partition is: of its topic alone, or the one that all topics share. `?`: not known. */
  logOf(topic: number, partition: number): string {
    if (partition < 0) return '?';
    return this.options.logs === 'per topic' ? `${topic}/${partition}` : `${partition}`;
  }

  /** The broker handed it over before: by its own count or, where it has none, the same event from the same place. */
  isRedelivery(delivery: Delivery): boolean {
    if (delivery.deliveryCount !== null) return delivery.deliveryCount > 1;
    const own = this.delivered.find((one) => one.delivery.id === delivery.id);
    if (own === undefined || delivery.position === 0) return false;
    return this.delivered.some(
      (one) =>
        one.time < own.time &&
        one.unit === own.unit &&
        one.version === own.version &&
        one.delivery.position === delivery.position &&
        this.logOf(one.delivery.topic, one.delivery.partition) === this.logOf(delivery.topic, delivery.partition),
    );
  }

  /** No `subscription-ended` note of the subscription before that time. */
  isAlive(subscription: number, time: number): boolean {
    const name = this.options.names.subscriptions[subscription];
    return !this.notes.some(
      (one) => one.note.kind === 'subscription-ended' && one.note.detail.subscription === name && one.time < time,
    );
  }

  #meet(subject: Subject & { readonly version: number }, time: number): Told {
    const unit = this.unitOf(subject);
    if (!this.units.has(unit)) this.units.set(unit, subject);
    return { time, unit, version: subject.version };
  }
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
