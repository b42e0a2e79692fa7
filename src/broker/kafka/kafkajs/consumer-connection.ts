/**
 * The connection of a subscription that consumes with kafkajs, as a member of its group, with the client's own
 * `eachBatch` or `eachMessage`. The handler that the client calls hands over the messages and returns once they are
 * settled, so that commits, replays and rebalances are those of the client.
 */
import type { ConsumerRunConfig, EachBatchPayload, EachMessagePayload } from 'kafkajs';
import type { KafkaConsumerSpec, KafkaTopology, SubscriptionSpec } from '../../../domain/topology.js';
import type { AckToken, BrokerMessage, PullConnection, PullEnd } from '../../port.js';
import type { KafkaConnectionOptions } from '../connecting/connection-options.js';
import { BatchHandling, HandlerFailed } from './each-batch.js';
import { GroupMember } from './group-member.js';
import { HandOver } from '../hand-over.js';
import { expectedMembers } from '../members-at-start.js';
import type { OnKafkaNote } from '../notes.js';

export interface KafkaConsumerOptions {
  readonly topology: KafkaTopology;
  readonly subscription: SubscriptionSpec;
  readonly onNote: OnKafkaNote;
}

/** Resolves once the group is stable with all of its members. @throws {BrokerError} */
export async function openConsumer(
  connection: KafkaConnectionOptions,
  options: KafkaConsumerOptions,
): Promise<KafkaConsumerConnection> {
  const consumer = new KafkaConsumerConnection(connection, options);
  try {
    await consumer.join();
    return consumer;
  } catch (error) {
    await consumer.close();
    throw error;
  }
}

export class KafkaConsumerConnection implements PullConnection {
  readonly #spec: KafkaConsumerSpec;
  readonly #topology: KafkaTopology;
  readonly #subscription: SubscriptionSpec;
  readonly #topicIndex: ReadonlyMap<string, number>;
  readonly #member: GroupMember;
  readonly #handOver: HandOver;
  readonly #delayed = new Set<NodeJS.Timeout>();
  #isClosed = false;

  constructor(connection: KafkaConnectionOptions, { topology, subscription, onNote }: KafkaConsumerOptions) {
    this.#spec = topology.consumer;
    this.#topology = topology;
    this.#subscription = subscription;
    this.#topicIndex = new Map(topology.topics.map(({ name }, topic) => [name, topic]));
    this.#handOver = new HandOver({
      settleWhenTaken: this.#spec.commit.kind === 'never',
      isOwned: (topic, partition) => this.#member.assignment.has(topic, partition),
      onForeign: (topic, partition, offset) =>
        onNote('fault', { what: 'foreign-message', subscription: subscription.name, topic, partition, offset }),
    });
    this.#member = new GroupMember(connection, {
      topology,
      subscription,
      onNote,
      onFailure: (error) => this.#handOver.fail(error),
    });
  }

  /** @throws {BrokerError} */
  async join(): Promise<void> {
    await this.#member.join(this.#runConfig(), expectedMembers(this.#topology, this.#subscription));
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

  nak(token: AckToken, delayMs = 0): void {
    if (delayMs <= 0) return this.#handOver.nak(token);
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      this.#handOver.nak(token);
    }, delayMs);
    this.#delayed.add(timer);
  }

  pause(forMs: number): void {
    const resume = this.#member.pause();
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      resume();
    }, forMs);
    this.#delayed.add(timer);
  }

  /** Acknowledges the message, since Kafka has no such answer. */
  term(token: AckToken): void {
    this.#handOver.ack(token);
  }

  /** Does nothing: Kafka has no ack wait. */
  inProgress(): void {}

  async leave(): Promise<void> {
    await this.#member.leave();
    await this.close();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#handOver.close();
    await this.#member.close();
  }

  #runConfig(): ConsumerRunConfig {
    const { commit, consume, partitionsConcurrently } = this.#spec;
    return {
      partitionsConsumedConcurrently: partitionsConcurrently,
      autoCommit: commit.kind === 'auto',
      ...(commit.kind === 'auto' && commit.intervalMs !== null ? { autoCommitInterval: commit.intervalMs } : {}),
      ...(commit.kind === 'auto' && commit.threshold !== null ? { autoCommitThreshold: commit.threshold } : {}),
      ...(consume === 'each-batch'
        ? { eachBatchAutoResolve: false, eachBatch: (payload) => this.#eachBatch(payload) }
        : { eachMessage: (payload) => this.#eachMessage(payload) }),
    };
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    await this.#member.noted;
    const { topic, partition, messages } = payload.batch;
    const batch = this.#handOver.offer(this.#topicIndex.get(topic)!, partition, messages);
    await new BatchHandling(payload, batch, this.#spec).run();
  }

  async #eachMessage({ topic, partition, message }: EachMessagePayload): Promise<void> {
    await this.#member.noted;
    const batch = this.#handOver.offer(this.#topicIndex.get(topic)!, partition, [message]);
    const outcome = await batch.settled;
    // To return would tell the client that the message is done.
    if (outcome.kind !== 'done') throw new HandlerFailed(`the message was not handled: ${outcome.kind}`);
    if (this.#spec.commit.kind !== 'manual') return;
    const offset = String(BigInt(message.offset) + 1n);
    await this.#member.consumer.commitOffsets([{ topic, partition, offset }]).catch((error: unknown) => {
      // The client wraps an error that it does not retry, and recognizes a rebalance only by the error inside.
      throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
    });
  }
}
