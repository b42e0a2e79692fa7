/**
 * The loop of a member: it fetches, hands each partition's batch to a worker, waits until all of them are done, and
 * fetches again. Heartbeats are sent between messages and batches only. An error (the handler's, or that the group is
 * rebalancing) is handled when all batches of the fetch have ended. So a revoked partition goes on being processed
 * until its batch ends (kafkajs #1046), and one failing batch does not hold back the others of the same fetch. It
 * follows `consumer/runner.js`, `fetchManager.js` and `worker.js` of kafkajs 2.2.4.
 */
import type { Prng, Scheduler, Signal } from '../../../../runtime/ports.js';
import type { ClientGroup } from './consumer-group.js';
import { isRebalancing, KafkaFailure } from '../errors.js';
import type { FetchedPartition } from '../fetch-waits.js';
import type { ClientTime } from '../network.js';
import { Backoff, type BackoffSettings } from './retry.js';

/** The application's handlers of a message and of a batch. Both fail with a {@link KafkaFailure}. */
export interface RunnerHandler<T> {
  message(group: ClientGroup<T>, batch: FetchedPartition<T>, index: number): Promise<void>;
  batch(group: ClientGroup<T>, batch: FetchedPartition<T>, heartbeat: () => Promise<void>): Promise<void>;
}

export interface RunnerOptions<T> {
  readonly time: ClientTime;
  readonly scheduler: Scheduler;
  readonly prng: Prng;
  readonly retry: BackoffSettings;
  readonly consume: 'each-batch' | 'each-message';
  /** Batches handled at once, each of another partition. */
  readonly concurrency: number;
  readonly autoCommit: boolean;
  /** The application has paused all partitions. */
  readonly isPaused: () => boolean;
  /** How long a paused member waits before it looks again. */
  readonly idleMs: number;
  readonly newGroup: () => ClientGroup<T>;
  /** Called when the group calls for all members to join again. */
  readonly onCalled: () => void;
  readonly handler: RunnerHandler<T>;
}

export class Runner<T> {
  readonly #options: RunnerOptions<T>;
  readonly #ended: Signal;
  #group: ClientGroup<T>;
  #isStopped = false;
  #hasEnded = false;

  constructor(options: RunnerOptions<T>) {
    this.#options = options;
    this.#ended = options.scheduler.signal();
    this.#group = options.newGroup();
  }

  /** The present membership. */
  get group(): ClientGroup<T> {
    return this.#group;
  }

  /** Runs until {@link stop}. A member that has failed too often leaves its group and begins anew. */
  async run(): Promise<void> {
    const { time, newGroup } = this.#options;
    while (!this.#hasToEnd()) {
      const waitMs = await this.#runMembership(this.#group);
      await this.#leave();
      if (waitMs === null) break;
      await time.sleep(waitMs);
      this.#group = newGroup();
    }
    this.#hasEnded = true;
    this.#ended.notifyAll();
  }

  /** Leaves the group as soon as the fetch or the batches under way are over; resolves once that is done. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (!this.#hasEnded) await this.#ended.wait();
  }

  #hasToEnd(): boolean {
    return this.#isStopped;
  }

  /**
   * Runs one membership until it is stopped or has failed too often. Returns how long to wait before the next one
   * begins, in milliseconds; null if it was stopped.
   */
  async #runMembership(group: ClientGroup<T>): Promise<number | null> {
    const { retry, prng, time } = this.#options;
    try {
      await group.joinAndSync();
    } catch (failure) {
      if (!(failure instanceof KafkaFailure)) throw failure;
      return retry.initialMs;
    }
    let backoff = new Backoff(retry, prng);
    let waitMs = retry.initialMs;
    while (!this.#hasToEnd()) {
      try {
        const isNewGeneration = await this.#consumeOneGeneration(group);
        if (isNewGeneration) backoff = new Backoff(retry, prng);
      } catch (failure) {
        if (!(failure instanceof KafkaFailure)) throw failure;
        const nextMs = backoff.nextMs();
        if (nextMs === null) return waitMs;
        waitMs = nextMs;
        await time.sleep(waitMs);
      }
    }
    return null;
  }

  /**
   * Fetches and handles until the generation is over. True if it has joined again because the group was rebalancing.
   */
  async #consumeOneGeneration(group: ClientGroup<T>): Promise<boolean> {
    try {
      await this.#fetchAndHandle(group);
      return false;
    } catch (failure) {
      if (!(failure instanceof KafkaFailure)) throw failure;
      if (failure.code === 'UNKNOWN_MEMBER_ID') group.forgetMembership();
      else if (isRebalancing(failure)) this.#options.onCalled();
      else throw failure;
      await group.joinAndSync();
      return true;
    }
  }

  async #fetchAndHandle(group: ClientGroup<T>): Promise<void> {
    while (!this.#hasToEnd()) {
      const batches = await this.#fetch(group);
      if (batches.length === 0) await this.#heartbeat(group);
      else if (!this.#hasToEnd()) await this.#handleAll(group, batches);
    }
  }

  /** Fetches. Records of a member that was paused meanwhile are dropped: its positions have not moved. */
  async #fetch(group: ClientGroup<T>): Promise<readonly FetchedPartition<T>[]> {
    const { isPaused, idleMs, time } = this.#options;
    if (isPaused()) await time.sleep(idleMs);
    const batches = isPaused() ? [] : await group.fetch();
    return isPaused() ? [] : batches;
  }

  /** @throws {KafkaFailure} of the first batch that failed, when all have ended */
  async #handleAll(group: ClientGroup<T>, batches: readonly FetchedPartition<T>[]): Promise<void> {
    const { scheduler, concurrency } = this.#options;
    const failures: KafkaFailure[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < batches.length) {
        const index = next++;
        try {
          await this.#handleOne(group, batches[index]!);
        } catch (failure) {
          if (!(failure instanceof KafkaFailure)) throw failure;
          failures[index] = failure;
        }
      }
    };
    if (concurrency === 1 || batches.length === 1) {
      await work();
    } else {
      const workers = Array.from({ length: Math.min(concurrency, batches.length) }, (_, i) =>
        scheduler.spawn(`worker ${i}`, work),
      );
      for (const worker of workers) await worker.join();
    }
    for (const failure of Object.values(failures)) throw failure;
  }

  async #handleOne(group: ClientGroup<T>, batch: FetchedPartition<T>): Promise<void> {
    if (this.#hasToEnd()) return;
    if (batch.records.length > 0) {
      if (this.#options.consume === 'each-message') await this.#handleMessages(group, batch);
      else await this.#handleBatch(group, batch);
      await this.#autoCommit(group);
    }
    await this.#heartbeat(group);
  }

  async #handleMessages(group: ClientGroup<T>, batch: FetchedPartition<T>): Promise<void> {
    for (let i = 0; i < batch.records.length && !this.#hasToEnd(); i++) {
      try {
        await this.#options.handler.message(group, batch, i);
      } catch (failure) {
        await this.#autoCommit(group);
        throw failure;
      }
      group.offsets.resolve(batch.topic, batch.partition, batch.baseOffset + i);
      await this.#heartbeat(group);
      if (this.#options.autoCommit) await group.offsets.commitIfNecessary();
      if (this.#options.isPaused()) return;
    }
  }

  async #handleBatch(group: ClientGroup<T>, batch: FetchedPartition<T>): Promise<void> {
    try {
      await this.#options.handler.batch(group, batch, () => this.#heartbeat(group));
    } catch (failure) {
      await this.#autoCommit(group);
      throw failure;
    }
  }

  async #heartbeat(group: ClientGroup<T>): Promise<void> {
    try {
      await group.heartbeat();
    } catch (failure) {
      if (failure instanceof KafkaFailure && isRebalancing(failure)) await this.#autoCommit(group);
      throw failure;
    }
  }

  async #autoCommit(group: ClientGroup<T>): Promise<void> {
    if (this.#options.autoCommit) await group.offsets.commit();
  }

  async #leave(): Promise<void> {
    try {
      await this.#group.leave();
    } catch (failure) {
      if (!(failure instanceof KafkaFailure)) throw failure;
    }
  }
}
