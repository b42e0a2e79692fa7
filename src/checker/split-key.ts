/**
 * Does the log hold one aggregate's events of one topic in more than one partition? Then its *key is split*: the log
 * has no order between them. Counts once per aggregate and topic.
 */
const notYet = -1;

export class SplitKeys {
  #topic = notYet;
  #partition = notYet;
  #isSplit = false;
  /** Where one unit spans several topics: the others, by topic. */
  #others: Map<number, SplitKeys> | null = null;

  /** Tells a partition in which an event of the topic is stored; negative: unknown. */
  learn(topic: number, partition: number): void {
    if (partition < 0) return;
    if (this.#topic === notYet) this.#topic = topic;
    if (topic !== this.#topic) this.#other(topic).learn(topic, partition);
    else if (this.#partition === notYet) this.#partition = partition;
    else if (partition !== this.#partition) this.#isSplit = true;
  }

  /** Topics in which the key is split. */
  get count(): number {
    let count = this.#isSplit ? 1 : 0;
    if (this.#others !== null) for (const other of this.#others.values()) count += other.count;
    return count;
  }

  #other(topic: number): SplitKeys {
    this.#others ??= new Map();
    let other = this.#others.get(topic);
    if (other === undefined) {
      other = new SplitKeys();
      this.#others.set(topic, other);
    }
    return other;
  }
}
