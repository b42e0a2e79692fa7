/**
 * Makes the first attempts of requests reach the socket in the order in which the requests were handed in. kafkajs
 * alone does not: it encodes a request step by step, one step for each partition, so a small request that is sent in
 * the same turn as a large one overtakes it (measured: 6 of 1,000 consecutive events of an aggregate were stored in the
 * wrong order, without any fault). So a request begins one turn of the event loop after the request before it was
 * partitioned: in that turn the earlier one is encoded and written. Retries are not held back, as with the client
 * alone.
 */
export class SendOrder {
  readonly #waiting: (() => void)[] = [];
  #isBusy = false;

  /** Calls `begin` when it is the request's turn; {@link begun} must be called once for each. */
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
