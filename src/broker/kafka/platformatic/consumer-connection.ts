/**
 * The connection of a subscription that consumes with @platformatic/kafka, as a member of its group. It reads all
 * messages that the client's stream has, hands them over partition by partition, and reads on when all of them are
 * settled. The client heartbeats, rejoins and, if asked to, commits by itself: its auto commit says that a message is
 * done as soon as it was fetched. It commits the offset of the last message done, where Kafka's convention is the next.
 */
import type { Consumer, Message, MessagesStream } from '@platformatic/kafka';
import kafkajs from 'kafkajs';
import { BrokerError } from '../../../domain/errors.js';
import type { KafkaTopology, SubscriptionSpec } from '../../../domain/topology.js';
import { HeartbeatGap } from '../../heartbeat-gap.js';
import type { AckToken, BrokerMessage, PullConnection, PullEnd } from '../../port.js';
import { Assignment } from '../assignment.js';
import { kafkaClientConfig } from '../kafkajs/client-config.js';
import { toBrokerError } from '../connecting/connect-errors.js';
import { whereOf } from '../connecting/connection-options.js';
import type { KafkaConnectionOptions } from '../connecting/connection-options.js';
import type { KafkaConsumerOptions } from '../kafkajs/consumer-connection.js';
import { HandOver } from '../hand-over.js';
import { expectedMembers } from '../members-at-start.js';
import { leaveTimeoutMs, within } from '../bounded-wait.js';
import { baseOptions, loadPlatformatic } from './client.js';
import type { Platformatic } from './client.js';
import { lacks, requireConsumer } from './requirements.js';

const joinTimeoutMs = 60_000;
const stableCheckEveryMs = 20;
const closeTimeoutMs = 800;

/** Resolves once the group is stable with all of its members. @throws {BrokerError} */
export async function openPlatformaticConsumer(
  connection: KafkaConnectionOptions,
  options: KafkaConsumerOptions,
): Promise<PlatformaticConsumerConnection> {
  requireConsumer(options.topology.consumer);
  const opened = new PlatformaticConsumerConnection(connection, options, await loadPlatformatic());
  try {
    await opened.join();
    return opened;
  } catch (error) {
    await opened.close();
    throw toBrokerError(error, {
      connection,
      doing: `let ${options.subscription.name} into its group`,
      group: options.subscription.durable,
    });
  }
}

export class PlatformaticConsumerConnection implements PullConnection {
  readonly #connection: KafkaConnectionOptions;
  readonly #options: KafkaConsumerOptions;
  readonly #topology: KafkaTopology;
  readonly #subscription: SubscriptionSpec;
  readonly #consumer: Consumer;
  readonly #handOver: HandOver;
  readonly #heartbeats: HeartbeatGap;
  #assignment: Assignment;
  #isRejoining = false;
  /** Resolves once the messages that were handed over last are settled. */
  #handing: Promise<void> = Promise.resolve();
  #isLeaving = false;
  #isClosed = false;

  constructor(connection: KafkaConnectionOptions, options: KafkaConsumerOptions, client: Platformatic) {
    const { topology, subscription, onNote } = options;
    this.#connection = connection;
    this.#options = options;
    this.#topology = topology;
    this.#subscription = subscription;
    this.#assignment = new Assignment(topology.topics, {});
    this.#heartbeats = new HeartbeatGap(options, () => performance.now());
    this.#handOver = new HandOver({
      settleWhenTaken: topology.consumer.commit.kind !== 'manual',
      isOwned: (topic, partition) => this.#assignment.has(topic, partition),
      onForeign: (topic, partition, offset) =>
        onNote('fault', { what: 'foreign-message', subscription: subscription.name, topic, partition, offset }),
    });
    this.#consumer = new client.Consumer({
      ...baseOptions(connection, subscription.name),
      groupId: subscription.durable,
      sessionTimeout: topology.consumer.sessionTimeoutMs,
      rebalanceTimeout: Math.max(60_000, topology.consumer.sessionTimeoutMs),
      heartbeatInterval: topology.consumer.heartbeatIntervalMs,
    });
    this.#consumer.on('consumer:group:rebalance', () => {
      this.#isRejoining = true;
      this.#heartbeats.called();
    });
    this.#consumer.on('consumer:group:join', () => this.#onJoin());
    this.#consumer.on('consumer:heartbeat:end', () => this.#heartbeats.beaten());
  }

  async join(): Promise<void> {
    await this.#consume();
    await this.#untilStable(expectedMembers(this.#topology, this.#subscription));
  }

  async #consume(): Promise<void> {
    const { commit, fetchWaitMs } = this.#topology.consumer;
    const stream = await this.#consumer.consume({
      topics: this.#subscription.ownsTopics.map((topic) => this.#topology.topics[topic]!.name),
      mode: 'committed',
      fallbackMode: 'earliest',
      maxWaitTime: fetchWaitMs,
      autocommit: commit.kind === 'auto' ? (commit.intervalMs ?? true) : false,
    });
    void this.#read(stream);
  }

  /** Does nothing: the member consumes from joining on. */
  pull(): void {}

  poll(): BrokerMessage | PullEnd | undefined {
    return this.#handOver.poll();
  }

  next(): Promise<BrokerMessage | PullEnd> {
    return this.#handOver.next();
  }

  ack(token: AckToken): void {
    this.#handOver.ack(token);
  }

  nak(): void {
    this.#handOver.fail(lacks('way back to a message that was refused', 'let no handler fail'));
  }

  term(token: AckToken): void {
    this.#handOver.ack(token);
  }

  inProgress(): void {}

  async leave(): Promise<void> {
    this.#isLeaving = true;
    await within(leaveTimeoutMs, this.#handing);
    await this.close();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#handOver.close();
    // The form that takes a callback, since the types do not say that the other returns a promise.
    await within(closeTimeoutMs, new Promise<void>((resolve) => this.#consumer.close(true, () => resolve())));
  }

  async #read(stream: MessagesStream<Buffer, Buffer, Buffer, Buffer>): Promise<void> {
    let wake = (): void => {};
    stream.on('readable', () => wake());
    stream.on('close', () => wake());
    stream.on('error', (error) => this.#fail(error));
    while (!this.#isLeaving && !this.#isClosed && !stream.destroyed) {
      const messages: Message[] = [];
      for (let next = readOne(stream); next !== null; next = readOne(stream)) messages.push(next);
      if (messages.length > 0) await (this.#handing = this.#handOverAll(messages));
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  /** An auto commit for a generation that is over ends the stream. The group goes on, so a new stream is begun. */
  #fail(error: Error): void {
    if (this.#isClosed) return;
    if (!isStaleGeneration(error)) return this.#giveUp(error);
    this.#noteFailedCommit(error);
    this.#consume().catch((thrown: unknown) => {
      this.#giveUp(thrown instanceof Error ? thrown : new Error(String(thrown)));
    });
  }

  #giveUp(error: Error): void {
    if (this.#isClosed) return;
    const context = { connection: this.#connection, doing: 'be consumed from', group: this.#subscription.durable };
    this.#handOver.fail(toBrokerError(error, context));
  }

  async #handOverAll(messages: readonly Message[]): Promise<void> {
    const byPartition = new Map<string, Message[]>();
    for (const message of messages) {
      const place = `${message.topic}:${message.partition}`;
      const others = byPartition.get(place);
      if (others === undefined) byPartition.set(place, [message]);
      else others.push(message);
    }
    await Promise.all([...byPartition.values()].map((ofOne) => this.#handOverOne(ofOne)));
  }

  async #handOverOne(messages: readonly Message[]): Promise<void> {
    const { topic, partition } = messages[0]!;
    const index = this.#topology.topics.findIndex(({ name }) => name === topic);
    const batch = this.#handOver.offer(index, partition, messages);
    await batch.settled;
    if (this.#topology.consumer.commit.kind !== 'manual' || batch.done === 0) return;
    const { offset } = messages[batch.done - 1]!;
    // A commit that comes too late, after a rebalance, changes nothing.
    await this.#consumer
      .commit({ offsets: [{ topic, partition, offset, leaderEpoch: 0 }] })
      .catch((error: unknown) => this.#noteFailedCommit(error));
  }

  #noteFailedCommit(error: unknown): void {
    if (this.#isClosed) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.onNote('fault', { what: 'commit', subscription: this.#subscription.name, error: reason });
  }

  #onJoin(): void {
    const assigned = Object.fromEntries(
      (this.#consumer.assignments ?? []).map(({ topic, partitions }) => [topic, partitions]),
    );
    this.#assignment = new Assignment(this.#topology.topics, assigned);
    this.#isRejoining = false;
    this.#heartbeats.joined();
    this.#options.onNote('rebalance', {
      group: this.#subscription.durable,
      epoch: this.#consumer.generationId,
      subscription: this.#subscription.name,
      assigned: this.#assignment.toString(),
      // Only the leader of a group is told how many there are.
      members: null,
    });
  }

  async #untilStable(expected: number): Promise<void> {
    const { durable } = this.#subscription;
    const admin = new kafkajs.Kafka(kafkaClientConfig(this.#connection, this.#subscription.name)).admin();
    await admin.connect();
    try {
      const deadlineMs = performance.now() + joinTimeoutMs;
      while (performance.now() < deadlineMs) {
        const epoch = this.#consumer.generationId;
        const [group] = (await admin.describeGroups([durable])).groups;
        const isSettled = !this.#isRejoining && epoch === this.#consumer.generationId;
        if (group?.state === 'Stable' && group.members.length >= expected && isSettled) return;
        await new Promise((resolve) => setTimeout(resolve, stableCheckEveryMs));
      }
    } finally {
      await admin.disconnect();
    }
    throw new BrokerError(
      `${whereOf(this.#connection)}: the group ${durable} did not get its ${expected} members within ${joinTimeoutMs / 1000} s`,
      'look into the log of the broker',
    );
  }
}

/** Whether an error is about a generation that is over. The client wraps the broker's answer in its own errors. */
function isStaleGeneration(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { message, cause, errors } = error as { message?: unknown; cause?: unknown; errors?: readonly unknown[] };
  if (typeof message === 'string' && /generation|rebalanc|not aware of this member/i.test(message)) return true;
  return [cause, ...(errors ?? [])].some((inner) => isStaleGeneration(inner, depth + 1));
}

function readOne(stream: MessagesStream<Buffer, Buffer, Buffer, Buffer>): Message | null {
  return stream.read() as Message | null;
}
