/**
 * What happens to one aggregate within one topic? A unit follows its events from stage to stage and tells each anomaly's
 * own counter what that one needs to know. Nothing is judged here but who is told what, and when an event is over.
 *
 * Order is that of the calls, which come in stamp order; stamps themselves are read for attribution only.
 */
import type { Attempt, Delivery, Origin, PublishResult } from '../domain/observation.js';
import type { AggregateWide } from './aggregate-wide.js';
import { Arrivals, type Opener } from './arrivals.js';
import { originOf } from './attribution.js';
import { CompletionInversions } from './completion-inversion.js';
import { Duplicates } from './duplicate.js';
import type { VersionRange } from './missing-versions.js';
import { NaiveCounts } from './naive.js';
import type { OpenEvent } from './open-event.js';
import { OpenEvents, type OpenEventPool } from './open-events.js';
import { RunningAttempts } from './overlap.js';
import { publishedBefore } from './published-versions.js';
import { isRedelivery, notePlace } from './redelivery.js';
import { type Sighting, sightingOf } from './sighting.js';
import { SplitKeys } from './split-key.js';
import { StoreInversions } from './store-inversion.js';
import type { Tallies } from './tallies.js';

/** What all units share. */
export interface UnitContext {
  readonly pool: OpenEventPool;
  readonly tallies: Tallies;
  readonly positionWindow: number;
}

/** A regression as it was seen, names still as integers. */
export interface RegressionStory {
  readonly late: Sighting;
  readonly early: Sighting;
  readonly extent: number;
  readonly origin: Origin;
}

/** Stories that each unit keeps. */
const storiesMax = 10;

export class Unit {
  readonly wide: AggregateWide;
  readonly key: number;
  /** The topic that it was met in first. */
  readonly topic: number;
  published = 0;
  handled = 0;
  regressions = 0;
  phantoms = 0;
  stories: RegressionStory[] | null = null;
  readonly open: OpenEvents;
  readonly arrivals = new Arrivals<Sighting>();
  readonly naive = new NaiveCounts();
  readonly duplicates: Duplicates;
  readonly running = new RunningAttempts();
  readonly completions = new CompletionInversions();
  readonly storeInversions: StoreInversions;
  readonly splitKeys = new SplitKeys();
  readonly #tallies: Tallies;

  constructor(wide: AggregateWide, key: number, topic: number, context: UnitContext) {
    this.wide = wide;
    this.key = key;
    this.topic = topic;
    this.open = new OpenEvents(context.pool);
    this.duplicates = new Duplicates(context.positionWindow);
    this.storeInversions = new StoreInversions(context.positionWindow);
    this.#tallies = context.tallies;
  }

  /** Returns false if the version was published before. */
  publish(version: number): boolean {
    this.published++;
    const pairs = this.wide.published.publish(version, this.key);
    if (pairs === publishedBefore) return false;
    this.#tallies.exposure.pairs += pairs;
    let event = this.open.find(version);
    if (event === null) {
      if (this.arrivals.has(version)) return true;
      event = this.open.open(version);
    }
    event.published = true;
    return true;
  }

  publishResult(version: number, topic: number, result: PublishResult): void {
    if (result.position > 0) this.#learnPlace(version, topic, result.partition, result.position);
    const event = this.open.find(version);
    if (event === null) return;
    event.settled = true;
    if (!result.ok) return;
    event.acked = true;
    if (!event.delivered && event.published) {
      const below = this.#unfinishedBelow(version);
      if (below !== null) below.nextAvailable = true;
    }
    this.#closeIfOver(event);
  }

  deliver(delivery: Delivery): void {
    const version = delivery.version;
    this.#learnPlace(version, delivery.topic, delivery.partition, delivery.position);
    let event = this.open.find(version);
    if (event === null) {
      if (this.arrivals.has(version)) return;
      event = this.open.open(version);
    }
    if (!event.delivered) this.#deliverFirst(event, delivery.subscription);
    if (delivery.deliveryCount === null) notePlace(delivery, event);
  }

  start(attempt: Attempt): void {
    const delivery = attempt.delivery;
    const version = delivery.version;
    if (attempt.number === 1) {
      this.naive.observe(version);
      const arrivals = this.arrivals;
      if (version === arrivals.highest + 1) {
        arrivals.arriveNext();
        this.#startFirst(delivery);
      } else if (version > arrivals.highest) {
        const sighting = sightingOf(attempt, isRedelivery(delivery, this.open.find(version)));
        arrivals.arriveAhead(version, this.#skippedBelow(version), sighting);
        this.#startFirst(delivery);
      } else {
        this.#startBelow(attempt);
      }
    } else {
      this.#tallies.retries++;
    }
    this.running.start(version);
  }

  finish(attempt: Attempt): void {
    const version = attempt.delivery.version;
    this.running.finish(version);
    if (attempt.outcome !== 'done') return;
    this.handled++;
    const event = this.open.find(version);
    if (event === null || event.finished) return;
    event.finished = true;
    this.#tallies.exposure.add(event);
    this.completions.finish(event, this.open);
    this.#closeIfOver(event);
  }

  /** A first attempt starts below the highest version: late, or once more. */
  #startBelow(attempt: Attempt): void {
    const delivery = attempt.delivery;
    const opener = this.arrivals.arriveBelow(delivery.version);
    if (opener === undefined) {
      this.duplicates.observeAgain(delivery, this.running.has(delivery.version));
      return;
    }
    this.#regress(attempt, opener);
    this.#startFirst(delivery);
  }

  #regress(attempt: Attempt, { sighting: early, index }: Opener<Sighting>): void {
    const late = sightingOf(attempt, isRedelivery(attempt.delivery, this.open.find(attempt.delivery.version)));
    const origin = originOf(late, early);
    const extent = this.arrivals.count - index;
    this.regressions++;
    this.#tallies.regressions++;
    this.#tallies.origins[origin]++;
    this.#tallies.patterns.add(late, early, origin);
    this.#tallies.extents.add(extent);
    if (late.topic !== early.topic) this.#tallies.crossTopicRegressions++;
    this.stories ??= [];
    if (this.stories.length < storiesMax) this.stories.push({ late, early, extent, origin });
  }

  /** An event starts for the first time; its arrival has been counted. */
  #startFirst(delivery: Delivery): void {
    const version = delivery.version;
    this.duplicates.observeFirst(version, delivery.partition, delivery.position);
    const event = this.open.find(version) ?? this.open.open(version);
    if (!event.published) this.phantoms++;
    if (!event.delivered) this.#deliverFirst(event, delivery.subscription);
    event.started = true;
    event.startIndex = this.arrivals.count;
    this.completions.start(event);
    if (event.published) {
      const below = this.#unfinishedBelow(version);
      if (below !== null && !below.started) below.nextStartedBefore = true;
    }
    this.wide.crossTopic?.observe(version, delivery.topic);
  }

  #deliverFirst(event: OpenEvent, subscription: number): void {
    event.delivered = true;
    event.subscription = subscription;
    if (!event.published) return;
    const below = this.#unfinishedBelow(event.version);
    if (below === null) return;
    below.nextAvailable = true;
    below.nextDelivered = true;
    below.nextSubscription = subscription;
  }

  /**
   * The record of the version before, in which a pair is kept; null if that version has finished, or is none of this
   * unit. If it has not been published so far it may still be, so it gets a record beforehand.
   */
  #unfinishedBelow(version: number): OpenEvent | null {
    const below = this.open.find(version - 1);
    if (below !== null) return below.finished ? null : below;
    if (this.wide.published.has(version - 1) || this.arrivals.has(version - 1)) return null;
    return this.open.open(version - 1);
  }

  /**
   * The versions that become gaps when this one arrives ahead of them: all in between, or, where the aggregate is spread
   * over several units, those of this unit and those not published so far.
   */
  #skippedBelow(version: number): VersionRange[] {
    const between: VersionRange = [this.arrivals.highest + 1, version - 1];
    if (this.wide.crossTopic === null) return [between];
    const own = this.open.within(between).filter(({ published }) => published);
    const ranges = this.wide.published.unpublished(...between);
    for (const event of own) ranges.push([event.version, event.version]);
    return ranges.sort((a, b) => a[0] - b[0]);
  }

  /** A version turns out to belong to another unit. */
  publishedElsewhere(version: number): void {
    this.arrivals.forget(version);
    const event = this.open.find(version);
    if (event !== null && !event.published && !event.delivered && !event.started) this.open.close(event);
  }

  #learnPlace(version: number, topic: number, partition: number, position: number): void {
    if (partition < 0) return;
    this.splitKeys.learn(topic, partition);
    this.storeInversions.learn(version, partition, position);
  }

  #closeIfOver(event: OpenEvent): void {
    if (event.finished && event.started && (event.acked || !event.published)) this.open.close(event);
  }
}
