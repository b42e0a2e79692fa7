/**
 * Does the log hold one aggregate's events of one topic in more than one partition? Then its *key is split*: the log
 * has no order between them. Counts once per aggregate and topic.
 */
export class SplitKeys {
  readonly #partitionOfTopic = new Map<number, number>();
  readonly #splitTopics = new Set<number>();
  readonly #lastOfTopic = new Map<number, number>();
  #switches = 0;

  /** Tells a partition in which an event of the topic is stored. */
  learn(topic: number, partition: number): void {
    const known = this.#partitionOfTopic.get(topic);
    if (known === undefined) this.#partitionOfTopic.set(topic, partition);
    else if (known !== partition) this.#splitTopics.add(topic);
    const last = this.#lastOfTopic.get(topic);
    if (last !== undefined && last !== partition) this.#switches++;
    this.#lastOfTopic.set(topic, partition);
  }

  /** Events of the topic that lie in another partition than the one that became known before: evidence, not exact. */
  get switches(): number {
    return this.#switches;
  }

  /** Topics in which the key is split. */
  get count(): number {
    return this.#splitTopics.size;
  }
}
