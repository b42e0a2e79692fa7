/**
 * Records what pipeline code says has just happened: one method for each stage. Every call takes exactly one stamp of
 * the run's logical clock and makes exactly one observation, so the stamps of a run are dense: a hole in them is a lost
 * observation, never a quiet stretch.
 *
 * The stamp is taken inside the call. A caller that needs stamp and action to be one step (the version and the publish
 * stamp, the ticket of the inbox) takes the stamp itself and passes it in.
 */
import type {
  AckKind,
  Attempt,
  AttemptOutcome,
  Delivery,
  ObservationSink,
  PublishedEvent,
  PublishResult,
} from '../domain/observation.js';
import type { NoteDetail, NoteKind, RunNote } from '../domain/run-note.js';
import { toWholeMicroseconds } from './microseconds.js';

export interface RecorderOptions {
  /** The run's logical clock: from 1 up, every value handed out once, over all threads. */
  readonly nextStamp: () => number;
  /** Milliseconds since the run began, with fractions. */
  readonly nowMs: () => number;
  readonly sink: ObservationSink;
}

/** What a subscription knows of a message when its client hands it over. */
export type DeliveredFields = Omit<Delivery, 'id' | 'deliverStamp' | 'deliveredAtMs' | 'submitStamp'>;

/** What a publisher knows when its call has settled. */
export type PublishResultFields = Omit<PublishResult, 'event' | 'stamp' | 'atMs'>;

export class Recorder {
  readonly #nextStamp: () => number;
  readonly #nowMs: () => number;
  readonly #sink: ObservationSink;

  constructor(options: RecorderOptions) {
    this.#nextStamp = options.nextStamp;
    this.#nowMs = options.nowMs;
    this.#sink = options.sink;
  }

  /**
   * A publish call is about to be made.
   * @param stamp given where version and stamp were claimed together
   * @param dueAtMs when the call was due, where a rate is set: what its latency counts from
   */
  publish(
    aggregate: number,
    topic: number,
    version: number,
    publisher: number,
    stamp: number = this.#nextStamp(),
    dueAtMs?: number,
  ): PublishedEvent {
    const event: PublishedEvent = {
      aggregate,
      topic,
      version,
      publisher,
      publishStamp: stamp,
      publishedAtMs: dueAtMs === undefined ? this.#now() : toWholeMicroseconds(dueAtMs),
    };
    this.#sink.observe({ kind: 'publish', record: event });
    return event;
  }

  /** The publish call has settled. */
  publishResult(event: PublishedEvent, fields: PublishResultFields): PublishResult {
    const result: PublishResult = {
      event,
      stamp: this.#nextStamp(),
      atMs: this.#now(),
      ok: fields.ok,
      partition: fields.partition,
      position: fields.position,
      duplicate: fields.duplicate,
      error: fields.error,
    };
    this.#sink.observe({ kind: 'publish-result', record: result });
    return result;
  }

  /** The client has handed a message to a subscription. The delivery's id is its stamp, unique over all threads. */
  deliver(fields: DeliveredFields): Delivery {
    const stamp = this.#nextStamp();
    const delivery: Delivery = {
      id: stamp,
      aggregate: fields.aggregate,
      topic: fields.topic,
      version: fields.version,
      publisher: fields.publisher,
      publishStamp: fields.publishStamp,
      publishedAtMs: fields.publishedAtMs,
      partition: fields.partition,
      position: fields.position,
      deliveryCount: fields.deliveryCount,
      subscription: fields.subscription,
      owned: fields.owned,
      deliverStamp: stamp,
      deliveredAtMs: this.#now(),
      ackToken: fields.ackToken,
      submitStamp: 0,
    };
    this.#sink.observe({ kind: 'deliver', record: delivery });
    return delivery;
  }

  /** The delivery has its place in the dispatcher's inbox; `stamp` is the ticket that the inbox took for it. */
  submitted(delivery: Delivery, stamp: number): void {
    delivery.submitStamp = stamp;
    this.#sink.observe({ kind: 'submit', record: delivery });
  }

  /**
   * The handler is about to start.
   * @param number which attempt of this delivery, from 1
   * @param lane the serial executor, -1 outside the lanes
   */
  start(delivery: Delivery, number: number, lane: number): Attempt {
    const attempt: Attempt = {
      delivery,
      number,
      lane,
      startStamp: this.#nextStamp(),
      startedAtMs: this.#now(),
      finishStamp: 0,
      finishedAtMs: 0,
      outcome: null,
    };
    this.#sink.observe({ kind: 'start', record: attempt });
    return attempt;
  }

  /** The handler has ended, and its effect is visible. */
  finish(attempt: Attempt, outcome: AttemptOutcome): void {
    attempt.finishStamp = this.#nextStamp();
    attempt.finishedAtMs = this.#now();
    attempt.outcome = outcome;
    this.#sink.observe({ kind: 'finish', record: attempt });
  }

  /** The delivery was acknowledged, in the way that `kind` says. */
  ack(delivery: Delivery, kind: AckKind): void {
    this.#sink.observe({ kind: 'ack', record: { delivery, kind, stamp: this.#nextStamp(), atMs: this.#now() } });
  }

  /** Something happened to the run rather than to one event. */
  note<Kind extends NoteKind>(kind: Kind, detail: NoteDetail<Kind>): void {
    const note = { kind, stamp: this.#nextStamp(), atMs: this.#now(), detail } as RunNote;
    this.#sink.observe({ kind: 'note', record: note });
  }

  #now(): number {
    return toWholeMicroseconds(this.#nowMs());
  }
}
