/**
 * Handles a batch of kafkajs as an application does. It hands over the whole batch at once and waits until it is
 * settled. While it waits it does what kafkajs leaves to the application: it heartbeats, tells the client how far the
 * batch is done (`resolveOffset`, never beyond the first message that is not done), and commits within the batch where
 * the scenario wants that.
 */
import type { EachBatchPayload } from 'kafkajs';
import type { KafkaConsumerSpec } from '../../../domain/topology.js';
import type { UnsettledBatch } from './unsettled-batch.js';

/** How often in a heartbeat interval a heartbeat is asked for. kafkajs sends one only when its interval is over. */
const asksPerHeartbeat = 4;

/** Thrown into kafkajs, so that it delivers again from the first message that is not done. */
export class HandlerFailed extends Error {
  override readonly name = 'HandlerFailed';
}

export class BatchHandling {
  readonly #payload: EachBatchPayload;
  readonly #batch: UnsettledBatch;
  readonly #spec: KafkaConsumerSpec;
  #resolved = 0;
  /** The commit within the batch that is under way; the next one waits for it. */
  #commit: Promise<void> | null = null;
  #isCommitDue = false;

  constructor(payload: EachBatchPayload, batch: UnsettledBatch, spec: KafkaConsumerSpec) {
    this.#payload = payload;
    this.#batch = batch;
    this.#spec = spec;
  }

  /** @throws what kafkajs threw at a heartbeat or a commit; {@link HandlerFailed} if a message was refused */
  async run(): Promise<void> {
    if (commitsWithin(this.#spec)) this.#batch.onProgress = () => this.#scheduleCommit();
    const beat = setInterval(() => this.#beat(), this.#spec.heartbeatIntervalMs / asksPerHeartbeat);
    const outcome = await this.#batch.settled;
    clearInterval(beat);
    this.#resolve();
    if (outcome.kind === 'interrupted') throw outcome.error;
    await this.#lastCommit();
    if (outcome.kind === 'failed') throw new HandlerFailed('a message was refused');
  }

  #resolve(): void {
    const { done } = this.#batch;
    if (done === this.#resolved) return;
    this.#resolved = done;
    this.#payload.resolveOffset(this.#payload.batch.messages[done - 1]!.offset);
  }

  #beat(): void {
    this.#resolve();
    this.#payload.heartbeat().catch((error: unknown) => this.#batch.end({ kind: 'interrupted', error }));
  }

  /** Commits at most once in a turn of the event loop, and never twice at the same time. */
  #scheduleCommit(): void {
    if (this.#isCommitDue) return;
    this.#isCommitDue = true;
    setImmediate(() => {
      if (this.#commit === null && !this.#batch.isSettled) void this.#commitWithin();
    });
  }

  async #commitWithin(): Promise<void> {
    this.#isCommitDue = false;
    this.#commit = this.#commitResolved();
    try {
      await this.#commit;
    } catch (error) {
      this.#batch.end({ kind: 'interrupted', error });
    }
    this.#commit = null;
    this.#commitAgain();
  }

  /** Commits what was acknowledged while a commit was under way. */
  #commitAgain(): void {
    if (this.#isCommitDue && !this.#batch.isSettled) void this.#commitWithin();
  }

  async #lastCommit(): Promise<void> {
    await this.#commit?.catch(() => {});
    if (this.#spec.commit.kind === 'manual') await this.#commitResolved();
  }

  /** Auto commit: commits if the interval or the threshold is reached. Manual: commits what is done, if anything is. */
  async #commitResolved(): Promise<void> {
    this.#resolve();
    const { batch } = this.#payload;
    if (this.#spec.commit.kind === 'auto') return this.#payload.commitOffsetsIfNecessary();
    if (this.#resolved === 0) return;
    const offset = String(BigInt(batch.messages[this.#resolved - 1]!.offset) + 1n);
    await this.#payload.commitOffsetsIfNecessary({
      topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }],
    });
  }
}

function commitsWithin({ commit }: KafkaConsumerSpec): boolean {
  if (commit.kind === 'auto') return commit.intervalMs !== null || commit.threshold !== null;
  return commit.kind === 'manual';
}
