/**
 * Batches a worker's observations for the main thread, so that they cost the worker little. They are written as doubles
 * into a chunk, which is transferred when it is full and every few milliseconds. Strings (errors, details of notes) are
 * sent beside it. `observation-decoder.ts` reads the chunks.
 *
 * Every record begins with its kind. What the main thread knows already is not sent again: the result of a publish
 * names the publish by its stamp, and the end of an attempt names the attempt by its start stamp. A delivery is sent
 * with `deliver` and again with `start`, since the two come from different threads, whose chunks arrive in any order; a
 * thread that sends another record of a delivery that it has not started introduces the delivery first.
 */
import { ackKinds, attemptOutcomes } from '../../domain/observation.js';
import type {
  Acknowledgement,
  Attempt,
  Delivery,
  Observation,
  ObservationSink,
  PublishedEvent,
  PublishResult,
} from '../../domain/observation.js';
import type { RunNote } from '../../domain/run-note.js';
import { deliveryDoubles, writeDelivery } from './delivery-codec.js';

export interface ObservationChunk {
  readonly values: Float64Array<ArrayBuffer>;
  readonly strings: readonly string[];
}

export const recordKinds = {
  publish: 1,
  publishResult: 2,
  deliver: 3,
  submit: 4,
  start: 5,
  finish: 6,
  ack: 7,
  note: 8,
  settled: 9,
  introduce: 10,
} as const;

/** Length of a record in doubles, the kind included; by kind. */
export const recordDoubles: readonly number[] = [
  0,
  7,
  9,
  1 + deliveryDoubles,
  3,
  5 + deliveryDoubles,
  5,
  5,
  4,
  2,
  1 + deliveryDoubles,
];

/** Stands for a string that is null. */
export const noString = -1;

const chunkDoubles = 4096;

export class ObservationBatch implements ObservationSink {
  readonly #post: (chunk: ObservationChunk) => void;
  #values = new Float64Array(chunkDoubles);
  #used = 0;
  #strings: string[] = [];

  /** @param post sends the chunk; it may transfer the buffer of the chunk's values */
  constructor(post: (chunk: ObservationChunk) => void) {
    this.#post = post;
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
        return this.#submit(record);
      case 'start':
        return this.#start(record);
      case 'finish':
        return this.#finish(record);
      case 'ack':
        return this.#ack(record);
      case 'note':
        return this.#note(record);
    }
  }

  /** Says that this thread will send no more records of the delivery, so that the decoder can forget it. */
  settled(delivery: Delivery): void {
    const at = this.#begin(recordKinds.settled);
    this.#values[at + 1] = delivery.id;
  }

  /** Sends the delivery itself before another record that only names its id. This is not an observation. */
  introduce(delivery: Delivery): void {
    const at = this.#begin(recordKinds.introduce);
    writeDelivery(this.#values, at + 1, delivery);
  }

  /** Posts the records that have gathered, if there are any. */
  flush(): void {
    if (this.#used === 0) return;
    const isFull = this.#used > chunkDoubles / 2;
    const values = isFull ? this.#values.subarray(0, this.#used) : this.#values.slice(0, this.#used);
    if (isFull) this.#values = new Float64Array(chunkDoubles);
    const strings = this.#strings;
    this.#used = 0;
    this.#strings = [];
    this.#post({ values, strings });
  }

  #publish(event: PublishedEvent): void {
    const at = this.#begin(recordKinds.publish);
    const values = this.#values;
    values[at + 1] = event.aggregate;
    values[at + 2] = event.topic;
    values[at + 3] = event.version;
    values[at + 4] = event.publisher;
    values[at + 5] = event.publishStamp;
    values[at + 6] = event.publishedAtMs;
  }

  #publishResult(result: PublishResult): void {
    const at = this.#begin(recordKinds.publishResult);
    const values = this.#values;
    values[at + 1] = result.event.publishStamp;
    values[at + 2] = result.stamp;
    values[at + 3] = result.atMs;
    values[at + 4] = result.ok ? 1 : 0;
    values[at + 5] = result.partition;
    values[at + 6] = result.position;
    values[at + 7] = result.duplicate ? 1 : 0;
    values[at + 8] = result.error === null ? noString : this.#string(result.error);
  }

  #deliver(delivery: Delivery): void {
    const at = this.#begin(recordKinds.deliver);
    writeDelivery(this.#values, at + 1, delivery);
  }

  #submit(delivery: Delivery): void {
    const at = this.#begin(recordKinds.submit);
    this.#values[at + 1] = delivery.id;
    this.#values[at + 2] = delivery.submitStamp;
  }

  #start(attempt: Attempt): void {
    const at = this.#begin(recordKinds.start);
    const values = this.#values;
    values[at + 1] = attempt.number;
    values[at + 2] = attempt.lane;
    values[at + 3] = attempt.startStamp;
    values[at + 4] = attempt.startedAtMs;
    writeDelivery(values, at + 5, attempt.delivery);
  }

  #finish(attempt: Attempt): void {
    const at = this.#begin(recordKinds.finish);
    const values = this.#values;
    values[at + 1] = attempt.startStamp;
    values[at + 2] = attempt.finishStamp;
    values[at + 3] = attempt.finishedAtMs;
    values[at + 4] = attemptOutcomes.indexOf(attempt.outcome ?? 'failed');
  }

  #ack({ delivery, kind, stamp, atMs }: Acknowledgement): void {
    const at = this.#begin(recordKinds.ack);
    const values = this.#values;
    values[at + 1] = delivery.id;
    values[at + 2] = ackKinds.indexOf(kind);
    values[at + 3] = stamp;
    values[at + 4] = atMs;
  }

  #note(note: RunNote): void {
    const at = this.#begin(recordKinds.note);
    const values = this.#values;
    values[at + 1] = note.stamp;
    values[at + 2] = note.atMs;
    values[at + 3] = this.#string(JSON.stringify({ kind: note.kind, detail: note.detail }));
  }

  /** Begins a record and returns its index in the chunk; a chunk that has no room for it is posted first. */
  #begin(kind: number): number {
    const doubles = recordDoubles[kind]!;
    if (this.#used + doubles > chunkDoubles) this.flush();
    const at = this.#used;
    this.#values[at] = kind;
    this.#used += doubles;
    return at;
  }

  /** Adds a string to the chunk and returns its index. */
  #string(text: string): number {
    return this.#strings.push(text) - 1;
  }
}
