/**
 * Which subscriptions does a mode make on which protocol? The rows mean the same on both: one subscription a topic that
 * share one position (`multi/shared`), one subscription a topic with a position of its own each (`multi/per-topic`), or
 * one for all topics (`single`).
 */
import { protocolOf, type BrokerKind, type ModeRow } from '../domain/scenario/scenario.js';
import type { Topology } from '../domain/topology.js';
import { jetStreamTopologyOfMode } from './jetstream-topology.js';
import { kafkaTopologyOfMode } from './kafka-topology.js';
import type { TopologyInput } from './topology-input.js';

export function topologyOfMode(row: ModeRow, broker: BrokerKind, input: TopologyInput): Topology {
  return protocolOf(broker) === 'kafka' ? kafkaTopologyOfMode(row, input) : jetStreamTopologyOfMode(row, input);
}
