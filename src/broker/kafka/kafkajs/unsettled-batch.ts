/**
 * Keeps track of how far a batch is done. Its messages are acknowledged in any order, but a group's position is one
 * number, so a batch is done up to the first message that is not acknowledged. A batch is settled once all messages are
 * acknowledged, one was refused, or it was ended from outside (the client failed, the connection was closed). Later
 * acknowledgements change nothing.
 */
import type { AckToken } from '../../port.js';

export type BatchOutcome =
  | { readonly kind: 'done' }
  /** A message was refused: the client is to deliver again from the first message that is not done. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'interrupted'; readonly error: unknown }
  | { readonly kind: 'closed' };

export class UnsettledBatch {
  /** Message i has token `firstToken + i`. */
  readonly firstToken: AckToken;
  readonly size: number;
  readonly settled: Promise<BatchOutcome>;
  /** Called after every advance of {@link done}. */
  onProgress: () => void = () => {};
  readonly #isAcked: Uint8Array;
  #done = 0;
  #settle: ((outcome: BatchOutcome) => void) | null = null;

  constructor(firstToken: AckToken, size: number) {
    this.firstToken = firstToken;
    this.size = size;
    this.#isAcked = new Uint8Array(size);
    this.settled = new Promise((resolve) => (this.#settle = resolve));
    if (size === 0) this.end({ kind: 'done' });
  }

  /** Number of messages before the first that is not acknowledged. */
  get done(): number {
    return this.#done;
  }

  get isSettled(): boolean {
    return this.#settle === null;
  }

  ack(token: AckToken): void {
    const index = token - this.firstToken;
    if (this.isSettled || this.#isAcked[index] !== 0) return;
    this.#isAcked[index] = 1;
    if (index !== this.#done) return;
    while (this.#isAcked[this.#done] === 1) this.#done++;
    this.onProgress();
    if (this.#done === this.size) this.end({ kind: 'done' });
  }

  nak(token: AckToken): void {
    if (this.#isAcked[token - this.firstToken] === 0) this.end({ kind: 'failed' });
  }

  /** Settles the batch with an outcome, unless it is settled already. */
  end(outcome: BatchOutcome): void {
    this.#settle?.(outcome);
    this.#settle = null;
  }
}
