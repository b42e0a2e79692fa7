/**
 * Gathers events into produce requests, and decides when each is sent. Events wait in the order in which they came. A
 * request takes events until the next one would make it larger than `batchBytes`. It is due when it is full or when its
 * first event has waited `lingerMs`; it is sent once it is due, the requests before it were sent, and fewer than
 * `requestsInFlight` are outstanding. While a request waits it takes further events. (Kafka's Java producer does the
 * same.)
 *
 * Timers come from the options and requests end by a callback, so that the same code runs on a real clock and on a
 * simulated one.
 */
export interface BatcherOptions<T> {
  /** With 0 a request takes the events until `later(0, …)` calls back. */
  readonly lingerMs: number;
  /** Size of a full request; an event that is larger is sent alone. */
  readonly batchBytes: number;
  /** Requests that may be outstanding; null: any number. */
  readonly requestsInFlight: number | null;
  /** Calls back after `ms` milliseconds; with 0 at the end of the same turn of the event loop, never synchronously. */
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
  /** Requests that were not sent yet, oldest first; only the last one takes further events. */
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

  /** Takes back the events that were not sent, oldest first. */
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
