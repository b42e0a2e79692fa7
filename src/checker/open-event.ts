/**
 * What must be remembered of an event while it is under way? An *open event* is kept from its publish call until it has
 * been published, acknowledged (or refused), started and handled to its end; then nothing about it can change any more
 * and its record is used for the next event.
 *
 * The record also holds how far the next version got while this one was unfinished: see exposure.ts.
 */
export class OpenEvent {
  version = 0;
  /** False: delivered without a publish call, or only waited for because the next version is there already. */
  published = false;
  /** Some publish call was acknowledged. */
  acked = false;
  /** Some publish call settled, either way. */
  settled = false;
  delivered = false;
  /** That the first delivery came to. */
  subscription = 0;
  started = false;
  /** Its place among the unit's first arrivals at `start`. */
  startIndex = 0;
  finished = false;
  /** See completion-inversion.ts. */
  overtaken: Overtaken = 'no';

  /** The next version was acknowledged or delivered before this one had finished. */
  nextAvailable = false;
  nextDelivered = false;
  nextSubscription = 0;
  /** The next version started before this one. */
  nextStartedBefore = false;

  /** Log places of deliveries by a broker without delivery counts: partition, position, partition, position, … */
  places: number[] | null = null;
  /** Ids of the deliveries that came from a log place from which the event had been delivered before. */
  redeliveries: number[] | null = null;

  reset(version: number): void {
    this.version = version;
    this.published = false;
    this.acked = false;
    this.settled = false;
    this.delivered = false;
    this.subscription = 0;
    this.started = false;
    this.startIndex = 0;
    this.finished = false;
    this.overtaken = 'no';
    this.nextAvailable = false;
    this.nextDelivered = false;
    this.nextSubscription = 0;
    this.nextStartedBefore = false;
    this.places = null;
    this.redeliveries = null;
  }
}

/** Has a higher version finished before this one, and did the earliest of these start after it or before it? */
export type Overtaken = 'no' | 'by-later-start' | 'by-earlier-start';
