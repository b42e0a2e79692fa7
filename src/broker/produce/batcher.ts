/**
 * Gathers events into produce requests, and says when each goes out. Events wait in the order in which they came. A
 * request takes events until the next one would make it larger than `batchBytes`. It is due when it is full or when its
 * first event has waited `lingerMs`; it goes out when it is due, those before it have gone, and fewer than
 * `requestsInFlight` are outstanding. While it has to wait for that it goes on filling. (Kafka's Java producer does the
 * same.)
 *
 * Time comes from outside and requests end by a callback, so that the same source runs under a real clock and a
 * simulated one.
 */
export interface BatcherOptions<T> {
  /** 0: a request takes the events of one moment, whatever `later(0, …)` makes of that. */
  readonly lingerMs: number;
  /** An event that is larger goes out alone. */
  readonly batchBytes: number;
  /** Requests that may be outstanding; null: any number. */
  readonly requestsInFlight: number | null;
  /** Calls back after `ms`; with 0 at the end of the same turn of the event loop. Never within the call itself. */
  readonly later: (ms: number, callback: () => void) => void;
  /** Sends one request; `ended` is to be called once, when it was answered or given up. */
  readonly send: (batch: readonly T[], ended: () => void) => void;
}

interface OpenRequest<T> {
  readonly items: T[];
  bytes: number;
  isDue: boolean;
}

export class Batcher<T> {
  readonly #options: BatcherOptions<T>;
  /** Oldest first; only the last one takes further events. */
  #waiting: OpenRequest<T>[] = [];
  #outstanding = 0;

  constructor(options: BatcherOptions<T>) {
    this.#options = options;
  }

  /** Requests that were sent and have not ended. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** @param bytes size of the event: its key and its value */
  add(item: T, bytes: number): void {
    const { batchBytes } = this.#options;
    let last = this.#waiting.at(-1);
    if (last === undefined || last.bytes + bytes > batchBytes) {
      if (last !== undefined) this.#makeDue(last);
      last = this.#open();
    }
    last.items.push(item);
    last.bytes += bytes;
    if (last.bytes >= batchBytes) this.#makeDue(last);
  }

  /** Takes back what was not sent, oldest first. */
  takeWaiting(): readonly T[] {
    const waiting = this.#waiting.flatMap(({ items }) => items);
    this.#waiting = [];
    return waiting;
  }

  #open(): OpenRequest<T> {
    const opened: OpenRequest<T> = { items: [], bytes: 0, isDue: false };
    this.#waiting.push(opened);
    this.#options.later(this.#options.lingerMs, () => this.#makeDue(opened));
    return opened;
  }

  #makeDue(request: OpenRequest<T>): void {
    if (request.isDue) return;
    request.isDue = true;
    this.#sendDue();
  }

  #sendDue(): void {
    const { requestsInFlight, send } = this.#options;
    while (this.#waiting[0]?.isDue === true && (requestsInFlight === null || this.#outstanding < requestsInFlight)) {
      const { items } = this.#waiting.shift()!;
      this.#outstanding++;
      send(items, () => {
        this.#outstanding--;
        this.#sendDue();
      });
    }
  }
}
