/**
 * Holds what is remembered of an event while it is under way. An *open event* is kept from its publish call until it
 * has been acknowledged to its publisher, started and handled to its end; then nothing about it can change any more.
 *
 * The record also holds how far the next version got while this one was unfinished: see exposure/exposure.ts. What is
 * yes or no is one bit each, because there is a record for everything in flight.
 */
import type { DeliveryRecord } from './delivery-records.js';
import { pairClosed, pairInFlight, pairWaiting, type PairOpenness, type Place } from '../exposure/queue-book.js';

const nothing = -1;

export class OpenEvent {
  #version = nothing;
  #bits = 0;
  /** The subscription of its first delivery; until then, that of the next version's. */
  #subscription = -1;
  #startIndex = 0;
  #redeliveries: Redeliveries | null = null;
  /** The tick of the queue book at its first delivery, and its place; null if nothing is known of its queue. */
  deliverTick = 0;
  place: Place | null = null;
  /** The same of the version before, if that one finished before this one was delivered: see alone-pairs.ts. */
  aloneSince = nothing;
  aloneAt: Place | null = null;
  /** The delivery that finished first of all higher versions, if it started after this version; null: none. */
  overtakenBy: DeliveryRecord | null = null;

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
    this.place = null;
    this.aloneAt = null;
    this.overtakenBy = null;
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

  /** Its first delivery came to this subscription. @param isAlive whether a subscription is still alive */
  markDelivered(subscription: number, isAlive: (subscription: number) => boolean): void {
    if (this.nextDelivered && this.#subscription !== subscription && isAlive(this.#subscription)) this.#bits |= 1024;
    this.#subscription = subscription;
    this.#bits |= 8;
  }

  /** The subscription of its first delivery. */
  get subscription(): number {
    return this.#subscription;
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

  markNextDelivered(subscription: number, isAlive: (subscription: number) => boolean): void {
    if (!this.delivered) this.#subscription = subscription;
    else if (this.#subscription !== subscription && isAlive(this.#subscription)) this.#bits |= 1024;
    this.#bits |= 64 | 128;
  }

  /** The next version has finished. If this one was not even delivered by then, the bus never held both. */
  markNextFinished(): void {
    if (!this.delivered) this.#bits |= 2048;
  }

  /** This version and the next one were delivered, each before the other had finished. */
  get isInFlight(): boolean {
    return (this.#bits & (8 | 128 | 2048)) === (8 | 128);
  }

  /** In flight, at two subscriptions that were both alive. */
  get isSplit(): boolean {
    return (this.#bits & 1024) !== 0 && this.isInFlight;
  }

  /** How far the pair that it makes with the next version is open now. */
  get openness(): PairOpenness {
    if (!this.published || !this.delivered || this.finished) return pairClosed;
    if (this.isInFlight) return pairInFlight;
    return this.nextAvailable && !this.nextDelivered ? pairWaiting : pairClosed;
  }

  /** The last thing that happened to it was that its service died. */
  get cutOff(): boolean {
    return (this.#bits & 4096) !== 0;
  }

  set cutOff(cutOff: boolean) {
    this.#bits = cutOff ? this.#bits | 4096 : this.#bits & ~4096;
  }

  /** The next version started before this one. */
  get nextStartedBefore(): boolean {
    return (this.#bits & 256) !== 0;
  }

  markNextStartedBefore(): void {
    this.#bits |= 256;
  }

  /** Some publish call was acknowledged as one of a message that the broker had stored before. */
  get deduplicated(): boolean {
    return (this.#bits & 512) !== 0;
  }

  markDeduplicated(): void {
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

/** See anomalies/redelivery.ts. */
export interface Redeliveries {
  /** Where the event was delivered from. */
  readonly places: (readonly [partition: number, position: number])[];
  /** Ids of its deliveries that came from a place from which it had been delivered before. */
  readonly ids: number[];
}
