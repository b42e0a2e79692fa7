/**
 * The strategy that lets every durable have one message outstanding. The next one is delivered when the last one was
 * acknowledged, to whichever puller asks, and a redelivery goes before anything new (rules 6 and 10 of
 * docs/CONFORMANCE.md). So the messages of one durable are handled one after the other, and lanes only let several
 * durables go side by side. The guarantee holds where the bus acknowledges after handling.
 */
import { keyedPool } from '../dispatch/keyed-pool.js';
import { jetStreamOnly } from '../domain/topology-kind.js';
import { withOneOutstanding } from './one-outstanding.js';
import { refusedWithout } from './refusals.js';
import type { Strategy } from './strategy.js';

export const maxAckPendingOneStrategy: Strategy = {
  id: 'max-ack-pending-1',
  summary: 'JetStream: one outstanding message on every durable, the next when it is acknowledged',
  costs:
    'a round trip and a handling for every event, one at a time on each durable; one that fails blocks all behind it',
  guarantee: {
    order: 'total',
    survives: { redelivery: true, crash: true, resize: true, rebalance: true, partitions: true },
  },
  repairsInput: false,
  refuses: (broker) => {
    const reason = `${broker.name} has no limit of unacknowledged messages`;
    return refusedWithout('limitsUnacknowledged', broker, { reason, instead: 'serial' });
  },
  adaptTopology: (topology) => withOneOutstanding(jetStreamOnly(topology)),
  canResize: true,
  createDispatcher: keyedPool,
};
