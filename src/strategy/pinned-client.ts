/**
 * The strategy that lets one puller of a durable work while the others stand by, by a priority group that pins a client
 * (nats-server 2.11 and later). The puller that is served first is served alone, until it has not pulled for the pin's
 * time-out. The time-out is the ack wait, but never shorter than two pull requests, so that an idle puller keeps its
 * pin. The pin does not guarantee exclusive handling: a puller that stands still for that long is replaced while its
 * bus still holds what it was delivered. Of several replicas, one is served at a time on each durable.
 */
import { keyedPool } from '../dispatch/keyed-pool.js';
import { jetStreamOnly } from '../domain/topology-kind.js';
import { refusedWithout } from './refusals.js';
import type { Strategy } from './strategy.js';

export const pinnedClientStrategy: Strategy = {
  id: 'pinned-client',
  summary: 'JetStream 2.11 and later: one puller of the shared durable at a time, the others stand by',
  costs:
    'pullers that stand by do nothing; a pin that changes hands in mid-batch breaks order; no cover for redelivery',
  guarantee: {
    order: 'per-aggregate, first pass',
    survives: { redelivery: false, crash: false, resize: false, rebalance: true, partitions: true },
  },
  repairsInput: false,
  refuses: (broker, mode, members) => {
    const reason = broker.isPartitioned
      ? 'a partition belongs to one member of its group'
      : `${broker.name} cannot pin a client`;
    const refusal = refusedWithout('pinsClients', broker, { reason, instead: 'serial' });
    if (refusal !== null || mode === 'multi/shared' || members > 1) return refusal;
    return {
      because: 'settings',
      reason: `in ${mode} each durable has one puller, so there is nobody whom a pin could keep out`,
      wayOut: 'run it with --mode multi --durable shared or with --members 2, or use keyed-pool here',
    };
  },
  adaptTopology: (given, { ackWaitMs, maxWaitMs }) => {
    const topology = jetStreamOnly(given);
    const pinned = { group: 'bus', pinTimeoutMs: Math.max(ackWaitMs, 2 * maxWaitMs) };
    return { ...topology, durables: topology.durables.map((durable) => ({ ...durable, pinned })) };
  },
  canResize: true,
  createDispatcher: keyedPool,
};
