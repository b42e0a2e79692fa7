/**
 * How does one sink see the observations of many threads in stamp order? Each observation takes its place by its own
 * stamp in a {@link StampWindow} and reaches the sink when all before it have. Of an object that passes several stages
 * (delivery, attempt) the fields of later stages may be filled in already when an earlier stage reaches the sink.
 */
import type {
  AckKind,
  Attempt,
  Delivery,
  ObservationSink,
  PublishedEvent,
  PublishResult,
  RunNote,
} from '../domain/observation.js';
import { StampWindow, type StampWindowOptions } from './stamp-window.js';

/** One observation as it waits for its turn. */
type Waiting =
  | { readonly kind: 'publish'; readonly event: PublishedEvent }
  | { readonly kind: 'publish-result'; readonly event: PublishedEvent; readonly result: PublishResult }
  | { readonly kind: 'deliver' | 'submit'; readonly delivery: Delivery }
  | { readonly kind: 'start' | 'finish'; readonly attempt: Attempt }
  | {
      readonly kind: 'ack';
      readonly delivery: Delivery;
      readonly ack: AckKind;
      readonly stamp: number;
      readonly atMs: number;
    }
  | { readonly kind: 'note'; readonly note: RunNote };

export class StampOrder implements ObservationSink {
  readonly #sink: ObservationSink;
  readonly #window: StampWindow<Waiting>;

  constructor(sink: ObservationSink, options: StampWindowOptions = {}) {
    this.#sink = sink;
    this.#window = new StampWindow((waiting) => this.#handOn(waiting), options);
  }

  /** Stamps that were given up: observations that were lost on the way. */
  get holes(): number {
    return this.#window.holes;
  }

  /** Observations dropped because they came after their stamp was given up, or bore a stamp that was taken. */
  get late(): number {
    return this.#window.late;
  }

  /** Observations that wait for an earlier one. */
  get held(): number {
    return this.#window.held;
  }

  /** All observations up to this stamp have reached the sink. */
  get passed(): number {
    return this.#window.next - 1;
  }

  publish(event: PublishedEvent): void {
    if (this.#window.passes(event.publishStamp)) this.#sink.publish(event);
    else this.#window.put(event.publishStamp, { kind: 'publish', event });
  }

  publishResult(event: PublishedEvent, result: PublishResult): void {
    if (this.#window.passes(result.stamp)) this.#sink.publishResult(event, result);
    else this.#window.put(result.stamp, { kind: 'publish-result', event, result });
  }

  deliver(delivery: Delivery): void {
    if (this.#window.passes(delivery.deliverStamp)) this.#sink.deliver(delivery);
    else this.#window.put(delivery.deliverStamp, { kind: 'deliver', delivery });
  }

  submit(delivery: Delivery): void {
    if (this.#window.passes(delivery.submitStamp)) this.#sink.submit(delivery);
    else this.#window.put(delivery.submitStamp, { kind: 'submit', delivery });
  }

  start(attempt: Attempt): void {
    if (this.#window.passes(attempt.startStamp)) this.#sink.start(attempt);
    else this.#window.put(attempt.startStamp, { kind: 'start', attempt });
  }

  finish(attempt: Attempt): void {
    if (this.#window.passes(attempt.finishStamp)) this.#sink.finish(attempt);
    else this.#window.put(attempt.finishStamp, { kind: 'finish', attempt });
  }

  ack(delivery: Delivery, ack: AckKind, stamp: number, atMs: number): void {
    if (this.#window.passes(stamp)) this.#sink.ack(delivery, ack, stamp, atMs);
    else this.#window.put(stamp, { kind: 'ack', delivery, ack, stamp, atMs });
  }

  note(note: RunNote): void {
    if (this.#window.passes(note.stamp)) this.#sink.note(note);
    else this.#window.put(note.stamp, { kind: 'note', note });
  }

  /** Nothing more will come: hands on what is held, in order. */
  end(): void {
    this.#window.end();
  }

  #handOn(waiting: Waiting): void {
    switch (waiting.kind) {
      case 'publish':
        return this.#sink.publish(waiting.event);
      case 'publish-result':
        return this.#sink.publishResult(waiting.event, waiting.result);
      case 'deliver':
        return this.#sink.deliver(waiting.delivery);
      case 'submit':
        return this.#sink.submit(waiting.delivery);
      case 'start':
        return this.#sink.start(waiting.attempt);
      case 'finish':
        return this.#sink.finish(waiting.attempt);
      case 'ack':
        return this.#sink.ack(waiting.delivery, waiting.ack, waiting.stamp, waiting.atMs);
      case 'note':
        return this.#sink.note(waiting.note);
    }
  }
}
