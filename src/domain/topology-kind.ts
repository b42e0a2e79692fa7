/** Narrows a topology to the kind that a driver or a strategy works on. Another kind is a bug of the wiring. */
import { InternalError } from './errors.js';
import type { JetStreamTopology, KafkaTopology, Topology } from './topology.js';

/** @throws {InternalError} if it is not */
export function jetStreamOnly(topology: Topology): JetStreamTopology {
  if (topology.kind !== 'jetstream') throw new InternalError(`what is for JetStream was given a Kafka topology`);
  return topology;
}

/** @throws {InternalError} if it is not */
export function kafkaOnly(topology: Topology): KafkaTopology {
  if (topology.kind !== 'kafka') throw new InternalError(`what is for Kafka was given a JetStream topology`);
  return topology;
}
