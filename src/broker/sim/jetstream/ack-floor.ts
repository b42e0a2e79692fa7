/**
 * The ack floors of a durable: the highest delivery, as consumer sequence and stream sequence, up to which everything is
 * settled. A floor moves when the message right behind it is settled, then up to the next that waits for an ack. An ack
 * that settles all lower messages sets it to its own delivery, wherever it was. The server has two: one by which it
 * decides whether an answer still counts, and one that it tells, which acks alone move.
 */
import type { AckWaits } from './ack-waits.js';

/** A place among a durable's deliveries. */
export interface DeliveryPlace {
  /** How many deliveries the durable has made up to there. */
  readonly consumer: number;
  readonly stream: number;
}

export class AckFloors {
  readonly #waits: AckWaits;
  #deciding: DeliveryPlace;
  #told: DeliveryPlace;

  constructor(startSequence: number, waits: AckWaits) {
    this.#waits = waits;
    this.#deciding = { consumer: 0, stream: startSequence - 1 };
    this.#told = this.#deciding;
  }

  get told(): DeliveryPlace {
    return this.#told;
  }

  /** Whether the delivery lies behind the floor, so that no answer to it counts. */
  isPassed(consumerSequence: number): boolean {
    return consumerSequence <= this.#deciding.consumer;
  }

  /** Nothing waits for an ack: what was delivered needed none, or all was given up. */
  reach(place: DeliveryPlace): void {
    this.#deciding = place;
  }

  /** A message was delivered that needs no ack. */
  delivered(place: DeliveryPlace): void {
    this.#told = place;
  }

  /**
   * A message was acked that is no longer among those that wait.
   * @param first its first delivery
   * @param reached how far was delivered, or looked for what to deliver
   * @param delivered the last delivery
   */
  acked(first: DeliveryPlace, reached: DeliveryPlace, delivered: DeliveryPlace): void {
    this.gaveUp(first, reached);
    if (first.consumer > this.#told.consumer) this.#told = this.#moved(this.#told, first, delivered);
  }

  /** A message was given up that is no longer among those that wait. */
  gaveUp(first: DeliveryPlace, reached: DeliveryPlace): void {
    this.#deciding = this.#moved(this.#deciding, first, reached);
  }

  /** An ack of a delivery and of all lower messages. False if it lies behind the floor, and so counts for nothing. */
  ackAll(place: DeliveryPlace): boolean {
    if (this.isPassed(place.consumer) || place.stream <= this.#deciding.stream) return false;
    this.#deciding = place;
    if (place.consumer > this.#told.consumer && this.#waits.has(place.stream)) this.#told = place;
    return true;
  }

  #moved(floor: DeliveryPlace, settled: DeliveryPlace, last: DeliveryPlace): DeliveryPlace {
    if (this.#waits.size === 0) return last;
    if (settled.consumer !== floor.consumer + 1) return floor;
    for (let stream = settled.stream + 1; stream <= last.stream; stream++) {
      const next = this.#waits.firstDeliveryOf(stream);
      if (next > 0) return { consumer: next - 1, stream: stream - 1 };
    }
    return settled;
  }
}
