/**
 * Makes the topology of a mode on a broker. A mode means the same on every broker: one subscription for each topic, all
 * sharing one position (`multi/shared`); one for each topic, each with a position of its own (`multi/per-topic`); or
 * one for all topics (`single`).
 */
import { traitsOf, type BrokerKind } from '../domain/broker/registry.js';
import type { ModeRow } from '../domain/scenario/scenario.js';
import type { Topology, TopologyKind } from '../domain/topology.js';
import { jetStreamTopologyOfMode } from './jetstream-topology.js';
import { kafkaTopologyOfMode } from './kafka-topology.js';
import type { TopologyInput } from './topology-input.js';

const makers: Readonly<Record<TopologyKind, (row: ModeRow, input: TopologyInput) => Topology>> = {
  jetstream: jetStreamTopologyOfMode,
  kafka: kafkaTopologyOfMode,
};

export function topologyOfMode(row: ModeRow, broker: BrokerKind, input: TopologyInput): Topology {
  return makers[traitsOf(broker).topology](row, input);
}
