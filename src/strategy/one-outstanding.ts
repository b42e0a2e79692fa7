/** Keeps every durable to one unacknowledged message, by its own limit, which holds over all of its pullers. */
import type { JetStreamTopology } from '../domain/topology.js';

export function withOneOutstanding(topology: JetStreamTopology): JetStreamTopology {
  return { ...topology, durables: topology.durables.map((durable) => ({ ...durable, maxAckPending: 1 })) };
}
