/** How do checker, latency recorder and trace writer all see one run? Each observation goes to every sink, in order. */
import type {
  AckKind,
  Attempt,
  Delivery,
  ObservationSink,
  PublishedEvent,
  PublishResult,
  RunNote,
} from '../domain/observation.js';

export class FanOut implements ObservationSink {
  readonly #sinks: ObservationSink[];

  constructor(sinks: readonly ObservationSink[]) {
    this.#sinks = [...sinks];
  }

  /** One more sink; it sees what comes from now on. */
  add(sink: ObservationSink): void {
    this.#sinks.push(sink);
  }

  publish(event: PublishedEvent): void {
    for (const sink of this.#sinks) sink.publish(event);
  }

  publishResult(event: PublishedEvent, result: PublishResult): void {
    for (const sink of this.#sinks) sink.publishResult(event, result);
  }

  deliver(delivery: Delivery): void {
    for (const sink of this.#sinks) sink.deliver(delivery);
  }

  submit(delivery: Delivery): void {
    for (const sink of this.#sinks) sink.submit(delivery);
  }

  start(attempt: Attempt): void {
    for (const sink of this.#sinks) sink.start(attempt);
  }

  finish(attempt: Attempt): void {
    for (const sink of this.#sinks) sink.finish(attempt);
  }

  ack(delivery: Delivery, kind: AckKind, stamp: number, atMs: number): void {
    for (const sink of this.#sinks) sink.ack(delivery, kind, stamp, atMs);
  }

  note(note: RunNote): void {
    for (const sink of this.#sinks) sink.note(note);
  }
}
