/** Topologies, events and virtual worlds for the tests of the simulated Kafka. */
import type { BrokerDriver, BrokerMessage, EventMessage, PullConnection } from '../../../src/broker/port.js';
import { simulatedKafka } from '../../../src/broker/sim/kafka/driver.js';
import type { NoteKind } from '../../../src/domain/run-note.js';
import type {
  KafkaConsumerSpec,
  KafkaProducerSpec,
  KafkaTopology,
  SubscriptionSpec,
} from '../../../src/domain/topology.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { VirtualWorld } from '../../../src/runtime/virtual/virtual-world.js';

export interface Bench {
  readonly world: VirtualWorld;
  readonly driver: BrokerDriver;
  readonly notes: { readonly kind: NoteKind; readonly detail: Readonly<Record<string, unknown>> }[];
}

/** Runs the body in a virtual world with a simulated Kafka of its own. */
export async function inWorld(seed: number, body: (bench: Bench) => Promise<void>): Promise<void> {
  const world = new VirtualWorld(new SeededPrng(seed, 'schedule'));
  const notes: Bench['notes'] = [];
  const driver = simulatedKafka({
    time: world,
    scheduler: world,
    prng: new SeededPrng(seed, 'network'),
    toolVersion: '1.2.3',
    onNote: (kind, detail) => notes.push({ kind, detail }),
  });
  await world.run(() => body({ world, driver, notes }));
}

export function member(index: number, begins: SubscriptionSpec['begins'] = 'at once'): SubscriptionSpec {
  return { index, name: `member-${index}`, durable: 'eventbus-bench.x.g', ownsTopics: [0], bus: 0, begins };
}

export interface TopologyParts {
  readonly partitions?: number;
  readonly members?: readonly SubscriptionSpec[];
  readonly producer?: Partial<KafkaProducerSpec>;
  readonly consumer?: Partial<KafkaConsumerSpec>;
}

export function topology({
  partitions = 1,
  members = [member(0)],
  producer,
  consumer,
}: TopologyParts = {}): KafkaTopology {
  return {
    kind: 'kafka',
    topics: [{ name: 'eventbus-bench.x.topic-0', partitions }],
    groups: ['eventbus-bench.x.g'],
    client: 'kafkajs',
    producer: {
      acks: 'all',
      idempotent: false,
      retries: 100,
      requestsInFlight: null,
      key: 'aggregate',
      partitioners: ['default'],
      lingerMs: 0,
      produceBatchBytes: 16_384,
      sendOrder: 'kept',
      ...producer,
    },
    consumer: {
      consume: 'each-batch',
      partitionsConcurrently: 1,
      commit: { kind: 'auto', intervalMs: null, threshold: null },
      fetchWaitMs: 100,
      sessionTimeoutMs: 10_000,
      heartbeatIntervalMs: 1_000,
      ...consumer,
    },
    subscriptions: members,
  };
}

export function event(version: number, aggregateId = 'a'): EventMessage {
  return { aggregateId, aggregate: 0, topic: 0, version, publisher: 0, publishStamp: version, publishedAtMs: 0 };
}

/** The next so many messages. */
export async function take(connection: PullConnection, count: number): Promise<BrokerMessage[]> {
  const messages: BrokerMessage[] = [];
  while (messages.length < count) {
    const item = connection.poll() ?? (await connection.next());
    if (item.kind === 'end') break;
    messages.push(item);
  }
  return messages;
}
