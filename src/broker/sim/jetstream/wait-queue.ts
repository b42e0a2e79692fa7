/**
 * Chooses the pull request that gets the next message. Requests wait in the order in which they came. The one at the
 * head gets the message and then, if it still needs more, goes to the tail: round-robin per message, since 2.9.
 */

export interface WaitingRequest {
  readonly inbox: string;
  /** Infinity: never. */
  readonly expiresAtMs: number;
  readonly noWait: boolean;
  /** Id of the pin that it claims to hold; null: none. */
  pinId: string | null;
  /** Messages still wanted. */
  wanted: number;
  /** Messages got. */
  got: number;
}

interface QueuedRequest extends WaitingRequest {
  next: QueuedRequest | null;
}

export class WaitQueue {
  readonly capacity: number;
  #head: QueuedRequest | null = null;
  #tail: QueuedRequest | null = null;
  #size = 0;
  #noWait = 0;
  #earliestExpiryMs = Infinity;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#size >= this.capacity;
  }

  /** How many of the requests are `no_wait`. */
  get noWait(): number {
    return this.#noWait;
  }

  /** No request expires before this time. Exact after {@link sweep}; Infinity if none ever expires. */
  get earliestExpiryMs(): number {
    return this.#earliestExpiryMs;
  }

  get head(): WaitingRequest | null {
    return this.#head;
  }

  add(inbox: string, batch: number, expiresAtMs: number, noWait: boolean, pinId: string | null = null): void {
    this.#append({ inbox, wanted: batch, got: 0, expiresAtMs, noWait, pinId, next: null });
    if (expiresAtMs < this.#earliestExpiryMs) this.#earliestExpiryMs = expiresAtMs;
  }

  /** Counts one message for the request at the head, and moves it to the tail or out. */
  serveHead(): void {
    const request = this.#head;
    if (request === null) return;
    request.got++;
    request.wanted--;
    if (request.wanted > 0 && this.#size === 1) return;
    this.dropHead();
    if (request.wanted > 0) this.#append(request);
  }

  /** Moves the request at the head to the tail, unserved. */
  cycleHead(): void {
    const request = this.#head;
    if (request === null || this.#size === 1) return;
    this.dropHead();
    this.#append(request);
  }

  dropHead(): void {
    const head = this.#head;
    if (head !== null) this.#unlink(null, head);
  }

  /** Looks at every request in order, takes out those for which `ends` is true, and returns them. */
  sweep(ends: (request: WaitingRequest) => boolean): WaitingRequest[] {
    const ended: WaitingRequest[] = [];
    let earliestMs = Infinity;
    let before: QueuedRequest | null = null;
    let request = this.#head;
    while (request !== null) {
      const next: QueuedRequest | null = request.next;
      if (ends(request)) {
        this.#unlink(before, request);
        ended.push(request);
      } else {
        if (request.expiresAtMs < earliestMs) earliestMs = request.expiresAtMs;
        before = request;
      }
      request = next;
    }
    this.#earliestExpiryMs = earliestMs;
    return ended;
  }

  /** Messages that all requests together still want. */
  wanted(): number {
    let sum = 0;
    for (let request = this.#head; request !== null; request = request.next) sum += request.wanted;
    return sum;
  }

  count(matches: (request: WaitingRequest) => boolean): number {
    let count = 0;
    for (let request = this.#head; request !== null; request = request.next) if (matches(request)) count++;
    return count;
  }

  #append(request: QueuedRequest): void {
    request.next = null;
    if (this.#tail === null) this.#head = request;
    else this.#tail.next = request;
    this.#tail = request;
    this.#size++;
    if (request.noWait) this.#noWait++;
  }

  #unlink(before: QueuedRequest | null, request: QueuedRequest): void {
    if (before === null) this.#head = request.next;
    else before.next = request.next;
    if (this.#tail === request) this.#tail = before;
    request.next = null;
    this.#size--;
    if (request.noWait) this.#noWait--;
    if (this.#size === 0) this.#earliestExpiryMs = Infinity;
  }
}
