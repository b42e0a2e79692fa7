/** The partitions that a member of a group was assigned, by the topology's topic numbers. */
import type { KafkaTopicSpec } from '../../domain/topology.js';

export class Assignment {
  readonly #topics: readonly KafkaTopicSpec[];
  readonly #partitions: ReadonlySet<number>[];

  /** @param assigned partitions by topic name; topics that are not in the topology are left out */
  constructor(topics: readonly KafkaTopicSpec[], assigned: Readonly<Record<string, readonly number[]>>) {
    this.#topics = topics;
    this.#partitions = topics.map(({ name }) => new Set(assigned[name] ?? []));
  }

  has(topic: number, partition: number): boolean {
    return this.#partitions[topic]?.has(partition) ?? false;
  }

  /** Number of partitions of all topics. */
  get size(): number {
    return this.#partitions.reduce((sum, { size }) => sum + size, 0);
  }

  /** `topic-0:0,2 topic-1:1`, without the mark of the run; empty if it has none. */
  toString(): string {
    return this.#partitions
      .flatMap((partitions, topic) => {
        const name = shortName(this.#topics[topic]!.name);
        return partitions.size === 0 ? [] : [`${name}:${[...partitions].sort((a, b) => a - b).join(',')}`];
      })
      .join(' ');
  }
}

/** The last part of `eventbus-bench.<run>.<name>`. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
