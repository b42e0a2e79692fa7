/**
 * The driver of the simulated Kafka. The broker is `kafka-model.ts`, the client behaves as kafkajs 2.2.4 does
 * (`client/`), and between them lies a network that keeps the order of each connection (`network.ts`). Nothing is
 * reordered by chance: all disorder comes from requests in flight, retries, partitions and rebalances.
 */
import { kafkaOnly } from '../../../domain/topology-kind.js';
import type { Prng, Scheduler, VirtualTime } from '../../../runtime/ports.js';
import type { BrokerDriver, EventMessage } from '../../port.js';
import { SimulatedKafkaAdmin } from './admin.js';
import { SimulatedKafkaConsumer } from './client/consumer.js';
import type { Simulate } from '../simulation.js';
import type { OnKafkaNote } from './notes.js';
import { KafkaModel } from './kafka-model.js';
import { SimulatedBroker } from './network.js';
import { SimulatedKafkaProducer } from './client/producer.js';

export interface SimulatedKafkaOptions {
  readonly time: VirtualTime;
  readonly scheduler: Scheduler;
  /** Draws latencies, the spread of back-offs and member ids. */
  readonly prng: Prng;
  /** Version of this tool: the simulator's own. */
  readonly toolVersion: string;
  readonly onNote?: OnKafkaNote;
}

export function simulatedKafka(options: SimulatedKafkaOptions): BrokerDriver {
  const { time, scheduler, prng, toolVersion, onNote = () => {} } = options;
  const model = new KafkaModel<EventMessage>(time, {
    initialRebalanceDelayMs: 0,
    newMemberId: (clientId) => `${clientId}-${hex(prng)}${hex(prng)}`,
  });
  const broker = new SimulatedBroker(time, prng, model);
  let clients = 0;
  return {
    openAdmin: () => Promise.resolve(new SimulatedKafkaAdmin(broker, toolVersion)),
    openPublisher: async (topology, publisher) => {
      const producer = new SimulatedKafkaProducer({
        broker,
        scheduler,
        topology: kafkaOnly(topology),
        publisher,
        onNote,
      });
      await producer.open();
      return producer;
    },
    openSubscription: async (topology, subscription) => {
      clients++;
      const consumer = new SimulatedKafkaConsumer({
        broker,
        scheduler,
        topology: kafkaOnly(topology),
        subscription,
        clientNumber: clients,
        onNote,
      });
      await consumer.open();
      return consumer;
    },
  };
}

/** The name under which the registry of brokers loads it. */
export const simulate: Simulate = simulatedKafka;

function hex(prng: Prng): string {
  return prng
    .below(2 ** 32)
    .toString(16)
    .padStart(8, '0');
}
