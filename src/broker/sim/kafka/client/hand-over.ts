/**
 * Keeps track of how far the bus is with messages of one partition that the client handed over together. The bus
 * acknowledges them in any order; the offset up to which all are acknowledged may be resolved.
 */
import type { AckToken } from '../../../port.js';

export class HandOver {
  readonly topic: string;
  readonly partition: number;
  readonly baseOffset: number;
  readonly #firstToken: AckToken;
  readonly #count: number;
  readonly #ahead = new Set<number>();
  #done = 0;
  #hasFailed = false;

  /** @param firstToken token of the first message; the others follow it */
  constructor(topic: string, partition: number, baseOffset: number, firstToken: AckToken, count: number) {
    this.topic = topic;
    this.partition = partition;
    this.baseOffset = baseOffset;
    this.#firstToken = firstToken;
    this.#count = count;
  }

  has(token: AckToken): boolean {
    return token >= this.#firstToken && token < this.#firstToken + this.#count;
  }

  /** Something was refused, so the client's handler throws. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** True until all messages are acknowledged or one is refused. */
  isOpen(): boolean {
    return !this.#hasFailed && this.#done < this.#count;
  }

  /** The highest offset up to which everything was acknowledged; one below the first if nothing was. */
  get resolvableOffset(): number {
    return this.baseOffset + this.#done - 1;
  }

  tokenOf(offset: number): AckToken {
    return this.#firstToken + offset - this.baseOffset;
  }

  /** Acknowledges a message. True if {@link resolvableOffset} has risen. */
  ack(token: AckToken): boolean {
    const index = token - this.#firstToken;
    if (index !== this.#done) {
      this.#ahead.add(index);
      return false;
    }
    do this.#done++;
    while (this.#ahead.delete(this.#done));
    return true;
  }

  nak(): void {
    this.#hasFailed = true;
  }
}
