/**
 * Follows the order in which an aggregate's versions arrive over all its topics. Order is promised within a topic only,
 * so for an aggregate that was spread over several this is evidence beside the verdict: *crossTopic* counts its
 * versions that arrived after a higher one of another topic, where the earliest higher one is the one compared.
 */
import { arriveAhead, arriveBelow, arriveNext, mapArrivals, type ArrivalState } from './arrivals.js';
import type { Sighting } from '../sighting.js';

export class CrossTopicArrivals {
  readonly #arrivals: ArrivalState<number>;
  #count = 0;

  /** @param home the arrivals of the only topic that the aggregate had so far */
  constructor(home: ArrivalState<Sighting>) {
    this.#arrivals = mapArrivals(home, ({ topic }) => topic);
  }

  get count(): number {
    return this.#count;
  }

  observe(version: number, topic: number): void {
    const next = this.#arrivals.highestArrived + 1;
    if (version === next) arriveNext(this.#arrivals);
    else if (version > next) arriveAhead(this.#arrivals, version, topic);
    else {
      const opener = arriveBelow(this.#arrivals, version);
      if (opener !== undefined && opener.sighting !== topic) this.#count++;
    }
  }
}
