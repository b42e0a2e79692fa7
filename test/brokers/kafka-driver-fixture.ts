/** What tests of the Kafka driver have in common: a run with small topics, and steps in the words of the tests. */
import kafkajs from 'kafkajs';
import type { KafkaAdmin } from '../../src/broker/kafka/admin.js';
import { kafkaClientConfig } from '../../src/broker/kafka/kafkajs/client-config.js';
import type { KafkaConnectionOptions } from '../../src/broker/kafka/connecting/connection-options.js';
import { kafkaDriver } from '../../src/broker/kafka/driver.js';
import type { KafkaDriver } from '../../src/broker/kafka/driver.js';
import type { KafkaNoteKind } from '../../src/broker/kafka/notes.js';
import type {
  BrokerMessage,
  EventMessage,
  PublishAck,
  PublisherConnection,
  PullConnection,
} from '../../src/broker/port.js';
import { kafkaMark } from '../../src/domain/topology.js';
import type {
  KafkaConsumerSpec,
  KafkaProducerSpec,
  KafkaTopology,
  SubscriptionSpec,
} from '../../src/domain/topology.js';
import { uniqueName } from './kafka-servers.js';

export interface Note {
  readonly kind: KafkaNoteKind;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface KafkaTestOptions {
  readonly topics?: number;
  readonly partitions?: number;
  readonly client?: KafkaTopology['client'];
  readonly producer?: Partial<KafkaProducerSpec>;
  readonly consumer?: Partial<KafkaConsumerSpec>;
  readonly subscriptions?: readonly Partial<SubscriptionSpec>[];
}

export function kafkaTopology(runId: string, options: KafkaTestOptions = {}): KafkaTopology {
  const { topics = 1, partitions = 1, client = 'kafkajs', subscriptions = [{}] } = options;
  const group = `${kafkaMark}${runId}.group`;
  return {
    kind: 'kafka',
    client,
    topics: Array.from({ length: topics }, (_, topic) => ({ name: `${kafkaMark}${runId}.topic-${topic}`, partitions })),
    groups: [group],
    producer: {
      acks: 'all',
      idempotent: false,
      retries: 20,
      requestsInFlight: null,
      key: 'aggregate',
      partitioners: ['default'],
      lingerMs: 0,
      produceBatchBytes: 16_384,
      sendOrder: 'kept',
      ...options.producer,
    },
    consumer: {
      consume: 'each-batch',
      partitionsConcurrently: 1,
      commit: { kind: 'auto', intervalMs: null, threshold: null },
      fetchWaitMs: 50,
      sessionTimeoutMs: 10_000,
      heartbeatIntervalMs: 200,
      ...options.consumer,
    },
    subscriptions: subscriptions.map((subscription, index) => ({
      index,
      name: `member-${index}`,
      durable: group,
      ownsTopics: Array.from({ length: topics }, (_, topic) => topic),
      begins: 'at once',
      bus: 0,
      ...subscription,
    })),
  };
}

export class KafkaTestRun {
  readonly topology: KafkaTopology;
  readonly driver: KafkaDriver;
  readonly admin: KafkaAdmin;
  readonly notes: Note[];
  readonly #connection: KafkaConnectionOptions;
  readonly #open: { close(): Promise<void> }[] = [];

  private constructor(
    connection: KafkaConnectionOptions,
    parts: { topology: KafkaTopology; driver: KafkaDriver; admin: KafkaAdmin; notes: Note[] },
  ) {
    this.#connection = connection;
    this.topology = parts.topology;
    this.driver = parts.driver;
    this.admin = parts.admin;
    this.notes = parts.notes;
  }

  static async begin(connection: KafkaConnectionOptions, options: KafkaTestOptions = {}): Promise<KafkaTestRun> {
    const runId = uniqueName('driver');
    const topology = kafkaTopology(runId, options);
    const notes: Note[] = [];
    const driver = kafkaDriver(connection, {
      runId,
      ownsCluster: true,
      onNote: (kind, detail) => notes.push({ kind, detail }),
    });
    const admin = await driver.openAdmin();
    await admin.create(topology);
    return new KafkaTestRun(connection, { topology, driver, admin, notes });
  }

  async publisher(index = 0): Promise<PublisherConnection> {
    return this.#opened(await this.driver.openPublisher(this.topology, index));
  }

  async subscription(index = 0): Promise<PullConnection> {
    const opened = this.#opened(await this.driver.openSubscription(this.topology, this.topology.subscriptions[index]!));
    opened.pull(100, 1000);
    return opened;
  }

  notesOf(kind: KafkaNoteKind): readonly Note['detail'][] {
    return this.notes.filter((note) => note.kind === kind).map(({ detail }) => detail);
  }

  /** Committed offsets of the group by partition; -1: none. */
  async committed(topic = 0): Promise<readonly number[]> {
    const client = new kafkajs.Kafka(kafkaClientConfig(this.#connection, 'test')).admin();
    await client.connect();
    try {
      const name = this.topology.topics[topic]!.name;
      const [answer] = await client.fetchOffsets({ groupId: this.topology.groups[0]!, topics: [name] });
      return [...answer!.partitions].sort((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset));
    } finally {
      await client.disconnect();
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#open.map((one) => one.close()));
    await this.admin.remove();
    await this.admin.close();
  }

  #opened<T extends { close(): Promise<void> }>(connection: T): T {
    this.#open.push(connection);
    return connection;
  }
}

export function event(version: number, aggregate = 0, topic = 0): EventMessage {
  return {
    aggregateId: `agg-${aggregate}`,
    aggregate,
    topic,
    version,
    publisher: 0,
    publishStamp: version,
    publishedAtMs: 1,
  };
}

/** Versions `from` to `to` of one aggregate, each when the last was acknowledged. */
export async function publishSerially(publisher: PublisherConnection, from: number, to: number): Promise<PublishAck[]> {
  const acks: PublishAck[] = [];
  for (let version = from; version <= to; version++) acks.push(await publisher.publish(event(version)));
  return acks;
}

export async function take(connection: PullConnection, count: number): Promise<BrokerMessage[]> {
  const taken: BrokerMessage[] = [];
  while (taken.length < count) {
    const item = await connection.next();
    if (item.kind === 'end') throw new Error(`the connection ended after ${taken.length} messages: ${item.detail}`);
    taken.push(item);
  }
  return taken;
}

/** Takes and acknowledges one after the other: the next batch of a partition comes when the last one is settled. */
export async function takeAndAck(connection: PullConnection, count: number): Promise<BrokerMessage[]> {
  const taken: BrokerMessage[] = [];
  while (taken.length < count) {
    const [message] = await take(connection, 1);
    connection.ack(message!.token);
    taken.push(message!);
  }
  return taken;
}

export function versionsOf(messages: readonly BrokerMessage[]): number[] {
  return messages.map(({ event: { version } }) => version);
}
