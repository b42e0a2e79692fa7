/**
 * The strategy that does without acks, by an ordered consumer. The client checks by the consumer sequence that no
 * message is missing. If one is, or if the server has deleted the consumer because nobody pulled, the client makes a
 * new consumer that begins behind the last message seen. There are no redeliveries, so none can overtake; but an event
 * that fails is lost, and so is the position when the service dies. Events are handled one at a time, in stream order.
 */
import { serial } from '../dispatch/serial.js';
import { jetStreamOnly } from '../domain/topology-kind.js';
import { refusedWithout } from './refusals.js';
import type { Strategy } from './strategy.js';

export const orderedConsumerStrategy: Strategy = {
  id: 'ordered-consumer',
  summary: 'JetStream: no acks, an ephemeral consumer made again behind the last message seen; one handler at a time',
  costs: 'no parallelism; an event that fails is lost, and a crash loses the position',
  guarantee: {
    order: 'total',
    survives: { redelivery: false, crash: false, resize: true, rebalance: true, partitions: true },
  },
  repairsInput: false,
  handlesOneAtATime: true,
  refuses: (broker, mode, members) => {
    const reason = `a ${broker.name} consumer reads its ${broker.isPartitioned ? 'partitions' : 'log'} in order as it is`;
    const refusal = refusedWithout('hasOrderedConsumers', broker, { reason, instead: 'serial' });
    if (refusal !== null) return refusal;
    if (members > 1) {
      return {
        because: 'settings',
        reason: 'an ordered consumer belongs to one subscription, so replicas of a service cannot share one',
        wayOut: 'run it with --members 1, or use max-ack-pending-1 with several',
      };
    }
    if (mode !== 'multi/shared') return null;
    return {
      because: 'settings',
      reason: 'an ordered consumer belongs to one subscription, so several cannot share one as in multi/shared',
      wayOut: 'run it with --mode single, or with --mode multi --durable per-topic',
    };
  },
  adaptTopology: (given, { ackWaitMs, maxWaitMs }) => {
    const topology = jetStreamOnly(given);
    const ordered = { inactiveMs: Math.max(ackWaitMs, 2 * maxWaitMs) };
    return { ...topology, durables: topology.durables.map((durable) => ({ ...durable, ordered })) };
  },
  canResize: true,
  createDispatcher: serial,
};
