/**
 * Keeps what the client has offered to its application: batches with messages that were not taken yet, in the order in
 * which the handler was called, and hand-overs whose handler has not ended, found by the tokens of their messages.
 */
import type { AckToken, EventMessage } from '../../../port.js';
import type { FetchedPartition } from '../fetch-waits.js';
import { HandOver } from './hand-over.js';

type Batch = FetchedPartition<EventMessage>;

/** Messages from `next` to `end` (exclusive) of a batch are still to be taken. */
export interface Offer {
  readonly batch: Batch;
  readonly handOver: HandOver;
  next: number;
  readonly end: number;
}

export interface TakenMessage {
  readonly batch: Batch;
  /** Index of the message in the batch. */
  readonly index: number;
  readonly token: AckToken;
}

export class Offers {
  readonly #waiting: Offer[] = [];
  readonly #open: HandOver[] = [];
  #nextToken: AckToken = 1;

  /** The handler was called with the messages from `from` to `end` (exclusive) of a batch. */
  begin({ topic, partition, baseOffset }: Batch, from: number, end: number): HandOver {
    const handOver = new HandOver(topic, partition, baseOffset + from, this.#nextToken, end - from);
    this.#nextToken += end - from;
    this.#open.push(handOver);
    return handOver;
  }

  offer(offer: Offer): void {
    this.#waiting.push(offer);
  }

  /** The next message; undefined if there is none. */
  take(): TakenMessage | undefined {
    const head = this.#waiting[0];
    if (head === undefined) return undefined;
    const { batch, handOver } = head;
    const index = head.next++;
    if (head.next === head.end) this.#waiting.shift();
    return { batch, index, token: handOver.tokenOf(batch.baseOffset + index) };
  }

  /** The hand-over of a token; undefined once its handler has ended. */
  find(token: AckToken): HandOver | undefined {
    return this.#open.find((candidate) => candidate.has(token));
  }

  /** The handler has ended. */
  end(handOver: HandOver): void {
    this.#open.splice(this.#open.indexOf(handOver), 1);
  }
}
