/**
 * What happens to one aggregate within one topic. A unit follows its events from stage to stage and tells the function of
 * each anomaly what that one needs to know. Nothing is judged here but who is told what, and when an event is over.
 *
 * Order is that of the calls, which come in stamp order; stamps themselves are read for attribution only.
 *
 * The state of all anomalies that are asked at every event lies in this one object, each file naming its own part as an
 * interface: with thousands of aggregates in turn, time goes into fetching their state from memory. What a bus in order
 * never needs is made when it is needed.
 */
import type { Attempt, Delivery, PublishedEvent, PublishResult } from '../domain/observation.js';
import type { AggregateWide } from './aggregate-wide.js';
import { secondDelivered } from './exposure/alone-pairs.js';
import { arriveAhead, arriveBelow, arrivedAbove, arriveNext, hasArrived } from './anomalies/arrivals.js';
import type { ArrivalState, Opener } from './anomalies/arrivals.js';
import { originOf } from './attribution.js';
import { type CompletionState, finishCompletion } from './anomalies/completion-inversion.js';
import type { Disturbances } from './disturbances.js';
import type { LivingSubscriptions } from './exposure/living-subscriptions.js';
import { logOf, type Logs } from './memory/log-name.js';
import type { Duplicates, HandledBefore } from './anomalies/duplicate.js';
import { duplicatesOf, learnPlace, type LogPlaceState, observePlace } from './memory/log-places.js';
import type { MissingVersions } from './anomalies/missing-versions.js';
import { finishNextTo, reopen } from './exposure/neighbours.js';
import { type NaiveState, observeNaively } from './anomalies/naive-count.js';
import type { OpenEvent } from './memory/open-event.js';
import { OpenEvents } from './memory/open-events.js';
import {
  ackInTurn,
  deliverInTurn,
  finishInTurn,
  openFromCursors,
  overUpTo,
  type OrderlyState,
} from './exposure/orderly-events.js';
import { finishAttempt, isRunning, type RunningState, startAttempt } from './anomalies/overlap.js';
import { PositionWindow } from './memory/position-window.js';
import { beginPublish, endPublish, type PublishingState } from './anomalies/publish-overlap.js';
import { publishedBefore, PublishedVersions } from './memory/published-versions.js';
import type { Place, Queue, QueueBook } from './exposure/queue-book.js';
import { isRedelivery, notePlace } from './anomalies/redelivery.js';
import { changeSubscription, type SharedState } from './exposure/shared-aggregates.js';
import { type Sighting, sightingOf } from './sighting.js';
import type { RegressionStory } from './regression-story.js';
import type { SplitKeys } from './anomalies/split-key.js';
import type { StoreInversions } from './anomalies/store-inversion.js';
import type { Tallies } from './tallies.js';

/** What all units share. */
export interface UnitContext {
  readonly tallies: Tallies;
  /** Log positions are remembered of this many versions below the highest that has arrived, and of all above. */
  readonly positionWindow: number;
  readonly logs: Logs;
  /** null: nothing is known of queues. */
  readonly queues: QueueBook | null;
  readonly disturbances: Disturbances;
  readonly living: LivingSubscriptions;
}

/** Stories that each unit keeps. */
const storiesMax = 10;

export class Unit
  implements
    ArrivalState<Sighting>,
    NaiveState,
    RunningState,
    CompletionState,
    OrderlyState,
    LogPlaceState,
    PublishingState,
    SharedState
{
  readonly key: number;
  readonly published = new PublishedVersions();
  readonly positions = new PositionWindow();

  /** True while no event needs a record: see orderly.ts. */
  #isOrderly = true;
  publishCalls = 0;
  publishing = 0;
  publishingVersion = 0;
  publishingBy = 0;
  publishingSeveral: number[] | null = null;
  ackedUpTo = 0;
  deliveredUpTo = 0;
  heldBy = 0;
  lastTick = 0;
  lastPlace: Place | null = null;
  aloneSecond = -1;
  lastSubscription = -1;
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
  phantoms = 0;
  naive = 0;
  descents = 0;
  overlaps = 0;
  overlapsAcross = 0;
  logSwitches = 0;
  completionInversions = 0;
  completionInversionsRedelivered = 0;
  sharedAt: Queue[] | null = null;
  duplicates: Duplicates | null = null;
  storeInversions: StoreInversions | null = null;
  splitKeys: SplitKeys | null = null;
  stories: RegressionStory[] | null = null;

  constructor(aggregate: number, wide: AggregateWide, key: number, topic: number, context: UnitContext) {
    this.aggregate = aggregate;
    this.key = key;
    this.topic = topic;
    this.#wide = wide;
    this.#context = context;
    this.#tallies = context.tallies;
  }

  publish({ version, publisher }: PublishedEvent): void {
    this.publishCalls++;
    beginPublish(this, version, publisher, this.#tallies.publishOverlaps);
    const isInTurn = this.#isOrderly && version === this.published.highest + 1;
    const events = isInTurn ? null : this.#events();
    const pairs = this.published.publish(version);
    if (pairs === publishedBefore) return;
    this.#tallies.exposure.pairs += pairs;
    if (events === null) return;
    let event = events.find(version);
    if (event === null) {
      if (hasArrived(this, version)) return;
      event = events.open(version);
    }
    const before = event.openness;
    event.markPublished();
    reopen(event, before);
  }

  publishResult(result: PublishResult): void {
    const { version, topic, publisher } = result.event;
    endPublish(this, version, publisher);
    if (result.position > 0) {
      const log = logOf(this.#context.logs, topic, result.partition);
      learnPlace(this, version, topic, log, result.position, this.#floor);
    }
    if (this.#isOrderly && result.ok && ackInTurn(this, version, this.published.highest)) return;
    const event = this.#events().find(version);
    if (event === null) return;
    if (!result.ok) {
      event.markRefused();
      return;
    }
    event.markAcked();
    if (!event.delivered && event.published) {
      const below = this.#unfinishedBelow(version);
      if (below !== null) {
        const before = below.openness;
        below.markNextAvailable();
        reopen(below, before);
      }
    }
    this.#closeIfOver(event);
  }

  deliver(delivery: Delivery): void {
    const { version, subscription, deliveryCount } = delivery;
    const { queues } = this.#context;
    if (deliveryCount !== null && deliveryCount > 1) this.#deliverAgain(delivery);
    const place = queues === null ? null : queues.deliver(delivery);
    if (subscription !== this.lastSubscription) changeSubscription(this, subscription, place, this.#context);
    learnPlace(this, version, delivery.topic, this.#logOf(delivery), delivery.position, this.#floor);
    if (this.#isOrderly && deliveryCount !== null) {
      const from = { place, tick: queues === null ? 0 : queues.tick };
      if (deliverInTurn(this, version, subscription, this.published.highest, from)) return;
    }
    const events = this.#events();
    let event = events.find(version);
    if (event === null) {
      if (hasArrived(this, version)) return;
      event = events.open(version);
    }
    const isAgain = deliveryCount === null && notePlace(delivery, this.#logOf(delivery), event);
    if (isAgain) this.#deliverAgain(delivery);
    if (event.delivered) event.cutOff = false;
    else this.#deliverFirst(event, subscription, place);
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
    const { delivery, outcome } = attempt;
    const version = delivery.version;
    finishAttempt(this, version, delivery.subscription);
    const { queues } = this.#context;
    if (queues !== null) {
      if (outcome === 'failed' || outcome === 'retried') this.#disrupt('failure', delivery.subscription);
      if (outcome !== 'retried') queues.settle(delivery.id, delivery);
    }
    if (outcome !== 'done') {
      this.setCutOff(version, outcome === 'crashed');
      return;
    }
    this.handled++;
    const exposure = this.#tallies.exposure;
    if (this.#isOrderly && finishInTurn(this, version, exposure)) return;
    const events = this.#events();
    const event = events.find(version);
    if (event === null || event.finished) return;
    const before = event.openness;
    event.markFinished();
    reopen(event, before);
    exposure.add(event);
    finishNextTo(event, events);
    finishCompletion(this, event, events, isRedelivery(delivery, event));
    this.#closeIfOver(event);
  }

  /** What happened to a version last is that its service died, or is not. */
  setCutOff(version: number, cutOff: boolean): void {
    if (this.#isOrderly && !cutOff) return;
    const event = this.#events().find(version);
    if (event !== null) event.cutOff = cutOff;
  }

  /** The events that are under way, by version. */
  openEvents(): readonly OpenEvent[] {
    if (this.#isOrderly && overUpTo(this) === this.published.highest) return [];
    return this.#events().all();
  }

  #startAhead(attempt: Attempt): void {
    arriveAhead(this, attempt.delivery.version, this.#sighting(attempt));
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
    const handled = this.#handledBefore(delivery.version);
    duplicatesOf(this).observeAgain(delivery, this.#logOf(delivery), handled, this.#floor);
  }

  #handledBefore(version: number): HandledBefore {
    if (isRunning(this, version)) return 'running';
    return this.#hasFinished(version) ? 'with effect' : 'without effect';
  }

  /** Whether a handling of the version has succeeded. */
  #hasFinished(version: number): boolean {
    if (this.#isOrderly) return version <= this.highestFinished;
    const event = this.#events().find(version);
    return event === null ? hasArrived(this, version) : event.finished;
  }

  #regress(late: Sighting, { sighting: early, index }: Opener<Sighting>): void {
    const origin = originOf(late, early, this.#context.logs);
    const story = { late, early, extent: this.arrived - index, origin };
    this.regressions++;
    this.#tallies.addRegression(story, arrivedAbove(this, late.version), this.#context.logs);
    this.stories ??= [];
    if (this.stories.length < storiesMax) this.stories.push(story);
  }

  /** An event starts for the first time; its arrival has been counted. */
  #startFirst(delivery: Delivery): void {
    const version = delivery.version;
    observePlace(this, delivery, this.#logOf(delivery), this.#floor);
    if (this.#wide.crossTopic !== null) this.#wide.crossTopic.observe(version, delivery.topic);
    if (this.#isOrderly && version <= this.deliveredUpTo) return;
    const events = this.#events();
    const event = events.find(version) ?? events.open(version);
    if (!event.delivered) this.#deliverUntold(event, delivery);
    event.markStarted(this.arrived);
    if (event.published) {
      const below = this.#unfinishedBelow(version);
      if (below !== null && !below.started) below.markNextStartedBefore();
    } else {
      this.phantoms++;
    }
  }

  /** An event starts of whose delivery nothing was told: it was delivered by now. */
  #deliverUntold(event: OpenEvent, delivery: Delivery): void {
    const { queues } = this.#context;
    if (queues !== null) queues.tick++;
    this.#deliverFirst(event, delivery.subscription, queues === null ? null : queues.placeOf(delivery));
  }

  #deliverFirst(event: OpenEvent, subscription: number, place: Place | null): void {
    const before = event.openness;
    event.markDelivered(subscription, this.#context.living.isAlive);
    event.place = place;
    event.deliverTick = this.#context.queues?.tick ?? 0;
    secondDelivered(event, place);
    reopen(event, before);
    if (!event.published) return;
    const below = this.#unfinishedBelow(event.version);
    if (below === null) return;
    const belowBefore = below.openness;
    below.markNextDelivered(subscription, this.#context.living.isAlive);
    reopen(below, belowBefore);
  }

  /** The broker hands over a version again. If no handling of it has succeeded, order may break behind it. */
  #deliverAgain({ version, subscription }: Delivery): void {
    if (this.#context.queues === null || this.#hasFinished(version)) return;
    if (this.#isOrderly || this.#events().find(version)?.cutOff !== true) this.#disrupt('redelivery', subscription);
  }

  #disrupt(kind: 'failure' | 'redelivery', subscription: number): void {
    this.#context.queues?.disruptBy(kind, subscription);
  }

  /**
   * The record of the version before, in which a pair is kept; null if that version has finished, or is none of this
   * unit. If it has not been published so far it may still be, so it gets a record beforehand.
   */
  #unfinishedBelow(version: number): OpenEvent | null {
    const events = this.#events();
    const below = events.find(version - 1);
    if (below !== null) return below.finished ? null : below;
    if (hasArrived(this, version - 1) || this.published.has(version - 1)) return null;
    return events.open(version - 1);
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
      openFromCursors(this, this.published.highest, events);
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
    const highest = this.published.highest;
    if (this.highestArrived !== highest || this.highestFinished !== highest) return;
    this.#isOrderly = true;
    this.ackedUpTo = highest;
    this.deliveredUpTo = highest;
    this.lastPlace = null;
  }
}
