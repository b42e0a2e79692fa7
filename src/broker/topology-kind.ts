/** Is a topology of the kind that a driver is for? What a driver is handed wrongly is a bug of the wiring. */
import { InternalError } from '../domain/errors.js';
import type { JetStreamTopology, KafkaTopology, Topology } from '../domain/topology.js';

/** @throws {InternalError} if it is not */
export function jetStreamOnly(topology: Topology): JetStreamTopology {
  if (topology.kind !== 'jetstream')
    throw new InternalError(`a driver for JetStream was given a ${topology.kind} topology`);
  return topology;
}

/** @throws {InternalError} if it is not */
export function kafkaOnly(topology: Topology): KafkaTopology {
  if (topology.kind !== 'kafka') throw new InternalError(`a driver for Kafka was given a ${topology.kind} topology`);
  return topology;
}
