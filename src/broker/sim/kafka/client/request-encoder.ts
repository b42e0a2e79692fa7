/**
 * Encodes produce requests side by side, as kafkajs does: step by step, each step a turn of the event loop's microtasks,
 * and writes each once it is encoded. So of requests that are handed in at the same moment one with few partitions is
 * written before one with many, and requests with as many partitions of as many topics keep their order. The steps are
 * those of `protocol/requests/produce` of kafkajs 2.2.4: two for each partition, one for each topic.
 */
import type { Scheduler } from '../../../../runtime/ports.js';

const stepsPerPartition = 2;
const stepsPerTopic = 1;

interface Encoding {
  stepsLeft: number;
  readonly write: () => void;
}

export class RequestEncoder {
  readonly #scheduler: Scheduler;
  /** In the order in which they were handed in. */
  #underWay: Encoding[] = [];

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** @param write called once the request is encoded, at the same moment of virtual time */
  encode(partitions: readonly { readonly topic: string }[], write: () => void): void {
    const topics = new Set(partitions.map(({ topic }) => topic)).size;
    const stepsLeft = stepsPerPartition * partitions.length + stepsPerTopic * topics;
    this.#underWay.push({ stepsLeft, write });
    if (this.#underWay.length === 1) this.#scheduler.spawn('encoder', () => this.#run());
  }

  /** Makes one step of every request in each turn. */
  async #run(): Promise<void> {
    while (this.#underWay.length > 0) {
      await this.#scheduler.pause();
      for (const encoding of this.#underWay) encoding.stepsLeft--;
      const encoded = this.#underWay.filter(({ stepsLeft }) => stepsLeft <= 0);
      this.#underWay = this.#underWay.filter(({ stepsLeft }) => stepsLeft > 0);
      for (const { write } of encoded) write();
    }
  }
}
