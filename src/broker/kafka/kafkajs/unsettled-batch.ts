/**
 * Keeps track of how far a batch is done. Its messages are acknowledged in any order, but a group's position is one
 * number, so a batch is done up to the first message that is not acknowledged. It is settled once all are, or one has
 * failed, or it is of no use any more (its partitions were taken away, the connection is closed): what is acknowledged
 * later changes nothing then.
 */
import type { AckToken } from '../../port.js';

export type BatchOutcome =
  | { readonly kind: 'done' }
  /** A message was refused: the client is to come back at the first one that is not done. */
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

  /** Messages at its head that are all acknowledged. */
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

  /** Nothing happens to a batch that is settled. */
  end(outcome: BatchOutcome): void {
    this.#settle?.(outcome);
    this.#settle = null;
  }
}
