/**
 * The only place that branches on the kind of a topology. A caller names a case for each kind, or demands one kind; a
 * driver or a strategy that is handed the other kind is a bug of the wiring.
 */
import { InternalError } from './errors.js';
import type { JetStreamTopology, KafkaTopology, Topology, TopologyKind } from './topology.js';

/** What to do with a topology of each kind. */
export interface TopologyCases<Result> {
  readonly jetstream: (topology: JetStreamTopology) => Result;
  readonly kafka: (topology: KafkaTopology) => Result;
}

export function byTopologyKind<Result>(topology: Topology, cases: TopologyCases<Result>): Result {
  // eslint-disable-next-line no-restricted-syntax -- the one place that tells them apart
  return topology.kind === 'jetstream' ? cases.jetstream(topology) : cases.kafka(topology);
}

/** @throws {InternalError} if it is of the other kind */
export function jetStreamOnly(topology: Topology): JetStreamTopology {
  return byTopologyKind(topology, { jetstream: (given) => given, kafka: refuse });
}

/** @throws {InternalError} if it is of the other kind */
export function kafkaOnly(topology: Topology): KafkaTopology {
  return byTopologyKind(topology, { jetstream: refuse, kafka: (given) => given });
}

function refuse({ kind }: { readonly kind: TopologyKind }): never {
  throw new InternalError(`a topology of kind ${kind} was given to what takes the other kind`);
}
