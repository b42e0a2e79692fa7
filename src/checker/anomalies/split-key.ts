/**
 * Finds aggregates whose events of one topic lie in more than one partition of the log. Their *key is split*: the log
 * has no order between the partitions. Counts once per aggregate and topic.
 */
export class SplitKeys {
  readonly #partitionOfTopic = new Map<number, number>();
  readonly #splitTopics = new Set<number>();

  /** An event of the topic is known to be stored in this partition. */
  learn(topic: number, partition: number): void {
    const known = this.#partitionOfTopic.get(topic);
    if (known === undefined) this.#partitionOfTopic.set(topic, partition);
    else if (known !== partition) this.#splitTopics.add(topic);
  }

  /** The events lie in more than one topic. */
  get hasSeveralTopics(): boolean {
    return this.#partitionOfTopic.size > 1;
  }

  /** Topics in which the key is split. */
  get count(): number {
    return this.#splitTopics.size;
  }
}
