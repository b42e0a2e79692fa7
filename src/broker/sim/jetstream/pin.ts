/**
 * The pin of a durable with a pinned client, which serves only the puller that holds the pin: the first to be served
 * while nobody held it. Its deliveries carry the pin's id, and its further requests must name it; each such request
 * restarts the pin's time-out, which deliveries and acks do not. Requests without an id wait until the pin is free;
 * requests with the id of an older pin end with 423.
 */
export type PinnedRequest = 'serve' | 'wait' | 'wrong pin';

export class Pin {
  readonly #timeoutMs: number;
  #pins = 0;
  #id: string | null = null;
  #endsMs = Infinity;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** The pin's id; null: nobody holds it. */
  get id(): string | null {
    return this.#id;
  }

  /** When it ends unless its holder pulls; Infinity if nobody holds it. */
  get endsMs(): number {
    return this.#endsMs;
  }

  /** Takes a new request, and restarts the time-out if it names the pin. False if the request is to be refused. */
  admit(nowMs: number, id: string | null): boolean {
    if (this.#id === null || id === null) return true;
    if (id !== this.#id) return false;
    this.#endsMs = nowMs + this.#timeoutMs;
    return true;
  }

  /** Decides about a waiting request by the id that it names. */
  judge(id: string | null): PinnedRequest {
    if (id === null) return this.#id === null ? 'serve' : 'wait';
    return id === this.#id ? 'serve' : 'wrong pin';
  }

  /** Pins a puller anew. @returns the id */
  assign(nowMs: number): string {
    this.#pins++;
    this.#id = `pin-${this.#pins}`;
    this.#endsMs = nowMs + this.#timeoutMs;
    return this.#id;
  }

  /** Frees the pin if its time is over. */
  expire(nowMs: number): void {
    if (this.#endsMs > nowMs) return;
    this.#id = null;
    this.#endsMs = Infinity;
  }
}
