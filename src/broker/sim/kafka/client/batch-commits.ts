/**
 * Tells the client how far a batch is done, and commits it: at its end by the client's auto commit, within the batch
 * where an interval or a threshold is set, or by the application itself (`manual`).
 */
import type { KafkaConsumerSpec } from '../../../../domain/topology.js';
import type { EventMessage } from '../../../port.js';
import type { ClientGroup } from './consumer-group.js';
import type { HandOver } from './hand-over.js';

type Group = ClientGroup<EventMessage>;

export class BatchCommits {
  readonly #isManual: boolean;
  /** Whether an acknowledgement within a batch may be followed by a commit. */
  readonly areWithinBatch: boolean;

  constructor({ commit, consume }: KafkaConsumerSpec) {
    this.#isManual = commit.kind === 'manual';
    const isTimed = commit.kind === 'auto' && (commit.intervalMs !== null || commit.threshold !== null);
    this.areWithinBatch = consume !== 'each-message' && (this.#isManual || isTimed);
  }

  /** Tells the client the offset up to which everything is done. */
  resolve(group: Group, { topic, partition, baseOffset, resolvableOffset }: HandOver): void {
    if (resolvableOffset >= baseOffset) group.offsets.resolve(topic, partition, resolvableOffset);
  }

  /** Commits within the batch, if that is wanted, while the handler goes on. */
  async progressed(group: Group, handOver: HandOver): Promise<void> {
    if (!this.areWithinBatch) return;
    this.resolve(group, handOver);
    if (this.#isManual) await this.#commit(group, handOver);
    else await group.offsets.commitIfNecessary();
  }

  /** Commits at the end of the handler, if commits are manual. */
  async ended(group: Group, handOver: HandOver): Promise<void> {
    if (this.#isManual) await this.#commit(group, handOver);
  }

  async #commit(group: Group, { topic, partition, baseOffset, resolvableOffset }: HandOver): Promise<void> {
    if (resolvableOffset < baseOffset) return;
    await group.offsets.commit([{ topic, partition, offset: resolvableOffset + 1 }]);
  }
}
