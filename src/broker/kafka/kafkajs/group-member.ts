/**
 * A member of a consumer group: one kafkajs consumer, subscribed from the beginning. Groups of kafkajs rebalance
 * eagerly: whenever a member joins or leaves, all members give up their partitions and join again; each time the
 * group's generation (its epoch in notes) rises by one.
 *
 * The first assignment does not last while others are still about to join, so joining waits until the group has as many
 * members as expected, is stable, and did not call this member to join again meanwhile.
 */
import kafkajs from 'kafkajs';
import type { Consumer, ConsumerGroupJoinEvent, ConsumerRunConfig, LogEntry } from 'kafkajs';
import { BrokerError } from '../../../domain/errors.js';
import type { ToolError } from '../../../domain/errors.js';
import type { KafkaTopology, SubscriptionSpec } from '../../../domain/topology.js';
import { HeartbeatGap } from '../../heartbeat-gap.js';
import { Assignment } from '../assignment.js';
import { kafkaClientConfig } from './client-config.js';
import { reasonIn, saysUnreachable, withLog } from './client-log.js';
import { toBrokerError } from '../connecting/connect-errors.js';
import { whereOf } from '../connecting/connection-options.js';
import type { KafkaConnectionOptions } from '../connecting/connection-options.js';
import type { OnKafkaNote } from '../notes.js';
import { giveUpAfterMsDefault, Outage } from '../outage.js';
import { leaveTimeoutMs, within } from '../bounded-wait.js';

export interface GroupMemberOptions {
  readonly topology: KafkaTopology;
  readonly subscription: SubscriptionSpec;
  readonly onNote: OnKafkaNote;
  /** Called when the member cannot go on. */
  readonly onFailure: (error: ToolError) => void;
}

/** The age at which metadata is refreshed, and so how soon added partitions are seen. */
const metadataMaxAgeMs = 1_000;
/** Waits after a failed handler, and before joining again. kafkajs waits 300 ms or more by default. */
const retry = { initialRetryTime: 50, maxRetryTime: 200, multiplier: 2, retries: Number.MAX_SAFE_INTEGER };
const stableCheckEveryMs = 20;
const joinTimeoutMs = 60_000;
const closeTimeoutMs = 800;

export class GroupMember {
  readonly consumer: Consumer;
  readonly #connection: KafkaConnectionOptions;
  readonly #options: GroupMemberOptions;
  readonly #outage: Outage;
  readonly #heartbeats: HeartbeatGap;
  #assignment: Assignment;
  /** How often it has joined; the last join may not be noted yet. */
  #joins = 0;
  #isRejoining = true;
  #epoch: number | null = null;
  #noted: Promise<void> = Promise.resolve();
  #failure: ToolError | null = null;
  #isClosed = false;

  constructor(connection: KafkaConnectionOptions, options: GroupMemberOptions) {
    const { topology, subscription, onNote } = options;
    this.#connection = connection;
    this.#options = options;
    this.#assignment = new Assignment(topology.topics, {});
    const detail = { subscription: subscription.name };
    this.#heartbeats = new HeartbeatGap(options, () => performance.now());
    this.#outage = new Outage({
      giveUpAfterMs: connection.giveUpAfterMs ?? giveUpAfterMsDefault,
      onDown: () => onNote('fault', { what: 'disconnect', ...detail }),
      onUp: () => onNote('reconnect', detail),
      onLost: (reason) => this.#lose(reason),
    });
    const config = kafkaClientConfig(connection, subscription.name);
    const { sessionTimeoutMs, heartbeatIntervalMs, fetchWaitMs } = topology.consumer;
    this.consumer = new kafkajs.Kafka(withLog(config, 'everything', (entry) => this.#onLog(entry))).consumer({
      groupId: subscription.durable,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs,
      maxWaitTimeInMs: fetchWaitMs,
      metadataMaxAge: metadataMaxAgeMs,
      allowAutoTopicCreation: false,
      retry,
    });
    this.#listen();
  }

  get assignment(): Assignment {
    return this.#assignment;
  }

  /** Resolves once its last join was noted. */
  get noted(): Promise<void> {
    return this.#noted;
  }

  /**
   * @param expected number of members that the group is to have
   * @throws {BrokerError} if it cannot join, or the others do not come
   */
  async join(run: ConsumerRunConfig, expected: number): Promise<void> {
    const { topology, subscription } = this.#options;
    const topics = subscription.ownsTopics.map((topic) => topology.topics[topic]!.name);
    try {
      await this.consumer.connect();
      await this.consumer.subscribe({ topics, fromBeginning: true });
      await this.consumer.run(run);
    } catch (error) {
      throw this.#failure ?? this.#brokerError(error);
    }
    await this.#untilStable(expected);
  }

  /** Pauses all partitions, also those that it is assigned meanwhile. @returns a function that resumes them */
  pause(): () => void {
    const { topology, subscription } = this.#options;
    const topics = subscription.ownsTopics.map((topic) => ({ topic: topology.topics[topic]!.name }));
    this.consumer.pause(topics);
    const { size } = this.#assignment;
    if (size > 0) this.#options.onNote('paused', { subscription: subscription.name, partitions: size });
    return () => this.consumer.resume(topics);
  }

  /** Leaves the group: the client waits for the handlers that it has called, commits, and tells the group. */
  async leave(): Promise<void> {
    await within(leaveTimeoutMs, this.consumer.disconnect());
  }

  /** Closes promptly, whatever the client is waiting for; it may still be leaving when this resolves. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#outage.close();
    await within(closeTimeoutMs, this.consumer.disconnect());
  }

  #listen(): void {
    const { GROUP_JOIN, REBALANCING, HEARTBEAT, CRASH, REQUEST } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, (event) => this.#onJoin(event));
    this.consumer.on(REBALANCING, () => {
      this.#isRejoining = true;
      this.#heartbeats.called();
    });
    this.consumer.on(HEARTBEAT, () => this.#heartbeats.beaten());
    this.consumer.on(REQUEST, () => this.#outage.answered());
    this.consumer.on(CRASH, ({ payload: { error, restart } }) => {
      if (!restart) return this.#fail(this.#brokerError(error));
      const { name } = this.#options.subscription;
      this.#options.onNote('fault', { what: 'consumer-restart', subscription: name, error: error.message });
    });
  }

  #onJoin({ payload }: ConsumerGroupJoinEvent): void {
    this.#assignment = new Assignment(this.#options.topology.topics, payload.memberAssignment);
    this.#joins++;
    this.#heartbeats.joined();
    this.#isRejoining = false;
    this.#noted = this.#noteJoin(this.#assignment, this.#epoch);
  }

  /** Notes a join. It asks how many members the group has, since only the leader is told with the assignment. */
  async #noteJoin(assignment: Assignment, epoch: number | null): Promise<void> {
    const { subscription, onNote } = this.#options;
    const members = await this.consumer.describeGroup().then(
      ({ members }) => members.length,
      () => null,
    );
    if (this.#isClosed) return;
    const detail = { group: subscription.durable, epoch, subscription: subscription.name };
    onNote('rebalance', { ...detail, assigned: assignment.toString(), members });
  }

  async #untilStable(expected: number): Promise<void> {
    const deadlineMs = performance.now() + joinTimeoutMs;
    let members = 0;
    while (performance.now() < deadlineMs) {
      if (this.#failure !== null) throw this.#failure;
      const joins = this.#joins;
      const group = await this.consumer.describeGroup().catch(() => null);
      members = group?.members.length ?? 0;
      const wasCalledAgain = this.#isRejoining || joins !== this.#joins;
      if (group?.state === 'Stable' && members >= expected && !wasCalledAgain) {
        await this.#noted;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, stableCheckEveryMs));
    }
    throw new BrokerError(
      `${whereOf(this.#connection)}: the group ${this.#options.subscription.durable} had ${members} of ${expected} ` +
        `members after ${joinTimeoutMs / 1000} s`,
      'look into the log of the broker; group.initial.rebalance.delay.ms and the heartbeat interval say how long joining takes',
    );
  }

  #onLog(entry: LogEntry): void {
    const { namespace, log } = entry;
    if (namespace === 'ConsumerGroup' && log.message === 'Received assignment') {
      const epoch: unknown = log['generationId'];
      if (typeof epoch === 'number') this.#epoch = epoch;
    } else if (saysUnreachable(entry)) this.#outage.failed(reasonIn(entry));
  }

  #lose(reason: string): boolean {
    const { durable } = this.#options.subscription;
    const error = new kafkajs.KafkaJSConnectionError(reason, {});
    this.#fail(this.#brokerError(error, `keep its connection to the group ${durable}`));
    return true;
  }

  #fail(error: ToolError): void {
    if (this.#isClosed) return;
    this.#failure ??= error;
    this.#options.onFailure(this.#failure);
  }

  #brokerError(error: unknown, doing = `let ${this.#options.subscription.name} into its group`): ToolError {
    return toBrokerError(error, {
      connection: this.#connection,
      doing,
      group: this.#options.subscription.durable,
    });
  }
}
