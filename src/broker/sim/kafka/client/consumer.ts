/**
 * The connection of a subscription to the simulated Kafka: a member of a group that hands over what kafkajs would hand
 * to its handler. The handler returns when the bus has acknowledged everything, or throws when the bus refused a
 * message. Messages that were handed over stay with the bus even if the partition is revoked meanwhile.
 */
import type { KafkaTopology, SubscriptionSpec } from '../../../../domain/topology.js';
import type { Scheduler, Signal } from '../../../../runtime/ports.js';
import { HeartbeatGap } from '../../../heartbeat-gap.js';
import type { AckToken, BrokerMessage, EventMessage, PullConnection, PullEnd } from '../../../port.js';
import { describeAssignment, type Assignment } from '../assignment.js';
import { ClientGroup } from './consumer-group.js';
import { fetchConnection, mainConnection } from './member-connections.js';
import { asksPerHeartbeat, consumerRetry, metadataMaxAgeMs } from './settings.js';
import { StallingTime } from './client-time.js';
import { KafkaFailure } from '../errors.js';
import type { FetchedPartition } from '../fetch-waits.js';
import type { JoinAnswer } from '../join.js';
import { BatchCommits } from './batch-commits.js';
import type { HandOver } from './hand-over.js';
import { Offers } from './offers.js';
import type { KafkaConnection, SimulatedBroker } from '../network.js';
import { Runner, type RunnerHandler } from './runner.js';
import { LazyTimer } from './timer.js';
import { kafkaClientTable, Latency, wakeUpTable } from '../../latency.js';
import type { OnKafkaNote } from '../notes.js';

export interface ConsumerOptions {
  readonly broker: SimulatedBroker<EventMessage>;
  readonly scheduler: Scheduler;
  readonly topology: KafkaTopology;
  readonly subscription: SubscriptionSpec;
  /** Unique among the consumers of the broker. */
  readonly clientNumber: number;
  readonly onNote: OnKafkaNote;
}

const closed: PullEnd = { kind: 'end', status: 'closed', detail: 'the connection was closed' };

export class SimulatedKafkaConsumer implements PullConnection, RunnerHandler<EventMessage> {
  readonly #options: ConsumerOptions;
  readonly #time: StallingTime;
  readonly #connection: KafkaConnection<EventMessage>;
  readonly #fetching: KafkaConnection<EventMessage>;
  readonly #runner: Runner<EventMessage>;
  readonly #joined: Signal;
  readonly #arrival: Signal;
  readonly #progress: Signal;
  #pausedUntilMs = 0;
  readonly #heartbeats: LazyTimer;
  readonly #heartbeatGap: HeartbeatGap;
  readonly #decoding: Latency;
  readonly #wakeUp: Latency;
  readonly #offers = new Offers();
  readonly #commits: BatchCommits;
  #members = 0;
  #isClosed = false;

  constructor(options: ConsumerOptions) {
    const { broker, scheduler, topology } = options;
    this.#options = options;
    this.#time = new StallingTime(broker.time);
    this.#connection = mainConnection(options, this.#time);
    this.#fetching = fetchConnection(options, this.#time);
    this.#heartbeatGap = new HeartbeatGap(options, () => this.#time.nowMs());
    this.#joined = scheduler.signal();
    this.#arrival = scheduler.signal();
    this.#progress = scheduler.signal();
    this.#heartbeats = new LazyTimer(broker.time, () => this.#progress.notifyAll());
    this.#decoding = new Latency(broker.prng, kafkaClientTable);
    this.#wakeUp = new Latency(broker.prng, wakeUpTable);
    this.#commits = new BatchCommits(topology.consumer);
    const { consume, partitionsConcurrently, commit, fetchWaitMs } = topology.consumer;
    this.#runner = new Runner({
      time: this.#time,
      scheduler,
      prng: broker.prng,
      retry: consumerRetry,
      consume,
      concurrency: partitionsConcurrently,
      autoCommit: commit.kind === 'auto',
      isPaused: () => broker.time.nowMs() < this.#pausedUntilMs,
      idleMs: fetchWaitMs,
      newGroup: () => this.#newGroup(),
      onCalled: () => this.#heartbeatGap.called(),
      handler: this,
    });
  }

  /**
   * Joins, and resolves when the group has all members that begin at once; a member that joins later waits only for its
   * own join.
   */
  async open(): Promise<void> {
    const { scheduler, topology, subscription } = this.#options;
    const expected =
      subscription.begins !== 'at once'
        ? 1
        : topology.subscriptions.filter(
            ({ durable, begins }) => durable === subscription.durable && begins === 'at once',
          ).length;
    scheduler.spawn(`consumer ${subscription.name}`, () => this.#runner.run());
    while (this.#members < expected) await this.#joined.wait();
  }

  pull(): void {
    // A member of a group is handed what comes; it asks for nothing.
  }

  poll(): BrokerMessage | PullEnd | undefined {
    return this.#time.isStalled ? undefined : this.#take();
  }

  async next(): Promise<BrokerMessage | PullEnd> {
    for (;;) {
      await this.#time.awake();
      const item = this.#take() ?? (this.#isClosed ? closed : undefined);
      if (item !== undefined) return item;
      await this.#arrival.wait();
      await this.#time.sleep(this.#wakeUp.draw());
    }
  }

  ack(token: AckToken): void {
    this.#whenAwake(() => {
      const handOver = this.#offers.find(token);
      if (handOver?.ack(token) !== true) return;
      if (!handOver.isOpen() || this.#commits.areWithinBatch) this.#progress.notifyAll();
    });
  }

  nak(token: AckToken): void {
    this.#whenAwake(() => {
      const handOver = this.#offers.find(token);
      handOver?.nak();
      if (handOver !== undefined) this.#progress.notifyAll();
    });
  }

  /** Kafka has nothing of the kind: the position moves on. */
  term(token: AckToken): void {
    this.ack(token);
  }

  inProgress(): void {
    // A member is alive while it heartbeats, whatever it does with one message.
  }

  pause(forMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.#options.broker.time.nowMs() + forMs);
    const { partitions } = this.#runner.group;
    if (partitions === 0) return;
    this.#options.onNote('paused', { subscription: this.#options.subscription.name, partitions });
  }

  stall(forMs: number): void {
    this.#time.stall(forMs);
  }

  /** To its group it stands still for good. */
  die(): void {
    this.stall(Number.MAX_SAFE_INTEGER);
  }

  async leave(): Promise<void> {
    await this.#runner.stop();
    await this.close();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#arrival.notifyAll();
    this.#progress.notifyAll();
    await this.#runner.stop();
    this.#connection.close();
    this.#fetching.close();
  }

  async message(group: ClientGroup<EventMessage>, batch: FetchedPartition<EventMessage>, index: number): Promise<void> {
    const handOver = await this.#handOver(batch, index, index + 1);
    while (handOver.isOpen() && !this.#isClosed) await this.#progressOrStall();
    this.#offers.end(handOver);
    // To return would tell the client that the message is done.
    if (handOver.hasFailed || handOver.isOpen()) throw new KafkaFailure('HANDLER_FAILED');
    await this.#commits.ended(group, handOver);
  }

  async batch(
    group: ClientGroup<EventMessage>,
    batch: FetchedPartition<EventMessage>,
    heartbeat: () => Promise<void>,
  ): Promise<void> {
    const handOver = await this.#handOver(batch, 0, batch.records.length);
    try {
      await this.#untilSettled(group, handOver, heartbeat);
    } finally {
      this.#offers.end(handOver);
      this.#commits.resolve(group, handOver);
    }
    await this.#commits.ended(group, handOver);
    if (handOver.hasFailed) throw new KafkaFailure('HANDLER_FAILED');
  }

  /** While it waits it does what kafkajs leaves to the application: heartbeats, and commits within the batch. */
  async #untilSettled(
    group: ClientGroup<EventMessage>,
    handOver: HandOver,
    heartbeat: () => Promise<void>,
  ): Promise<void> {
    const beatEveryMs = this.#options.topology.consumer.heartbeatIntervalMs / asksPerHeartbeat;
    let beatAtMs = this.#time.nowMs() + beatEveryMs;
    while (handOver.isOpen() && !this.#isClosed) {
      this.#heartbeats.setNoLater(beatAtMs);
      await this.#progressOrStall();
      if (!handOver.isOpen()) return;
      if (this.#time.nowMs() >= beatAtMs) {
        beatAtMs = this.#time.nowMs() + beatEveryMs;
        this.#commits.resolve(group, handOver);
        await heartbeat();
      }
      await this.#commits.progressed(group, handOver);
    }
  }

  /** Takes the next message; undefined if there is none. */
  #take(): BrokerMessage | undefined {
    const taken = this.#offers.take();
    if (taken === undefined) return undefined;
    const { batch, index, token } = taken;
    if (this.#options.topology.consumer.commit.kind === 'never') this.ack(token);
    return {
      kind: 'message',
      event: batch.records[index]!,
      partition: batch.partition,
      position: batch.baseOffset + index + 1,
      deliveryCount: null,
      owned: this.#runner.group.owns(batch.topic, batch.partition),
      token,
    };
  }

  async #handOver(batch: FetchedPartition<EventMessage>, from: number, end: number): Promise<HandOver> {
    if (from === 0) await this.#time.sleep(this.#decoding.draw());
    const handOver = this.#offers.begin(batch, from, end);
    if (this.#isClosed) return handOver;
    this.#offers.offer({ batch, handOver, next: from, end });
    this.#arrival.notifyOne();
    return handOver;
  }

  /** Waits until something was acknowledged or refused, or a heartbeat is due, and the client does not stand still. */
  async #progressOrStall(): Promise<void> {
    await this.#progress.wait();
    await this.#time.awake();
  }

  #whenAwake(act: () => void): void {
    if (this.#time.isStalled) this.#options.broker.time.at(this.#time.goesOnAtMs, act);
    else act();
  }

  #newGroup(): ClientGroup<EventMessage> {
    const { broker, scheduler, topology, subscription, clientNumber } = this.#options;
    const { sessionTimeoutMs, heartbeatIntervalMs, fetchWaitMs, commit } = topology.consumer;
    return new ClientGroup({
      time: this.#time,
      scheduler,
      prng: broker.prng,
      retry: consumerRetry,
      connection: this.#connection,
      fetching: this.#fetching,
      clientNumber,
      clientId: subscription.name,
      groupId: subscription.durable,
      topics: subscription.ownsTopics.map((topic) => topology.topics[topic]!.name),
      sessionTimeoutMs,
      heartbeatIntervalMs,
      fetchWaitMs,
      metadataMaxAgeMs,
      commitIntervalMs: commit.kind === 'auto' ? commit.intervalMs : null,
      commitThreshold: commit.kind === 'auto' ? commit.threshold : null,
      onBeaten: () => this.#heartbeatGap.beaten(),
      onJoined: (joined, assignment) => this.#onJoined(joined, assignment),
    });
  }

  #onJoined(joined: JoinAnswer, assignment: Assignment): void {
    const { subscription, onNote } = this.#options;
    this.#members = joined.size;
    this.#heartbeatGap.joined();
    onNote('rebalance', {
      group: subscription.durable,
      epoch: joined.generation,
      subscription: subscription.name,
      assigned: describeAssignment(assignment),
      members: joined.size,
    });
    this.#joined.notifyAll();
  }
}
