/**
 * Admits pull requests to a durable, and ends each of them. A request ends when it got all its messages (without a
 * status), is refused (409, or at once for `no_wait`), expires (408), reaches the end of the stream (`no_wait`), names
 * a pin that is over (423), or when nobody listens on its inbox any more. The last is noticed only when a message is
 * offered to the request or the requests are looked through.
 */
import type { ModelOutput, PullRequest, StatusCode } from './model-messages.js';
import type { DurableConfig } from './consumer-config.js';
import { Pin } from './pin.js';
import { WaitQueue, type WaitingRequest } from './wait-queue.js';

/** How a request stands when requests are looked through. */
type RequestEnd = 'goes on' | 'dead' | 'expired' | 'end of stream';

export class PullRequests {
  readonly #config: DurableConfig;
  readonly #output: Pick<ModelOutput<never>, 'status'>;
  readonly #hasInterest: (inbox: string) => boolean;
  readonly #queue: WaitQueue;
  /** null: the durable pins nobody, so every request is served. */
  readonly #pin: Pin | null;
  #lastSweepMs = -Infinity;
  /** Whether there may be a waiting request whose inbox nobody listens to. */
  #mayHoldDead = false;

  constructor(
    config: DurableConfig,
    output: Pick<ModelOutput<never>, 'status'>,
    hasInterest: (inbox: string) => boolean,
  ) {
    this.#config = config;
    this.#output = output;
    this.#hasInterest = hasInterest;
    this.#queue = new WaitQueue(config.maxWaiting);
    this.#pin = config.pinTimeoutMs === null ? null : new Pin(config.pinTimeoutMs);
  }

  get size(): number {
    return this.#queue.size;
  }

  /** Neither a request nor the pin ends before this time; Infinity if none ever does. */
  get nextMs(): number {
    return this.#pin === null ? this.#queue.earliestExpiryMs : Math.min(this.#queue.earliestExpiryMs, this.#pin.endsMs);
  }

  /** Id of the pin that the message served last went to; null: the durable pins nobody. */
  get pinId(): string | null {
    return this.#pin?.id ?? null;
  }

  /** Requests that somebody still listens to. */
  get live(): number {
    return this.#queue.count((request) => this.#hasInterest(request.inbox));
  }

  /** The interest of some inbox was dropped. */
  interestDropped(): void {
    this.#mayHoldDead = true;
  }

  /**
   * Lets a request wait, or refuses it with a status.
   * @param messages how many there are to deliver, redeliveries included
   */
  add(nowMs: number, request: PullRequest, messages: number): 'waits' | 'refused' {
    const { pinId = null } = request;
    if (this.#pin?.admit(nowMs, pinId) === false) {
      this.#end(request.inbox, 423, 'Nats-Pin-Id mismatch');
      return 'refused';
    }
    if (this.#queue.isFull && nowMs - this.#lastSweepMs >= this.#config.traits.fullQueueSweepMs) {
      this.sweep(nowMs, false);
    }
    const refusal = this.#refusal(nowMs, request, messages);
    if (refusal !== null) {
      this.#end(request.inbox, ...refusal);
      return 'refused';
    }
    const expiresAtMs = request.expiresMs === null ? Infinity : nowMs + request.expiresMs;
    this.#queue.add(request.inbox, request.batch, expiresAtMs, request.noWait, pinId);
    if (!this.#hasInterest(request.inbox)) this.#mayHoldDead = true;
    return 'waits';
  }

  /** Ends all of them: the durable is no more. */
  endAll(): void {
    for (const { inbox } of this.#queue.sweep(() => true)) this.#end(inbox, 409, 'Consumer Deleted');
  }

  /** Counts a message for the first request that may have it and is listened to, and returns its inbox; null: none. */
  serveNext(nowMs: number): string | null {
    return this.#pin === null ? this.#serveAny() : this.#servePinned(nowMs, this.#pin);
  }

  #serveAny(): string | null {
    for (let request = this.#queue.head; request !== null; request = this.#queue.head) {
      if (!this.#mayHoldDead || this.#hasInterest(request.inbox)) {
        const { inbox } = request;
        this.#queue.serveHead();
        return inbox;
      }
      this.#queue.dropHead();
    }
    return null;
  }

  /**
   * A free pin goes to the first request without an id, then to the next if nobody listens to that one; so a pin can be
   * held by a puller that is gone.
   */
  #servePinned(nowMs: number, pin: Pin): string | null {
    const isFree = pin.id === null;
    let passed = 0;
    for (let request = this.#queue.head; request !== null; request = this.#queue.head) {
      const { inbox } = request;
      if (isFree && request.pinId === null) request.pinId = pin.assign(nowMs);
      const what = pin.judge(request.pinId);
      if (what === 'wait') {
        this.#queue.cycleHead();
        passed++;
        if (passed >= this.#queue.size) return null;
      } else if (what === 'serve' && this.#hasInterest(inbox)) {
        this.#queue.serveHead();
        return inbox;
      } else {
        this.#queue.dropHead();
        if (what === 'wrong pin') this.#end(inbox, 423, 'Nats-Wrong-Pin-Id');
      }
    }
    return null;
  }

  /** Frees the pin if its holder has not pulled for too long. */
  expirePin(nowMs: number): void {
    this.#pin?.expire(nowMs);
  }

  /**
   * Ends the requests that have expired, those that nobody listens to and, at the end of the stream, `no_wait` ones.
   */
  sweep(nowMs: number, endOfStream: boolean): void {
    const queue = this.#queue;
    if (queue.size === 0) return;
    this.#lastSweepMs = nowMs;
    if (!this.#mayHoldDead && queue.earliestExpiryMs > nowMs && !(endOfStream && queue.noWait > 0)) return;
    const ended = queue.sweep((request) => this.#endOf(request, nowMs, endOfStream) !== 'goes on');
    this.#mayHoldDead = false;
    for (const request of ended) this.#tellEnd(request, this.#endOf(request, nowMs, endOfStream));
  }

  #refusal(nowMs: number, request: PullRequest, messages: number): [404 | 408 | 409, string] | null {
    if (request.noWait && messages === 0 && request.expiresMs === null) return [404, 'No Messages'];
    if (request.noWait && messages > 0) {
      this.sweep(nowMs, false);
      if (messages < this.#queue.wanted()) return [408, 'Requests Pending'];
    }
    return this.#queue.isFull ? [409, 'Exceeded MaxWaiting'] : null;
  }

  #endOf(request: WaitingRequest, nowMs: number, endOfStream: boolean): RequestEnd {
    if (!this.#hasInterest(request.inbox)) return 'dead';
    if (request.expiresAtMs <= nowMs) return 'expired';
    const { endsEmptyNoWait } = this.#config.traits;
    const isServed = request.got > 0 || (endsEmptyNoWait && request.expiresAtMs === Infinity);
    return endOfStream && request.noWait && isServed ? 'end of stream' : 'goes on';
  }

  #tellEnd(request: WaitingRequest, end: RequestEnd): void {
    const { code, description } = this.#config.traits.endOfStream;
    if (end === 'expired') this.#end(request.inbox, 408, 'Request Timeout');
    if (end === 'end of stream') this.#end(request.inbox, code, description);
  }

  #end(inbox: string, code: StatusCode, description: string): void {
    if (this.#hasInterest(inbox)) this.#output.status(inbox, code, description);
  }
}
