/** Checks that the NATS client that is asked for has a server to talk to: simulated pulls are those of `nats`. */
import { UsageError } from '../../domain/errors.js';
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import type { Layers } from '../layers.js';

/** @throws {UsageError} if no broker of the run is a NATS server */
export function checkNatsClient(layers: Layers): void {
  if (layers.value('natsClient') !== 'nats-io') return;
  const brokers: readonly BrokerKind[] = layers.value('broker');
  if (brokers.some((broker) => traitsOf(broker).clientField === 'natsClient')) return;
  throw new UsageError(
    `${layers.place('natsClient')} is nats-io, which is a client of a real NATS server, and the broker is ${brokers.join(', ')}`,
    'add --broker nats, or leave the client out',
  );
}
