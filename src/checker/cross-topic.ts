/**
 * In which order did an aggregate's versions arrive over all its topics? Order is promised within a topic only, so for
 * an aggregate that was spread over several this is evidence beside the verdict: *crossTopic* counts its versions that
 * arrived after a higher one of another topic, the earliest higher one being asked.
 */
import type { Arrivals } from './arrivals.js';
import type { Sighting } from './sighting.js';

export class CrossTopicArrivals {
  readonly #arrivals: Arrivals<number>;
  #count = 0;

  /** @param home the arrivals of the only topic that the aggregate had so far */
  constructor(home: Arrivals<Sighting>) {
    this.#arrivals = home.map(({ topic }) => topic);
  }

  get count(): number {
    return this.#count;
  }

  observe(version: number, topic: number): void {
    const highest = this.#arrivals.highest;
    if (version > highest + 1) this.#arrivals.arriveAhead(version, [[highest + 1, version - 1]], topic);
    else if (version > highest) this.#arrivals.arriveNext();
    else {
      const opener = this.#arrivals.arriveBelow(version);
      if (opener !== undefined && opener.sighting !== topic) this.#count++;
    }
  }
}
