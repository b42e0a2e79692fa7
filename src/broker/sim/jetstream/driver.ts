/**
 * The driver of the simulated JetStream. Every connection has a link to the server and one back. Messages arrive in the
 * order sent on one link, and in no particular order across links. The server's behaviour is that of
 * `jetstream-model.ts`; nothing here reorders anything.
 */
import { jetStreamOnly } from '../../../domain/topology-kind.js';
import type { BrokerDriver } from '../../port.js';
import type { Simulate } from '../simulation.js';
import { SimulatedAdmin } from './admin.js';
import { SimulatedPublisher } from './publisher.js';
import { SimulatedPull } from './pull-connection.js';
import { SimulatedServer, type SimulatedJetStreamOptions } from './simulated-server.js';

export function simulatedJetStream(options: SimulatedJetStreamOptions): BrokerDriver {
  const server = new SimulatedServer(options);
  return {
    openAdmin: () => Promise.resolve(new SimulatedAdmin(server, options.toolVersion)),
    openPublisher: (topology) => Promise.resolve(new SimulatedPublisher(server, jetStreamOnly(topology))),
    openSubscription: (topology, subscription) => {
      const { durables } = jetStreamOnly(topology);
      const durable = durables.find(({ name }) => name === subscription.durable)!;
      return Promise.resolve(new SimulatedPull(server, subscription, durable));
    },
  };
}

/** The name under which the registry of brokers loads it. */
export const simulate: Simulate = simulatedJetStream;
