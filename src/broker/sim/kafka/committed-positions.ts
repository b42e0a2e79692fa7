/**
 * Keeps the positions that a group has committed: for each partition, the offset from which its next owner is to read.
 */

export interface CommittedPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export class CommittedPositions {
  /** Offsets by `topic/partition`. */
  readonly #offsets = new Map<string, number>();

  set(positions: readonly CommittedPosition[]): void {
    for (const { topic, partition, offset } of positions) this.#offsets.set(`${topic}/${partition}`, offset);
  }

  /** The committed offset of a partition; null: never committed. */
  of(topic: string, partition: number): number | null {
    return this.#offsets.get(`${topic}/${partition}`) ?? null;
  }
}
