/**
 * Follows the events of one aggregate within one topic from stage to stage, and calls the functions of the anomalies
 * that an observation concerns. This class decides only which of them are called, and when an event is over; each
 * anomaly does its own counting.
 *
 * Order is that of the observations, which come in stamp order; stamps themselves are read for attribution only.
 */
import type { Attempt, Delivery, PublishedEvent, PublishResult } from '../domain/observation.js';
import type { Again } from '../domain/report/anomaly-signature.js';
import type { ReleaseKind } from '../domain/run-note.js';
import { arriveAhead, arriveBelow, arrivedAbove, arriveNext, hasArrived } from './anomalies/arrivals.js';
import type { Opener } from './anomalies/arrivals.js';
import { finishCompletion } from './anomalies/completion-inversion.js';
import type { HandledBefore } from './anomalies/duplicate.js';
import { completeNaively, observeNaively } from './anomalies/naive-count.js';
import { finishAttempt, isRunning, repeatedWhileRunning, startAttempt } from './anomalies/overlap.js';
import { beginPublish, endPublish } from './anomalies/publish-overlap.js';
import { isRedelivery, notePlace } from './anomalies/redelivery.js';
import { originBetween, originOf } from './attribution.js';
import { secondDelivered } from './exposure/alone-pairs.js';
import { finishNextTo, reopen } from './exposure/neighbours.js';
import { ackInTurn, deliverInTurn, finishInTurn } from './exposure/orderly-events.js';
import type { Place } from './exposure/queue-book.js';
import { changeSubscription } from './exposure/shared-aggregates.js';
import { logOf } from './memory/log-name.js';
import { duplicatesOf, learnPlace, learnPlaceOf, observePlace } from './memory/log-places.js';
import { DeliveryRecord, finishRecord, recordOf, releaseRecord } from './memory/delivery-records.js';
import type { OpenEvent } from './memory/open-event.js';
import { publishedBefore } from './memory/published-versions.js';
import { learnPublisher } from './memory/publishers.js';
import { recordDelivery } from './signatures/record-delivery.js';
import { tallyCompletionInversion, tallyDuplicate, tallyRegression } from './signatures/tally-anomaly.js';
import { outsideLanes, type Sighting, sightingOf } from './sighting.js';
import { UnitState } from './unit-state.js';

/** Regressions that each unit keeps as examples. */
const storiesMax = 10;

export class Unit extends UnitState {
  publish({ version, publisher }: PublishedEvent): void {
    this.publishCalls++;
    if (this.first === 0) this.meet(version);
    learnPublisher(this, version, publisher);
    beginPublish(this, version, publisher, this.tallies.publishOverlaps);
    const events = this.isOrderly && version === this.published.highest + 1 ? null : this.events();
    const pairs = this.published.publish(version);
    if (pairs === publishedBefore) return;
    this.tallies.exposure.pairs += pairs;
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
      const log = logOf(this.context.logs, topic, result.partition);
      learnPlace(this, version, topic, log, result.position, this.floor);
    }
    if (this.isOrderly && result.ok && !result.duplicate && ackInTurn(this, version, this.published.highest)) return;
    const event = this.events().find(version);
    if (event === null) return;
    if (!result.ok) {
      event.markRefused();
      return;
    }
    event.markAcked();
    if (result.duplicate) event.markDeduplicated();
    if (!event.delivered && event.published) {
      const below = this.unfinishedBelow(version);
      if (below !== null) {
        const before = below.openness;
        below.markNextAvailable();
        reopen(below, before);
      }
    }
    this.closeIfOver(event);
  }

  deliver(delivery: Delivery): void {
    const { version, subscription, deliveryCount } = delivery;
    const { queues } = this.context;
    if (this.first === 0) this.meet(version);
    this.#learnOfDeaths();
    learnPublisher(this, version, delivery.publisher);
    this.tallies.atWork.delivered(delivery, this.newestRecord, this.context.logs);
    const { again } = this.#record(delivery);
    if (deliveryCount !== null && deliveryCount > 1) this.#deliverAgain(delivery, again);
    const place = queues === null ? null : queues.deliver(delivery);
    if (subscription !== this.lastSubscription) changeSubscription(this, subscription, place, this.context);
    learnPlaceOf(this, delivery, this.logOf(delivery), this.floor);
    if (this.isOrderly && deliveryCount !== null) {
      const from = { place, tick: queues === null ? 0 : queues.tick };
      if (deliverInTurn(this, version, subscription, this.published.highest, from)) return;
    }
    const events = this.events();
    let event = events.find(version);
    if (event === null) {
      if (hasArrived(this, version)) return;
      event = events.open(version);
    }
    const isAgain = deliveryCount === null && notePlace(delivery, this.logOf(delivery), event);
    if (isAgain) this.#deliverAgain(delivery, again);
    if (event.delivered) event.cutOff = false;
    else this.#deliverFirst(event, subscription, place);
  }

  start(attempt: Attempt): void {
    const { delivery } = attempt;
    const version = delivery.version;
    if (this.first === 0) this.meet(version);
    this.#learnOfDeaths();
    // A delivery that was not seen came before its event was observed.
    if (this.context.startsTellPlaces) learnPlaceOf(this, delivery, this.logOf(delivery), this.floor);
    const record = recordOf(this, delivery.id) ?? this.#record(delivery);
    let seen: Sighting | null = null;
    if (attempt.number === 1) {
      observeNaively(this, version);
      if (version === this.highestArrived + 1) {
        arriveNext(this);
        this.#startFirst(delivery);
      } else if (version > this.highestArrived) {
        seen = this.#startAhead(attempt);
      } else {
        seen = this.#startBelow(attempt);
      }
    } else {
      this.tallies.retries++;
    }
    record.start(attempt, seen);
    const { queues } = this.context;
    if (attempt.lane === outsideLanes && queues !== null)
      this.tallies.atWork.ranOutsideLanes(attempt.delivery.subscription, queues);
    startAttempt(this, record);
  }

  finish(attempt: Attempt): void {
    const { delivery, outcome } = attempt;
    const version = delivery.version;
    finishAttempt(this, version, delivery.id);
    const record = finishRecord(this, attempt);
    if (outcome === 'failed') this.#failed(attempt);
    const { queues } = this.context;
    if (queues !== null) {
      if (outcome === 'failed' || outcome === 'retried') this.#disrupt('failure', delivery.subscription);
      if (outcome !== 'retried') queues.settle(delivery.id, delivery);
    }
    if (outcome !== 'done') {
      this.setCutOff(version, outcome === 'crashed');
      return;
    }
    this.handled++;
    completeNaively(this, version);
    const exposure = this.tallies.exposure;
    if (this.isOrderly && finishInTurn(this, version, exposure)) return;
    const events = this.events();
    const event = events.find(version);
    if (event === null || event.finished) return;
    const before = event.openness;
    event.markFinished();
    reopen(event, before);
    exposure.add(event);
    finishNextTo(event, events);
    const { overtakenBy } = event;
    const isAgain = isRedelivery(delivery, event);
    const handled = record ?? new DeliveryRecord(delivery, null);
    finishCompletion(this, event, events, isAgain, handled);
    if (overtakenBy !== null) tallyCompletionInversion(this, { handled, overtakenBy }, attempt, isAgain);
    this.closeIfOver(event);
  }

  #learnOfDeaths(): void {
    const { deaths } = this.context.timeline;
    if (deaths === this.deaths) return;
    this.deaths = deaths;
    this.startedBeforeDeath = this.highestArrived;
  }

  /** @returns the copy of the attempt that is kept */
  #startAhead(attempt: Attempt): Sighting {
    const seen = this.#sighting(attempt);
    arriveAhead(this, attempt.delivery.version, seen);
    this.#startFirst(attempt.delivery);
    return seen;
  }

  /**
   * A first attempt starts whose version is not above the highest so far: it is late, or a duplicate.
   * @returns the copy of the attempt that is kept; null: none is
   */
  #startBelow(attempt: Attempt): Sighting | null {
    const delivery = attempt.delivery;
    const opener = arriveBelow(this, delivery.version);
    if (opener !== undefined) {
      const late = this.#sighting(attempt);
      this.#regress(late, opener, recordOf(this, delivery.id));
      this.#startFirst(delivery);
      return late;
    }
    const handled = this.#handledBefore(delivery.version);
    const as = duplicatesOf(this).observeAgain(delivery, this.logOf(delivery), handled, this.floor);
    return as === 'redone' ? null : tallyDuplicate(this, attempt, as, recordOf(this, delivery.id));
  }

  #handledBefore(version: number): HandledBefore {
    if (isRunning(this, version)) return repeatedWhileRunning(this, version, this.hasFinished(version));
    return this.hasFinished(version) ? 'with effect' : 'without effect';
  }

  #regress(late: Sighting, { sighting: early, index }: Opener<Sighting>, record: DeliveryRecord | null): void {
    const origin = originOf(late, early, this.context.logs);
    if (late.version < this.first) this.regressionsBelowFirst++;
    if (origin === 'unknown') this.tallies.addUnknownOrigin(originBetween(late, early, this.context.logs));
    const story = { late, early, extent: this.arrived - index, origin };
    this.regressions++;
    this.tallies.addRegression(story, arrivedAbove(this, late.version));
    tallyRegression(this, story, record);
    this.stories ??= [];
    if (this.stories.length < storiesMax) this.stories.push(story);
  }

  /** An event starts for the first time; its arrival has been counted. */
  #startFirst(delivery: Delivery): void {
    const version = delivery.version;
    observePlace(this, delivery, this.logOf(delivery), this.floor);
    if (this.wide.crossTopic !== null) this.wide.crossTopic.observe(version, delivery.topic);
    if (this.isOrderly && version <= this.deliveredUpTo) return;
    const events = this.events();
    const event = events.find(version) ?? events.open(version);
    if (!event.delivered) this.#deliverUnseen(event, delivery);
    event.markStarted(this.arrived);
    if (event.published) {
      const below = this.unfinishedBelow(version);
      if (below !== null && !below.started) below.markNextStartedBefore();
    } else if (this.context.seesPublishes && !this.mayPrecedeRecord(version)) {
      this.phantoms++;
    }
  }

  /** An event starts whose delivery was not observed: it must have been delivered by now. */
  #deliverUnseen(event: OpenEvent, delivery: Delivery): void {
    const { queues } = this.context;
    if (queues !== null) queues.tick++;
    this.#deliverFirst(event, delivery.subscription, queues === null ? null : queues.placeOf(delivery));
  }

  #deliverFirst(event: OpenEvent, subscription: number, place: Place | null): void {
    const before = event.openness;
    event.markDelivered(subscription, this.context.living.isAlive);
    event.place = place;
    event.deliverTick = this.context.queues?.tick ?? 0;
    secondDelivered(event, place);
    reopen(event, before);
    if (!event.published) return;
    const below = this.unfinishedBelow(event.version);
    if (below === null) return;
    const belowBefore = below.openness;
    below.markNextDelivered(subscription, this.context.living.isAlive);
    reopen(below, belowBefore);
  }

  /** The broker hands over a version again. If no handling of it has succeeded, order may break behind it. */
  #deliverAgain({ version, subscription }: Delivery, again: Again | null): void {
    const { queues } = this.context;
    if (queues === null || this.hasFinished(version)) return;
    this.tallies.atWork.cameAgain(again ?? 'unknown', subscription, queues);
    if (this.isOrderly || this.events().find(version)?.cutOff !== true) this.#disrupt('redelivery', subscription);
  }

  #record(delivery: Delivery): DeliveryRecord {
    return recordDelivery(this, delivery, this.logOf(delivery), this.context);
  }

  /** The bus lets go of a delivery, though no handler of it has ended. */
  release(kind: ReleaseKind, delivery: Pick<Delivery, 'id' | 'version'>): void {
    releaseRecord(this, delivery.id, kind);
    if (kind === 'crashed') this.setCutOff(delivery.version, true);
  }

  #failed({ delivery, finishStamp, finishedAtMs }: Attempt): void {
    this.context.timeline.failed(this.logOf(delivery), { stamp: finishStamp, atMs: finishedAtMs });
  }

  #disrupt(kind: 'failure' | 'redelivery', subscription: number): void {
    this.context.queues?.disruptBy(kind, subscription);
  }

  #sighting(attempt: Attempt): Sighting {
    const { delivery } = attempt;
    const isAgain = isRedelivery(delivery, this.events().find(delivery.version));
    return sightingOf(attempt, isAgain, recordOf(this, delivery.id)?.again ?? null);
  }
}
