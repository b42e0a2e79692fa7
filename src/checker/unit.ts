/**
 * What happens to one aggregate within one topic? A unit follows its events from stage to stage and tells the function
 * of each anomaly what that one needs to know. Nothing is judged here but who is told what, and when an event is over.
 *
 * Order is that of the calls, which come in stamp order; stamps themselves are read for attribution only.
 *
 * The state of all anomalies that are asked at every event lies in this one object, each file naming its own part as an
 * interface: with thousands of aggregates in turn, time goes into fetching their state from memory. What a bus in order
 * never needs is made when it is needed.
 */
import type { Attempt, Delivery, Origin, PublishResult } from '../domain/observation.js';
import type { AggregateWide } from './aggregate-wide.js';
import { arriveAhead, arriveBelow, arriveNext, forgetGap, hasArrived } from './arrivals.js';
import type { ArrivalState, Opener } from './arrivals.js';
import { originOf } from './attribution.js';
import { type CompletionState, finishCompletion } from './completion-inversion.js';
import { logOf, type Logs } from './log-of.js';
import type { Duplicates } from './duplicate.js';
import { duplicatesOf, learnPlace, type LogPlaceState, observePlace } from './log-places.js';
import type { MissingVersions, VersionRange } from './missing-versions.js';
import { type NaiveState, observeNaively } from './naive.js';
import type { OpenEvent } from './open-event.js';
import { OpenEvents } from './open-events.js';
import { ackInTurn, deliverInTurn, finishInTurn, openFromCursors, overUpTo, type OrderlyState } from './orderly.js';
import { finishAttempt, isRunning, type RunningState, startAttempt } from './overlap.js';
import { PositionWindow } from './position-window.js';
import { publishedBefore, type PublishedVersions } from './published-versions.js';
import { isRedelivery, notePlace } from './redelivery.js';
import { type Sighting, sightingOf } from './sighting.js';
import type { SplitKeys } from './split-key.js';
import type { StoreInversions } from './store-inversion.js';
import type { Tallies } from './tallies.js';

/** What all units share. */
export interface UnitContext {
  readonly tallies: Tallies;
  /** Log positions are remembered of this many versions below the highest that has arrived, and of all above. */
  readonly positionWindow: number;
  readonly logs: Logs;
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

export class Unit
  implements ArrivalState<Sighting>, NaiveState, RunningState, CompletionState, OrderlyState, LogPlaceState
{
  readonly key: number;
  readonly #published: PublishedVersions;
  readonly positions = new PositionWindow();

  /** True while no event needs a record: see orderly.ts. */
  #isOrderly: boolean;
  published = 0;
  ackedUpTo = 0;
  deliveredUpTo = 0;
  heldBy = 0;
  highestArrived = 0;
  arrived = 0;
  missing: MissingVersions<Opener<Sighting>> | null = null;
  naiveHighest = 0;
  naivePrevious = 0;
  running = 0;
  runningOnly = 0;
  highestFinished = 0;
  handled = 0;
  onlyPartition = -1;

  readonly #wide: AggregateWide;
  readonly #context: UnitContext;
  readonly #tallies: Tallies;
  /** Index of the aggregate. */
  readonly aggregate: number;
  /** The topic that it was met in first. */
  readonly topic: number;
  #open: OpenEvents | null = null;
  runningSeveral: number[] | null = null;
  runningOnlyBy = 0;
  runningSeveralBy: number[] | null = null;
  regressions = 0;
  gaps = 0;
  phantoms = 0;
  naive = 0;
  descents = 0;
  overlaps = 0;
  overlapsAcross = 0;
  logSwitches = 0;
  completionInversions = 0;
  duplicates: Duplicates | null = null;
  storeInversions: StoreInversions | null = null;
  splitKeys: SplitKeys | null = null;
  stories: RegressionStory[] | null = null;

  constructor(aggregate: number, wide: AggregateWide, key: number, topic: number, context: UnitContext) {
    this.aggregate = aggregate;
    this.key = key;
    this.topic = topic;
    this.#wide = wide;
    this.#published = wide.published;
    this.#context = context;
    this.#tallies = context.tallies;
    this.#isOrderly = wide.crossTopic === null;
  }

  /** Returns false if the version was published before. */
  publish(version: number): boolean {
    this.published++;
    const isInTurn = this.#isOrderly && version === this.#published.highest + 1;
    const events = isInTurn ? null : this.#events();
    const pairs = this.#published.publish(version, this.key);
    if (pairs === publishedBefore) return false;
    this.#tallies.exposure.pairs += pairs;
    if (events === null) return true;
    let event = events.find(version);
    if (event === null) {
      if (hasArrived(this, version)) return true;
      event = events.open(version);
    }
    event.markPublished();
    return true;
  }

  publishResult(version: number, topic: number, result: PublishResult): void {
    if (result.position > 0) {
      const log = logOf(this.#context.logs, topic, result.partition);
      learnPlace(this, version, topic, log, result.position, this.#floor);
    }
    if (this.#isOrderly && result.ok && ackInTurn(this, version, this.#published.highest)) return;
    const event = this.#events().find(version);
    if (event === null) return;
    if (!result.ok) {
      event.markRefused();
      return;
    }
    event.markAcked();
    if (!event.delivered && event.published) this.#unfinishedBelow(version)?.markNextAvailable();
    this.#closeIfOver(event);
  }

  deliver(delivery: Delivery): void {
    const { version, subscription } = delivery;
    learnPlace(this, version, delivery.topic, this.#logOf(delivery), delivery.position, this.#floor);
    const countsDeliveries = delivery.deliveryCount !== null;
    if (this.#isOrderly && countsDeliveries && deliverInTurn(this, version, subscription, this.#published.highest))
      return;
    const events = this.#events();
    let event = events.find(version);
    if (event === null) {
      if (hasArrived(this, version)) return;
      event = events.open(version);
    }
    if (!event.delivered) this.#deliverFirst(event, subscription);
    if (!countsDeliveries) notePlace(delivery, this.#logOf(delivery), event);
  }

  start(attempt: Attempt): void {
    const version = attempt.delivery.version;
    if (attempt.number === 1) {
      observeNaively(this, version);
      if (version === this.highestArrived + 1) {
        arriveNext(this);
        this.#startFirst(attempt.delivery);
      } else if (version > this.highestArrived) {
        this.#startAhead(attempt);
      } else {
        this.#startBelow(attempt);
      }
    } else {
      this.#tallies.retries++;
    }
    startAttempt(this, version, attempt.delivery.subscription);
  }

  finish(attempt: Attempt): void {
    const version = attempt.delivery.version;
    finishAttempt(this, version, attempt.delivery.subscription);
    if (attempt.outcome !== 'done') return;
    this.handled++;
    const exposure = this.#tallies.exposure;
    if (this.#isOrderly && finishInTurn(this, version, exposure)) return;
    const events = this.#events();
    const event = events.find(version);
    if (event === null || event.finished) return;
    event.markFinished();
    exposure.add(event);
    finishCompletion(this, event, events);
    this.#closeIfOver(event);
  }

  /** A version turns out to belong to another unit. */
  publishedElsewhere(version: number): void {
    forgetGap(this, version);
    const events = this.#events();
    const event = events.find(version);
    if (event !== null && !event.published && !event.delivered && !event.started) events.close(event);
  }

  /** The aggregate has more units than this one: from now on versions may be missing here. */
  becomeOneOfSeveral(): void {
    this.#events();
  }

  /** The events that are under way, by version. */
  openEvents(): readonly OpenEvent[] {
    if (this.#isOrderly && overUpTo(this) === this.#published.highest) return [];
    return this.#events().all();
  }

  #startAhead(attempt: Attempt): void {
    const sighting = this.#sighting(attempt);
    arriveAhead(this, sighting.version, this.#skippedBelow(sighting.version), sighting);
    this.#startFirst(attempt.delivery);
  }

  /** A first attempt starts that is not above the highest version: late, or once more. */
  #startBelow(attempt: Attempt): void {
    const delivery = attempt.delivery;
    const opener = arriveBelow(this, delivery.version);
    if (opener !== undefined) {
      this.#regress(this.#sighting(attempt), opener);
      this.#startFirst(delivery);
      return;
    }
    duplicatesOf(this).observeAgain(delivery, this.#logOf(delivery), isRunning(this, delivery.version), this.#floor);
  }

  #regress(late: Sighting, { sighting: early, index }: Opener<Sighting>): void {
    const origin = originOf(late, early, this.#context.logs);
    const extent = this.arrived - index;
    this.regressions++;
    this.#tallies.addRegression(late, early, extent, origin, this.#context.logs);
    this.stories ??= [];
    if (this.stories.length < storiesMax) this.stories.push({ late, early, extent, origin });
  }

  /** An event starts for the first time; its arrival has been counted. */
  #startFirst(delivery: Delivery): void {
    const version = delivery.version;
    observePlace(this, delivery, this.#logOf(delivery), this.#floor);
    if (this.#isOrderly && version <= this.deliveredUpTo) return;
    const events = this.#events();
    const event = events.find(version) ?? events.open(version);
    if (!event.delivered) this.#deliverFirst(event, delivery.subscription);
    event.markStarted(this.arrived);
    if (event.published) {
      const below = this.#unfinishedBelow(version);
      if (below !== null && !below.started) below.markNextStartedBefore();
    } else {
      this.phantoms++;
    }
    if (this.#wide.crossTopic !== null) this.#wide.crossTopic.observe(version, delivery.topic);
  }

  #deliverFirst(event: OpenEvent, subscription: number): void {
    event.markDelivered(subscription);
    if (event.published) this.#unfinishedBelow(event.version)?.markNextDelivered(subscription);
  }

  /**
   * The record of the version before, in which a pair is kept; null if that version has finished, or is none of this
   * unit. If it has not been published so far it may still be, so it gets a record beforehand.
   */
  #unfinishedBelow(version: number): OpenEvent | null {
    const events = this.#events();
    const below = events.find(version - 1);
    if (below !== null) return below.finished ? null : below;
    if (hasArrived(this, version - 1) || this.#published.has(version - 1)) return null;
    return events.open(version - 1);
  }

  /**
   * The versions that become gaps when this one arrives ahead of them: all in between or, where the aggregate is spread
   * over several units, those of this unit and those not published so far.
   */
  #skippedBelow(version: number): VersionRange[] {
    const between: VersionRange = [this.highestArrived + 1, version - 1];
    if (this.#wide.crossTopic === null) return [between];
    const ranges = this.#published.unpublished(...between);
    for (const own of this.#events().within(between)) if (own.published) ranges.push([own.version, own.version]);
    return ranges.sort((a, b) => a[0] - b[0]);
  }

  #sighting(attempt: Attempt): Sighting {
    return sightingOf(attempt, isRedelivery(attempt.delivery, this.#events().find(attempt.delivery.version)));
  }

  #logOf({ topic, partition }: Delivery): number {
    return logOf(this.#context.logs, topic, partition);
  }

  /** See log-places.ts. */
  get #floor(): number {
    return this.highestArrived - this.#context.positionWindow;
  }

  /** The records of what is under way. While all was in order there were none, so they are made first. */
  #events(): OpenEvents {
    const events = (this.#open ??= new OpenEvents());
    if (this.#isOrderly) {
      this.#isOrderly = false;
      openFromCursors(this, this.#published.highest, events);
    }
    return events;
  }

  #closeIfOver(event: OpenEvent): void {
    const isOver = event.finished && event.started && (event.acked || !event.published);
    if (!isOver) return;
    this.#open!.close(event);
    if (this.#open!.isEmpty) this.#becomeOrderly();
  }

  /** Nothing is open: unless versions are missing or may be, the cursors can say it all again. */
  #becomeOrderly(): void {
    const highest = this.#published.highest;
    if (this.highestArrived !== highest || this.highestFinished !== highest || this.#wide.crossTopic !== null) return;
    this.#isOrderly = true;
    this.ackedUpTo = highest;
    this.deliveredUpTo = highest;
  }
}
