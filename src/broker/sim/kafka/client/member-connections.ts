/**
 * Makes the two connections of a member: one for heartbeats and commits, which fail at once while the broker is down,
 * and one for fetches, which wait until it is back. Only the first notes disconnects.
 */
import type { SubscriptionSpec } from '../../../../domain/topology.js';
import type { EventMessage } from '../../../port.js';
import { KafkaConnection, type ClientTime, type SimulatedBroker } from '../network.js';
import type { OnKafkaNote } from '../notes.js';
import { connectionRetry } from './settings.js';

interface Member {
  readonly broker: SimulatedBroker<EventMessage>;
  readonly subscription: SubscriptionSpec;
  readonly onNote: OnKafkaNote;
}

export function mainConnection(
  { broker, subscription, onNote }: Member,
  time: ClientTime,
): KafkaConnection<EventMessage> {
  return new KafkaConnection(broker, {
    time,
    dialing: { ...connectionRetry, retries: 0 },
    prng: broker.prng,
    onDisconnect: () => onNote('fault', { what: 'disconnect', subscription: subscription.name }),
    onReconnect: () => onNote('reconnect', { subscription: subscription.name }),
  });
}

export function fetchConnection({ broker }: Member, time: ClientTime): KafkaConnection<EventMessage> {
  return new KafkaConnection(broker, { time, dialing: connectionRetry, prng: broker.prng });
}
