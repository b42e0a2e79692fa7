/**
 * Tells how far the groups of a run are. Kafka keeps no record of deliveries, only the end of each partition and the
 * committed positions, so pending events are counted against the deliveries that the run itself saw.
 *
 * Positions are wanted every few milliseconds while a run drains. The end of a partition never moves back: while not
 * even the end known last was delivered, events are pending for certain, and the broker is asked again only after a
 * while.
 */
import type { Admin } from 'kafkajs';
import type { KafkaTopology } from '../../domain/topology.js';
import type { DeliveredPositions, DurableState } from '../port.js';

interface Known {
  /** End offsets by partition. */
  readonly offsets: readonly number[];
  /** When the broker told them, by performance.now(). */
  readonly atMs: number;
}

const askAgainAfterMs = 250;

export class GroupPositions {
  readonly #admin: Admin;
  readonly #topology: KafkaTopology;
  readonly #ends: (Known | undefined)[] = [];
  readonly #committed = new Map<string, { ackPending: number; atMs: number }>();

  constructor(admin: Admin, topology: KafkaTopology) {
    this.#admin = admin;
    this.#topology = topology;
  }

  /** @throws what kafkajs throws */
  async durables(delivered: DeliveredPositions): Promise<readonly DurableState[]> {
    const { topics, groups } = this.#topology;
    const pending = await Promise.all(topics.map((_, topic) => this.#pendingOf(topic, delivered)));
    return Promise.all(
      groups.map(async (name) => {
        const own = this.#topicsOf(name);
        const sum = own.reduce((total, topic) => total + pending[topic]!, 0);
        return { name, pending: sum, ackPending: await this.#ackPendingOf(name, own, sum === 0) };
      }),
    );
  }

  /** Forgets what is known, because partitions were added. */
  forget(): void {
    this.#ends.length = 0;
    this.#committed.clear();
  }

  async #pendingOf(topic: number, delivered: DeliveredPositions): Promise<number> {
    const known = this.#ends[topic];
    if (known !== undefined && performance.now() - known.atMs < askAgainAfterMs) {
      const pending = pendingBehind(known.offsets, topic, delivered);
      if (pending > 0) return pending;
    }
    const answer = await this.#admin.fetchTopicOffsets(this.#topology.topics[topic]!.name);
    const offsets: number[] = [];
    for (const { partition, high } of answer) offsets[partition] = Number(high);
    this.#ends[topic] = { offsets, atMs: performance.now() };
    return pendingBehind(offsets, topic, delivered);
  }

  /** Number of events beyond the group's committed positions; 0 where the group never commits. */
  async #ackPendingOf(group: string, topics: readonly number[], isDelivered: boolean): Promise<number> {
    if (this.#topology.consumer.commit.kind === 'never') return 0;
    const known = this.#committed.get(group);
    if (!isDelivered && known !== undefined && performance.now() - known.atMs < askAgainAfterMs) {
      return known.ackPending;
    }
    const names = topics.map((topic) => this.#topology.topics[topic]!.name);
    const answer = await this.#admin.fetchOffsets({ groupId: group, topics: names });
    const ackPending = answer.reduce((sum, { topic, partitions }) => {
      const ends = this.#ends[topics[names.indexOf(topic)]!]?.offsets ?? [];
      return partitions.reduce((open, { partition, offset }) => {
        return open + Math.max(0, (ends[partition] ?? 0) - this.#doneBelow(Number(offset)));
      }, sum);
    }, 0);
    this.#committed.set(group, { ackPending, atMs: performance.now() });
    return ackPending;
  }

  /**
   * The offset below which everything is done. -1: nothing was committed. @platformatic/kafka commits the last offset
   * that is done, other clients commit the next one.
   */
  #doneBelow(committed: number): number {
    if (committed < 0) return 0;
    return this.#topology.client === 'platformatic' ? committed + 1 : committed;
  }

  #topicsOf(group: string): readonly number[] {
    const members = this.#topology.subscriptions.filter(({ durable }) => durable === group);
    return [...new Set(members.flatMap(({ ownsTopics }) => ownsTopics))];
  }
}

/** Number of events not delivered. Positions are offsets + 1, so an end offset is the position of the last event. */
function pendingBehind(ends: readonly number[], topic: number, delivered: DeliveredPositions): number {
  return ends.reduce((sum, end, partition) => sum + Math.max(0, end - delivered.highest(topic, partition)), 0);
}
