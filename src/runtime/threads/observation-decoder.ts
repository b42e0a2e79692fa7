/**
 * Decodes the observation chunks of all workers. The main thread has one decoder, which turns the records back into
 * objects and hands them to a sink in the order of their arrival; the sink brings them into stamp order. All records of
 * one delivery give the same {@link Delivery} object, whichever threads they come from, until both the subscription
 * that fetched it and the bus have said that they are done with it.
 */
import { InternalError } from '../../domain/errors.js';
import { ackKinds, attemptOutcomes } from '../../domain/observation.js';
import type {
  Acknowledgement,
  Attempt,
  Delivery,
  ObservationSink,
  PublishedEvent,
  PublishResult,
} from '../../domain/observation.js';
import type { RunNote } from '../../domain/run-note.js';
import { deliveryDoubles, readDelivery } from './delivery-codec.js';
import { noString, recordDoubles, recordKinds, type ObservationChunk } from './observation-batch.js';

interface OpenDelivery {
  readonly delivery: Delivery;
  /** How many threads may still send records of it, of two: the subscription's and the bus. */
  threads: number;
}

export class ObservationDecoder {
  readonly #sink: ObservationSink;
  readonly #deliveries = new Map<number, OpenDelivery>();
  /** Publishes without a result and attempts without an end, by the stamp at which they began. */
  readonly #publishes = new Map<number, PublishedEvent>();
  readonly #attempts = new Map<number, Attempt>();
  #observations = 0;

  constructor(sink: ObservationSink) {
    this.#sink = sink;
  }

  /** Number of observations that have arrived. */
  get observations(): number {
    return this.#observations;
  }

  /** Number of objects kept because a record that refers to them may still arrive. */
  get open(): number {
    return this.#deliveries.size + this.#publishes.size + this.#attempts.size;
  }

  /** @throws {InternalError} if a record is of an unknown kind, or refers to something that was never sent */
  decode(chunk: ObservationChunk): void {
    const { values } = chunk;
    for (let at = 0; at < values.length;) {
      const kind = values[at]!;
      this.#decodeRecord(kind, values, at, chunk.strings);
      at += recordDoubles[kind]!;
    }
  }

  #decodeRecord(kind: number, values: Float64Array, at: number, strings: readonly string[]): void {
    if (kind === recordKinds.settled) return this.#release(values[at + 1]!);
    if (kind === recordKinds.introduce) return void this.#delivery(values, at + 1);
    this.#observations++;
    switch (kind) {
      case recordKinds.publish:
        return this.#publish(values, at);
      case recordKinds.publishResult:
        return this.#publishResult(values, at, strings);
      case recordKinds.deliver:
        return this.#sink.observe({ kind: 'deliver', record: this.#delivery(values, at + 1) });
      case recordKinds.submit:
        return this.#submit(values, at);
      case recordKinds.start:
        return this.#start(values, at);
      case recordKinds.finish:
        return this.#finish(values, at);
      case recordKinds.ack:
        return this.#ack(values, at);
      case recordKinds.note:
        return this.#note(values, at, strings);
      default:
        throw new InternalError(`a worker sent a record of unknown kind ${kind}`);
    }
  }

  #publish(values: Float64Array, at: number): void {
    const event: PublishedEvent = {
      aggregate: values[at + 1]!,
      topic: values[at + 2]!,
      version: values[at + 3]!,
      publisher: values[at + 4]!,
      publishStamp: values[at + 5]!,
      publishedAtMs: values[at + 6]!,
    };
    this.#publishes.set(event.publishStamp, event);
    this.#sink.observe({ kind: 'publish', record: event });
  }

  #publishResult(values: Float64Array, at: number, strings: readonly string[]): void {
    const event = taken(this.#publishes, values[at + 1]!, 'publish');
    const error = values[at + 8]!;
    const result: PublishResult = {
      event,
      stamp: values[at + 2]!,
      atMs: values[at + 3]!,
      ok: values[at + 4] === 1,
      partition: values[at + 5]!,
      position: values[at + 6]!,
      duplicate: values[at + 7] === 1,
      error: error === noString ? null : strings[error]!,
    };
    this.#sink.observe({ kind: 'publish-result', record: result });
  }

  #submit(values: Float64Array, at: number): void {
    const { delivery } = this.#known(values[at + 1]!);
    delivery.submitStamp = values[at + 2]!;
    this.#sink.observe({ kind: 'submit', record: delivery });
    this.#release(delivery.id);
  }

  #start(values: Float64Array, at: number): void {
    const attempt: Attempt = {
      delivery: this.#delivery(values, at + recordDoubles[recordKinds.start]! - deliveryDoubles),
      number: values[at + 1]!,
      lane: values[at + 2]!,
      startStamp: values[at + 3]!,
      startedAtMs: values[at + 4]!,
      finishStamp: 0,
      finishedAtMs: 0,
      outcome: null,
    };
    this.#attempts.set(attempt.startStamp, attempt);
    this.#sink.observe({ kind: 'start', record: attempt });
  }

  #finish(values: Float64Array, at: number): void {
    const attempt = taken(this.#attempts, values[at + 1]!, 'attempt');
    attempt.finishStamp = values[at + 2]!;
    attempt.finishedAtMs = values[at + 3]!;
    attempt.outcome = attemptOutcomes[values[at + 4]!]!;
    this.#sink.observe({ kind: 'finish', record: attempt });
  }

  #ack(values: Float64Array, at: number): void {
    const record: Acknowledgement = {
      delivery: this.#known(values[at + 1]!).delivery,
      kind: ackKinds[values[at + 2]!]!,
      stamp: values[at + 3]!,
      atMs: values[at + 4]!,
    };
    this.#sink.observe({ kind: 'ack', record });
  }

  #note(values: Float64Array, at: number, strings: readonly string[]): void {
    const { kind, detail } = JSON.parse(strings[values[at + 3]!]!) as Pick<RunNote, 'kind' | 'detail'>;
    const note = { kind, detail, stamp: values[at + 1]!, atMs: values[at + 2]! } as RunNote;
    this.#sink.observe({ kind: 'note', record: note });
  }

  /** The delivery that these doubles describe: the object of an earlier record, or a new one. */
  #delivery(values: Float64Array, at: number): Delivery {
    const id = values[at]!;
    const open = this.#deliveries.get(id);
    if (open !== undefined) return open.delivery;
    const delivery = readDelivery(values, at);
    this.#deliveries.set(id, { delivery, threads: 2 });
    return delivery;
  }

  #known(id: number): OpenDelivery {
    const open = this.#deliveries.get(id);
    if (open === undefined) throw new InternalError(`a worker spoke of delivery ${id}, which nobody has seen`);
    return open;
  }

  #release(id: number): void {
    const open = this.#known(id);
    open.threads--;
    if (open.threads === 0) this.#deliveries.delete(id);
  }
}

function taken<T>(map: Map<number, T>, stamp: number, what: string): T {
  const item = map.get(stamp);
  if (item === undefined) throw new InternalError(`a worker ended the ${what} of stamp ${stamp}, which nobody began`);
  map.delete(stamp);
  return item;
}
