/**
 * Does the log hold one aggregate's events of one topic in more than one partition? Then its *key is split*: the log
 * has no order between them. Counts once per aggregate and topic.
 */
export class SplitKeys {
  readonly #partitionOfTopic = new Map<number, number>();
  readonly #splitTopics = new Set<number>();

  /** Tells a partition in which an event of the topic is stored. */
  learn(topic: number, partition: number): void {
    const known = this.#partitionOfTopic.get(topic);
    if (known === undefined) this.#partitionOfTopic.set(topic, partition);
    else if (known !== partition) this.#splitTopics.add(topic);
  }

  /** Topics in which the key is split. */
  get count(): number {
    return this.#splitTopics.size;
  }
}
