/**
 * Keeps how far a member has come in each of its partitions. `resolved` is where it goes on reading, `committed` where
 * the partition's next owner would begin. Both are offsets of the next record. There is one object for each generation,
 * as in `consumer/offsetManager` of kafkajs 2.2.4.
 */
import type { Assignment } from '../assignment.js';
import type { CommittedPosition } from '../committed-positions.js';
import type { KafkaConnection } from '../network.js';

export interface OffsetManagerOptions<T> {
  readonly nowMs: () => number;
  readonly coordinator: KafkaConnection<T>;
  readonly groupId: string;
  readonly generation: number;
  readonly memberId: string;
  readonly assignment: Assignment;
  /** When to commit within a batch: after this time, or this number of records; null: not by this rule. */
  readonly commitIntervalMs: number | null;
  readonly commitThreshold: number | null;
}

interface Position {
  readonly topic: string;
  readonly partition: number;
  /** null: not asked for yet, or forgotten. */
  committed: number | null;
  resolved: number | null;
}

export class OffsetManager<T> {
  readonly #options: OffsetManagerOptions<T>;
  readonly #positions = new Map<string, Map<number, Position>>();
  #lastCommitMs: number;

  constructor(options: OffsetManagerOptions<T>) {
    this.#options = options;
    this.#lastCommitMs = options.nowMs();
    for (const [topic, partitions] of options.assignment) {
      const positions = partitions.map((partition) => ({ topic, partition, committed: null, resolved: null }));
      this.#positions.set(topic, new Map(positions.map((position) => [position.partition, position])));
    }
  }

  /** The offset from which to fetch. */
  nextOffset(topic: string, partition: number): number {
    const position = this.#at(topic, partition);
    if (position === undefined) return 0;
    position.resolved ??= position.committed;
    return position.resolved ?? 0;
  }

  /** Marks everything up to and including this offset as done. */
  resolve(topic: string, partition: number, offset: number): void {
    const position = this.#at(topic, partition);
    if (position !== undefined) position.resolved = offset + 1;
  }

  /** Forgets where it was, so that the committed position is asked for again. */
  forget(topic: string, partition: number): void {
    const position = this.#at(topic, partition);
    if (position === undefined) return;
    position.committed = null;
    position.resolved = null;
  }

  /** Asks for the committed positions that are not known; a partition without one begins at its beginning. */
  async resolveCommitted(): Promise<void> {
    const unknown = this.#all().filter(({ committed }) => committed === null);
    if (unknown.length === 0) return;
    const { coordinator, groupId } = this.#options;
    const committed = await coordinator.request<(number | null)[]>((model, answer) => {
      const group = model.group(groupId);
      answer(unknown.map(({ topic, partition }) => group.committed(topic, partition)));
    });
    // The earliest offset of a partition is another request; logs of this model always begin at 0.
    if (committed.includes(null)) await coordinator.request((_model, answer) => answer(null));
    unknown.forEach((position, i) => (position.committed = committed[i] ?? 0));
  }

  async commitIfNecessary(): Promise<void> {
    const { commitIntervalMs, commitThreshold, nowMs } = this.#options;
    const isTime = commitIntervalMs !== null && nowMs() >= this.#lastCommitMs + commitIntervalMs;
    const isEnough = commitThreshold !== null && this.#resolvedNotCommitted() >= commitThreshold;
    if (isTime || isEnough) await this.commit();
  }

  /** Commits what was resolved, or the positions given. @throws {KafkaFailure} */
  async commit(given?: readonly CommittedPosition[]): Promise<void> {
    const { coordinator, groupId, generation, memberId, nowMs } = this.#options;
    const positions = given ?? this.#uncommitted();
    if (positions.length > 0) {
      await coordinator.request<null>((model, answer) => {
        answer(model.group(groupId).commit(memberId, generation, positions));
      });
      for (const { topic, partition, offset } of positions) {
        const position = this.#at(topic, partition);
        if (position !== undefined) position.committed = offset;
      }
    }
    this.#lastCommitMs = nowMs();
  }

  #uncommitted(): CommittedPosition[] {
    return this.#all()
      .filter(({ resolved, committed }) => resolved !== null && resolved !== committed)
      .map(({ topic, partition, resolved }) => ({ topic, partition, offset: resolved! }));
  }

  #resolvedNotCommitted(): number {
    return this.#all().reduce(
      (sum, { resolved, committed }) => sum + (resolved ?? 0) - (resolved === null ? 0 : (committed ?? 0)),
      0,
    );
  }

  #all(): Position[] {
    return [...this.#positions.values()].flatMap((positions) => [...positions.values()]);
  }

  #at(topic: string, partition: number): Position | undefined {
    return this.#positions.get(topic)?.get(partition);
  }
}
