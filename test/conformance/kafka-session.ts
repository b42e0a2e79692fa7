/**
 * The session of one script on a Kafka, through `broker/port.ts`, as a run has it: it opens publishers and members,
 * takes what members are handed into the transcript, and keeps what the driver notes.
 */
import {
  PublishFailure,
  type BrokerAdmin,
  type EventMessage,
  type PublisherConnection,
  type PullConnection,
} from '../../src/broker/port.js';
import type { NoteKind } from '../../src/domain/run-note.js';
import type {
  KafkaConsumerSpec,
  KafkaProducerSpec,
  KafkaTopology,
  SubscriptionSpec,
} from '../../src/domain/topology.js';
import type { KafkaAction, KafkaScript, MemberSettings } from './kafka-script.js';
import type { KafkaWorld } from './kafka-target.js';
import { KafkaTranscript, type HandedOver } from './kafka-transcript.js';

/** How often a wait looks again. */
const lookEveryMs = 5;
/** Beyond everything that a script publishes: asked with it, a broker says how far commits are behind the end. */
const everythingDelivered = 1_000_000;

/** Index of the publisher that finds out whether writes are refused; no other has it. */
const probePublisher = 99;
const nothing = {
  aggregateId: 'z',
  aggregate: 25,
  version: 1,
  publisher: probePublisher,
  publishStamp: 1,
  publishedAtMs: 0,
};

const producerDefault: KafkaProducerSpec = {
  acks: 'all',
  idempotent: false,
  retries: 100,
  requestsInFlight: null,
  key: 'aggregate',
  partitioners: ['default'],
  lingerMs: 0,
  produceBatchBytes: 16_384,
  sendOrder: 'kept',
};

const consumerDefault: KafkaConsumerSpec = {
  consume: 'each-batch',
  partitionsConcurrently: 1,
  commit: { kind: 'auto', intervalMs: null, threshold: null },
  fetchWaitMs: 100,
  sessionTimeoutMs: 30_000,
  heartbeatIntervalMs: 200,
};

export interface Join {
  readonly epoch: number;
  readonly members: number;
  readonly assigned: string;
}

interface Publisher {
  readonly connection: PublisherConnection;
  readonly index: number;
  outstanding: number;
  retries: number;
}

export class KafkaSession {
  readonly transcript = new KafkaTranscript();
  readonly #world: KafkaWorld;
  readonly #topicNames: readonly string[];
  readonly #topics: KafkaTopology['topics'];
  readonly #groupNames: readonly string[];
  readonly #publishers = new Map<string, Publisher>();
  readonly #members = new Map<string, PullConnection>();
  readonly #joins = new Map<string, Join>();
  readonly #versions = new Map<string, number>();
  #failure: unknown = null;
  #admin: BrokerAdmin | null = null;

  constructor(world: KafkaWorld, { steps }: KafkaScript) {
    const actions = steps.map(({ action }) => action);
    const topics = actions.filter((action) => action.kind === 'topic');
    this.#world = world;
    this.#topicNames = topics.map(({ name }) => name);
    this.#topics = [
      ...topics.map(({ name, partitions }) => ({ name: `${world.mark}.${name}`, partitions })),
      ...(actions.some(({ kind }) => kind === 'refuse') ? [{ name: `${world.mark}.probe`, partitions: 1 }] : []),
    ];
    const members = actions.filter((action) => action.kind === 'member');
    this.#groupNames = [...new Set(members.map(({ settings }) => settings.group))];
  }

  async open(): Promise<void> {
    const admin = await this.#world.driver.openAdmin();
    this.#admin = admin;
    const readers = this.#groupNames.map((name, index) => this.#subscription(index, name, name, this.#topicNames));
    await admin.create(this.#topology({ subscriptions: readers }));
  }

  async openPublisher(name: string, producer: KafkaProducerSpec): Promise<void> {
    const index = this.#publishers.size;
    const connection = await this.#world.driver.openPublisher(this.#topology({ producer }), index);
    this.#publishers.set(name, { connection, index, outstanding: 0, retries: 0 });
  }

  async publish({
    publisher: name,
    aggregate,
    count,
    topic,
    awaited,
  }: KafkaAction & { kind: 'publish' }): Promise<void> {
    const publisher = this.#publishers.get(name)!;
    for (let i = 0; i < count; i++) {
      const version = (this.#versions.get(aggregate) ?? 0) + 1;
      this.#versions.set(aggregate, version);
      const event: EventMessage = {
        aggregateId: aggregate,
        // One letter is one aggregate: its place in the alphabet.
        aggregate: aggregate.charCodeAt(0) - 97,
        topic: this.#topicNames.indexOf(topic),
        version,
        publisher: publisher.index,
        publishStamp: version,
        publishedAtMs: 0,
      };
      publisher.outstanding++;
      if (awaited) await this.#publishOne(publisher, event);
      else this.#world.spawn(() => this.#publishOne(publisher, event));
    }
  }

  outstanding(publisher: string): number {
    return this.#publishers.get(publisher)!.outstanding;
  }

  retries(publisher: string): number {
    return this.#publishers.get(publisher)!.retries;
  }

  async openMember(settings: MemberSettings): Promise<void> {
    if (settings.awaited) await this.#openMember(settings);
    else this.#beside(() => this.#openMember(settings));
  }

  async #openMember({ name, group, topics, consumer, acksItself }: MemberSettings): Promise<void> {
    const subscription = this.#subscription(0, name, group, topics);
    const topology = this.#topology({ consumer, subscriptions: [subscription] });
    const connection = await this.#world.driver.openSubscription(topology, subscription);
    this.#members.set(name, connection);
    connection.pull(1, 1);
    this.#beside(() => this.#read(name, group, connection, acksItself));
  }

  settle(how: 'ack' | 'fail', { member, token }: HandedOver): void {
    const connection = this.#members.get(member)!;
    if (how === 'ack') connection.ack(token);
    else connection.nak(token);
  }

  async leave(member: string): Promise<void> {
    await this.#members.get(member)!.close();
  }

  lastJoin(member: string): Join | null {
    return this.#joins.get(member) ?? null;
  }

  /** Resolves when it is in force: a broker hears of a topic's new settings a little after they were made. */
  async setWritable(writable: boolean): Promise<void> {
    await this.#admin!.disturb!.setWritable!(writable);
    if (!writable) while (await this.#takesWrites()) await this.#world.sleep(lookEveryMs);
  }

  /** Finds out by an event to the topic that is there for that. */
  async #takesWrites(): Promise<boolean> {
    const probe = await this.#world.driver.openPublisher(
      this.#topology({ producer: { ...producerDefault, retries: 0 } }),
      probePublisher,
    );
    const topic = this.#topicNames.length;
    try {
      await probe.publish({ ...nothing, topic });
      return true;
    } catch (error) {
      if (error instanceof PublishFailure) return false;
      throw error;
    } finally {
      await probe.close();
    }
  }

  async addPartitions(count: number): Promise<void> {
    await this.#admin!.disturb!.addPartitions!(count);
  }

  async restartBroker(): Promise<void> {
    await this.#world.restartBroker();
  }

  /** By how much the committed positions of a group are behind the ends of its partitions, all together. */
  async uncommitted(group: string): Promise<number> {
    const states = await this.#admin!.durables({
      highest: () => everythingDelivered,
      count: () => everythingDelivered,
    });
    return states.find(({ name }) => name === `${this.#world.mark}.${group}`)!.ackPending;
  }

  /** False: it did not become so in time. */
  async until(isSo: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
    const deadlineMs = this.#world.nowMs() + patienceMs;
    while (!(await isSo())) {
      this.#throwFailure();
      if (this.#world.nowMs() >= deadlineMs) return false;
      await this.#world.sleep(lookEveryMs);
    }
    return true;
  }

  async sleep(ms: number): Promise<void> {
    await this.#world.sleep(ms);
    this.#throwFailure();
  }

  noted(kind: NoteKind, detail: Readonly<Record<string, unknown>>): void {
    if (kind === 'rebalance') {
      const { subscription, epoch, members, assigned } = detail;
      this.#joins.set(String(subscription), {
        epoch: Number(epoch),
        members: Number(members),
        assigned: String(assigned),
      });
    } else if (kind === 'fault' && detail['what'] === 'produce-retry') {
      const publisher = [...this.#publishers.values()].find(({ index }) => index === detail['publisher']);
      if (publisher !== undefined) publisher.retries++;
    }
  }

  async close(): Promise<void> {
    for (const { connection } of this.#publishers.values()) await connection.close();
    for (const connection of this.#members.values()) await connection.close();
    await this.#admin?.remove();
    await this.#admin?.close();
  }

  async #publishOne(publisher: Publisher, event: EventMessage): Promise<void> {
    try {
      await publisher.connection.publish(event);
    } catch (error) {
      this.#failure ??= error;
    }
    publisher.outstanding--;
  }

  /** Lets something go on beside the script; what goes wrong there fails the script at its next wait. */
  #beside(body: () => Promise<void>): void {
    this.#world.spawn(async () => {
      try {
        await body();
      } catch (error) {
        this.#failure ??= error;
      }
    });
  }

  async #read(member: string, group: string, connection: PullConnection, acksItself: boolean): Promise<void> {
    for (;;) {
      const item = connection.poll() ?? (await connection.next());
      if (item.kind === 'end') return;
      const { event, partition, position, owned = false, token } = item;
      const { aggregateId: aggregate, version } = event;
      const topic = this.#topicNames[event.topic]!;
      this.transcript.add({ member, group, topic, partition, offset: position - 1, aggregate, version, owned, token });
      if (acksItself) connection.ack(token);
    }
  }

  #subscription(index: number, name: string, group: string, topics: readonly string[]): SubscriptionSpec {
    const ownsTopics = topics.map((topic) => this.#topicNames.indexOf(topic));
    return { index, name, durable: `${this.#world.mark}.${group}`, ownsTopics, bus: 0, begins: 'later' };
  }

  #topology(parts: Partial<Pick<KafkaTopology, 'producer' | 'consumer' | 'subscriptions'>>): KafkaTopology {
    return {
      kind: 'kafka',
      topics: this.#topics,
      groups: this.#groupNames.map((name) => `${this.#world.mark}.${name}`),
      client: 'kafkajs',
      producer: producerDefault,
      consumer: consumerDefault,
      subscriptions: [],
      ...parts,
    };
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure as Error;
  }
}
