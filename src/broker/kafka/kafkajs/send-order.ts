/**
 * Makes requests reach the socket in the order in which they were handed in, at their first attempt. kafkajs alone does
 * not see to it: it encodes a request step by step, one step a partition, so that a small request that is sent in the
 * same turn as a large one overtakes it (measured: 6 of 1,000 consecutive events of an aggregate were stored in the
 * wrong order, without any fault). A request therefore begins only when the one before it was partitioned, and a turn
 * of the event loop later, in which it was encoded and written. Retries take no part in this: they come when they come,
 * as with the client alone.
 */
export class SendOrder {
  readonly #waiting: (() => void)[] = [];
  #isBusy = false;

  /** Calls `begin` when it is its turn; {@link begun} must be called after each. */
  enqueue(begin: () => void): void {
    if (this.#isBusy) {
      this.#waiting.push(begin);
      return;
    }
    this.#isBusy = true;
    begin();
  }

  /** The request that began last was partitioned, or has failed before that. */
  begun(): void {
    setImmediate(() => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#isBusy = false;
      else next();
    });
  }
}
