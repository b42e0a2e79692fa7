/**
 * What must be remembered of an event while it is under way? An *open event* is kept from its publish call until it has
 * been acknowledged to its publisher, started and handled to its end; then nothing about it can change any more.
 *
 * The record also holds how far the next version got while this one was unfinished: see exposure.ts. What is yes or no
 * is one bit each, because there is a record for everything in flight.
 */
const nothing = -1;

export class OpenEvent {
  #version = nothing;
  #bits = 0;
  /** Of its own first delivery; until then, of the next version's. */
  #subscription = -1;
  #startIndex = 0;
  #redeliveries: Redeliveries | null = null;

  get version(): number {
    return this.#version;
  }

  get isOpen(): boolean {
    return this.#version !== nothing;
  }

  /** An event's life begins in this record. */
  begin(version: number): void {
    this.#version = version;
    this.#bits = 0;
    this.#subscription = -1;
    this.#redeliveries = null;
  }

  end(): void {
    this.#version = nothing;
  }

  /** False: delivered without a publish call, or only waited for because the next version is there already. */
  get published(): boolean {
    return (this.#bits & 1) !== 0;
  }

  markPublished(): void {
    this.#bits |= 1;
  }

  /** Some publish call was acknowledged. */
  get acked(): boolean {
    return (this.#bits & 2) !== 0;
  }

  markAcked(): void {
    this.#bits |= 2;
  }

  /** Some publish call failed. */
  get refused(): boolean {
    return (this.#bits & 4) !== 0;
  }

  markRefused(): void {
    this.#bits |= 4;
  }

  get delivered(): boolean {
    return (this.#bits & 8) !== 0;
  }

  /** Its first delivery came to this subscription. */
  markDelivered(subscription: number): void {
    if (this.nextDelivered && this.#subscription !== subscription) this.#bits |= 1024;
    this.#subscription = subscription;
    this.#bits |= 8;
  }

  get started(): boolean {
    return (this.#bits & 16) !== 0;
  }

  /** @param index its place among the unit's first arrivals at `start` */
  markStarted(index: number): void {
    this.#startIndex = index;
    this.#bits |= 16;
  }

  get startIndex(): number {
    return this.#startIndex;
  }

  get finished(): boolean {
    return (this.#bits & 32) !== 0;
  }

  markFinished(): void {
    this.#bits |= 32;
  }

  /** The next version was acknowledged or delivered before this one had finished. */
  get nextAvailable(): boolean {
    return (this.#bits & 64) !== 0;
  }

  markNextAvailable(): void {
    this.#bits |= 64;
  }

  /** The next version was delivered before this one had finished. */
  get nextDelivered(): boolean {
    return (this.#bits & 128) !== 0;
  }

  markNextDelivered(subscription: number): void {
    if (!this.delivered) this.#subscription = subscription;
    else if (this.#subscription !== subscription) this.#bits |= 1024;
    this.#bits |= 64 | 128;
  }

  /** The next version was delivered before this one had finished, to another subscription. */
  get isSplit(): boolean {
    return (this.#bits & 1024) !== 0;
  }

  /** The next version started before this one. */
  get nextStartedBefore(): boolean {
    return (this.#bits & 256) !== 0;
  }

  markNextStartedBefore(): void {
    this.#bits |= 256;
  }

  /** The earliest finished higher version finished before this one and started after it. */
  get overtakenByLaterStart(): boolean {
    return (this.#bits & 512) !== 0;
  }

  markOvertakenByLaterStart(): void {
    this.#bits |= 512;
  }

  /** Only of a broker without delivery counts; null until its first delivery. */
  get redeliveries(): Redeliveries | null {
    return this.#redeliveries;
  }

  set redeliveries(redeliveries: Redeliveries | null) {
    this.#redeliveries = redeliveries;
  }
}

/** See redelivery.ts. */
export interface Redeliveries {
  /** Where the event was delivered from. */
  readonly places: (readonly [partition: number, position: number])[];
  /** Ids of its deliveries that came from a place from which it had been delivered before. */
  readonly ids: number[];
}
