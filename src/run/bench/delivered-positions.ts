/**
 * Tracks the highest position delivered in each partition of each topic, and the number of deliveries of each topic,
 * for brokers that keep no record of deliveries (Kafka).
 */
import type { DeliveredCounts, DeliveredPositions } from '../../broker/port.js';
import type { Delivery, Observation, ObservationSink } from '../../domain/observation.js';

export class HighestDelivered implements DeliveredPositions, DeliveredCounts, ObservationSink {
  readonly uses = ['deliver'] as const;
  /** By topic, then partition. */
  readonly #highest: number[][] = [];
  /** By topic. */
  readonly #counts: number[] = [];

  highest(topic: number, partition: number): number {
    return this.#highest[topic]?.[partition] ?? 0;
  }

  count(topic: number): number {
    return this.#counts[topic] ?? 0;
  }

  observe({ kind, record }: Observation): void {
    if (kind === 'deliver') this.#deliver(record);
  }

  #deliver({ topic, partition, position }: Delivery): void {
    this.#counts[topic] = this.count(topic) + 1;
    if (partition < 0) return;
    const partitions = (this.#highest[topic] ??= []);
    if (position > (partitions[partition] ?? 0)) partitions[partition] = position;
  }
}
