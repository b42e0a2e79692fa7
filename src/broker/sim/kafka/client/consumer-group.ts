/**
 * The membership of a client in its group. It joins and syncs, heartbeats when asked to and when one is due, fetches
 * its partitions, and joins again when its topics have partitions that it did not know of. It follows
 * `consumer/consumerGroup.js` of kafkajs 2.2.4.
 */
import type { Prng, Scheduler, Signal } from '../../../../runtime/ports.js';
import { assignRoundRobin, noPartitions, type Assignment } from '../assignment.js';
import { ClientMetadata } from './metadata.js';
import { isRebalancing, KafkaFailure } from '../errors.js';
import type { FetchedPartition } from '../fetch-waits.js';
import type { JoinAnswer } from '../join.js';
import type { ClientTime, KafkaConnection } from '../network.js';
import { OffsetManager } from './offset-manager.js';
import { Backoff, type BackoffSettings } from './retry.js';

/** The default of kafkajs, which the real driver leaves as it is. */
const rebalanceTimeoutMs = 60_000;

export interface MemberOptions<T> {
  readonly time: ClientTime;
  readonly scheduler: Scheduler;
  readonly prng: Prng;
  readonly retry: BackoffSettings;
  /** A client has two connections to a broker: fetches wait on one of them, everything else goes over the other. */
  readonly connection: KafkaConnection<T>;
  readonly fetching: KafkaConnection<T>;
  /** Unique among the clients of the broker. */
  readonly clientNumber: number;
  readonly clientId: string;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly fetchWaitMs: number;
  readonly metadataMaxAgeMs: number;
  readonly commitIntervalMs: number | null;
  readonly commitThreshold: number | null;
  /** Called after every heartbeat that was answered without an error. */
  readonly onBeaten: () => void;
  /** Called after every assignment. */
  readonly onJoined: (joined: JoinAnswer, assignment: Assignment) => void;
}

export class ClientGroup<T> {
  readonly #options: MemberOptions<T>;
  readonly #metadata: ClientMetadata<T>;
  #memberId = '';
  #generation = -1;
  #assignment: Assignment = noPartitions;
  #offsets: OffsetManager<T>;
  /** Partitions of each topic when the assignment was made. */
  #partitionsKnown: ReadonlyMap<string, number> = new Map();
  #lastRequestMs: number;
  #isBeating = false;
  readonly #beaten: Signal;
  #beatFailure: unknown = null;

  constructor(options: MemberOptions<T>) {
    this.#options = options;
    const { connection, topics, metadataMaxAgeMs, time } = options;
    this.#metadata = new ClientMetadata(connection, topics, metadataMaxAgeMs, () => time.nowMs());
    this.#beaten = options.scheduler.signal();
    this.#offsets = this.#newOffsets();
    this.#lastRequestMs = time.nowMs();
  }

  get offsets(): OffsetManager<T> {
    return this.#offsets;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Number of its partitions, of all topics. */
  get partitions(): number {
    return [...this.#assignment.values()].reduce((sum, { length }) => sum + length, 0);
  }

  owns(topic: string, partition: number): boolean {
    return this.#assignment.get(topic)?.includes(partition) === true;
  }

  forgetMembership(): void {
    this.#memberId = '';
  }

  /** Joins until it has an assignment. @throws {KafkaFailure} if it gives up */
  async joinAndSync(): Promise<void> {
    const backoff = new Backoff(this.#options.retry, this.#options.prng);
    for (;;) {
      try {
        const joined = await this.#join();
        await this.#sync(joined);
        this.#options.onJoined(joined, this.#assignment);
        return;
      } catch (failure) {
        if (!(failure instanceof KafkaFailure)) throw failure;
        if (failure.code === 'UNKNOWN_MEMBER_ID') this.#memberId = '';
        else if (!isRebalancing(failure)) throw failure;
        const waitMs = backoff.nextMs();
        if (waitMs === null) throw failure;
        await this.#options.time.sleep(waitMs);
      }
    }
  }

  /**
   * Sends a heartbeat if the last one is long enough ago. A call while one is under way waits for the same answer.
   * @throws {KafkaFailure} if the coordinator refuses, or the connection fails
   */
  async heartbeat(): Promise<void> {
    const { time, heartbeatIntervalMs } = this.#options;
    if (this.#isBeating) await this.#beaten.wait();
    else if (this.#memberId === '' || time.nowMs() < this.#lastRequestMs + heartbeatIntervalMs) return;
    else await this.#beat();
    if (this.#beatFailure !== null) throw this.#beatFailure as Error;
  }

  async #beat(): Promise<void> {
    const { time, connection, groupId } = this.#options;
    this.#isBeating = true;
    this.#beatFailure = null;
    try {
      await connection.request<null>((model, answer) => {
        answer(model.group(groupId).heartbeat(this.#memberId, this.#generation));
      });
      this.#options.onBeaten();
      this.#lastRequestMs = time.nowMs();
    } catch (failure) {
      this.#beatFailure = failure;
    }
    this.#isBeating = false;
    this.#beaten.notifyAll();
  }

  /** Fetches the assigned partitions; empty if there are none, it had to join again, or the fetch failed for now. */
  async fetch(): Promise<readonly FetchedPartition<T>[]> {
    try {
      return await this.#fetch();
    } catch (failure) {
      if (!(failure instanceof KafkaFailure)) throw failure;
      await this.#recover(failure);
      return [];
    }
  }

  async leave(): Promise<void> {
    const memberId = this.#memberId;
    if (memberId === '') return;
    this.#memberId = '';
    await this.#options.connection.request<null>((model, answer) => {
      model.group(this.#options.groupId).leave(memberId);
      answer(null);
    });
  }

  async #join(): Promise<JoinAnswer> {
    const { connection, groupId, clientId, sessionTimeoutMs, topics } = this.#options;
    await this.#metadata.refreshIfDue();
    // Finds the coordinator, each time.
    await connection.request((_model, answer) => answer(null));
    const attempt = (memberId: string): Promise<JoinAnswer> =>
      connection.request<JoinAnswer>((model, answer) => {
        model.group(groupId).join({ memberId, clientId, sessionTimeoutMs, rebalanceTimeoutMs, topics }, answer);
      });
    let joined: JoinAnswer;
    try {
      joined = await attempt(this.#memberId);
    } catch (failure) {
      if (!(failure instanceof KafkaFailure) || failure.memberId === null) throw failure;
      joined = await attempt(failure.memberId);
    }
    this.#memberId = joined.memberId;
    this.#generation = joined.generation;
    return joined;
  }

  async #sync(joined: JoinAnswer): Promise<void> {
    const { connection, groupId, topics } = this.#options;
    let assignments: ReadonlyMap<string, Assignment> = new Map();
    if (joined.leaderId === joined.memberId) {
      await this.#metadata.refresh();
      assignments = assignRoundRobin(joined.members, topics, (topic) => this.#metadata.partitionCount(topic));
    }
    this.#rememberPartitions();
    this.#assignment = await connection.request<Assignment>((model, answer) => {
      model.group(groupId).sync(joined.memberId, joined.generation, assignments, answer);
    });
    const isUnknown = [...this.#assignment].some(([topic, partitions]) =>
      partitions.some((partition) => partition >= this.#metadata.partitionCount(topic)),
    );
    if (isUnknown) {
      await this.#metadata.refresh();
      this.#rememberPartitions();
    }
    this.#offsets = this.#newOffsets();
  }

  async #fetch(): Promise<readonly FetchedPartition<T>[]> {
    const { time, fetching, clientNumber, fetchWaitMs } = this.#options;
    await this.#metadata.refreshIfDue();
    if (this.#hasNewPartitions()) {
      await this.joinAndSync();
      return [];
    }
    await this.#offsets.resolveCommitted();
    const partitions = [...this.#assignment].flatMap(([topic, assigned]) =>
      assigned.map((partition) => ({ topic, partition, offset: this.#offsets.nextOffset(topic, partition) })),
    );
    if (partitions.length === 0) {
      await time.sleep(fetchWaitMs);
      return [];
    }
    shuffle(partitions, this.#options.prng);
    return fetching.request<readonly FetchedPartition<T>[]>((model, answer) => {
      model.fetch(clientNumber, { maxWaitMs: fetchWaitMs, partitions }, answer);
    });
  }

  async #recover(failure: KafkaFailure): Promise<void> {
    switch (failure.code) {
      case 'UNKNOWN_TOPIC_OR_PARTITION':
        await this.#metadata.refresh();
        await this.joinAndSync();
        return;
      case 'OFFSET_OUT_OF_RANGE':
        for (const [topic, partitions] of this.#assignment) {
          for (const partition of partitions) this.#offsets.forget(topic, partition);
        }
        return;
      case 'CONNECTION_CLOSED':
        return;
      default:
        throw failure;
    }
  }

  #hasNewPartitions(): boolean {
    return this.#options.topics.some(
      (topic) => this.#metadata.partitionCount(topic) > (this.#partitionsKnown.get(topic) ?? Infinity),
    );
  }

  #rememberPartitions(): void {
    const { topics } = this.#options;
    this.#partitionsKnown = new Map(topics.map((topic) => [topic, this.#metadata.partitionCount(topic)]));
  }

  #newOffsets(): OffsetManager<T> {
    const { time, connection, groupId, commitIntervalMs, commitThreshold } = this.#options;
    return new OffsetManager<T>({
      nowMs: () => time.nowMs(),
      coordinator: connection,
      groupId,
      generation: this.#generation,
      memberId: this.#memberId,
      assignment: this.#assignment,
      commitIntervalMs,
      commitThreshold,
    });
  }
}

/** kafkajs asks for partitions in another order each time, so that each has its turn to come first (KIP-74). */
function shuffle(items: unknown[], prng: Prng): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
