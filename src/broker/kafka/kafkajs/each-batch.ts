/**
 * What an application does with a batch of kafkajs. It hands all of it over at once and waits until it is settled.
 * While it waits it has to do what kafkajs does not: heartbeat, tell how far it is, and commit where it was told to
 * commit within a batch. What is told (`resolveOffset`) is the position below which everything is done, never more.
 */
import type { EachBatchPayload } from 'kafkajs';
import type { KafkaConsumerSpec } from '../../../domain/topology.js';
import type { UnsettledBatch } from './unsettled-batch.js';

/** kafkajs itself sends no heartbeat before its interval is over, so that asking more often costs nothing. */
const asksPerHeartbeat = 4;

/** Thrown into kafkajs, so that it comes back at the first message that is not done. */
export class HandlerFailed extends Error {
  override readonly name = 'HandlerFailed';
}

export class BatchHandling {
  readonly #payload: EachBatchPayload;
  readonly #batch: UnsettledBatch;
  readonly #spec: KafkaConsumerSpec;
  #resolved = 0;
  /** A commit within the batch that is under way; the next one waits for it. */
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

  /** Once a turn of the event loop, and never two at a time. */
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

  /** What came in while a commit was under way. */
  #commitAgain(): void {
    if (this.#isCommitDue && !this.#batch.isSettled) void this.#commitWithin();
  }

  async #lastCommit(): Promise<void> {
    await this.#commit?.catch(() => {});
    if (this.#spec.commit.kind === 'manual') await this.#commitResolved();
  }

  /** Auto commit: if its interval or threshold says so. Manual: what is done, if anything. */
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
