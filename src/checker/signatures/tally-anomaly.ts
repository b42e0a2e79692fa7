/**
 * Tallies each anomaly under its signature, and keeps it as an example if it is among the worst of that signature. One
 * function for each kind of anomaly; each says by what the worst is found.
 */
import { missing, type Attempt } from '../../domain/observation.js';
import type { Again, DuplicateSignature } from '../../domain/report/anomaly-signature.js';
import type { SplitKeys } from '../anomalies/split-key.js';
import { partitionOfLog, topicOfLog } from '../memory/log-name.js';
import type { DeliveryRecord } from '../memory/delivery-records.js';
import type { PositionWindow } from '../memory/position-window.js';
import { publisherOf, type PublishersState } from '../memory/publishers.js';
import type { RegressionStory } from '../regression-story.js';
import { placeOnly, sightingOf, type Sighting } from '../sighting.js';
import type { UnitContext } from '../unit-context.js';
import { amidOf } from './amid.js';
import { pairSignsOf, regressionSignatureOf } from './pair-signs.js';

/** What is looked at of the unit in which the anomaly is. */
export interface TalliedUnit extends PublishersState {
  readonly aggregate: number;
  readonly topic: number;
  /** null: all its events are in its topic. */
  readonly splitKeys: Pick<SplitKeys, 'hasSeveralTopics'> | null;
  readonly positions: PositionWindow;
  readonly context: UnitContext;
}

/** The worst has the greatest extent. @param record of the late event's delivery */
export function tallyRegression(
  { aggregate, context }: TalliedUnit,
  story: RegressionStory,
  record: DeliveryRecord | null,
): void {
  const signature = regressionSignatureOf(story, context);
  const counter = context.tallies.signatures.add(signature);
  const { late, early, extent, origin } = story;
  if (!counter.takes(extent)) return;
  counter.keep({
    ...{ aggregate, badness: extent, measure: 'extent', stamp: late.startStamp, crossedAt: origin },
    ...{ event: late, otherEvent: early, otherDelivery: record?.other?.copy() ?? null },
    amid: amidOf(signature, origin, { event: late, other: early, context }),
  });
}

/**
 * The worst is that whose earlier event had been running longest when the later one started. The one that is told is
 * the later one, unless only the other was delivered again.
 */
export function tallyOverlap(
  { aggregate, context }: TalliedUnit,
  earlier: DeliveryRecord,
  later: DeliveryRecord,
): void {
  const signs = {
    ...pairSignsOf(later, earlier, later.again ?? earlier.again, context),
    // What has ended and still runs is another attempt, which ran on.
    ranOn: earlier.isSentBackRunning || hasEnded(earlier),
  };
  const counter = context.tallies.signatures.add({ kind: 'overlaps', ...signs });
  const badness = later.startedAtUs - earlier.startedAtUs;
  if (!counter.takes(badness)) return;
  const isEarlierAgain = later.again === null && earlier.again !== null;
  const [told, beside] = isEarlierAgain ? [earlier, later] : [later, earlier];
  const [event, other] = [told.copy(), beside.copy()];
  counter.keep({
    ...{ aggregate, badness, measure: 'lag', stamp: later.startStamp, crossedAt: 'start' },
    ...{ event, otherEvent: other, otherDelivery: told.other?.copy() ?? null },
    amid: amidOf({ kind: 'overlaps', ...signs }, 'start', { event, other, context }),
  });
}

function hasEnded({ state }: DeliveryRecord): boolean {
  return state === 'done' || state === 'failed' || state === 'retried';
}

/** The worst is that which finished longest after the other one. @param isAgain the late one is a redelivery */
export function tallyCompletionInversion(
  { aggregate, context }: TalliedUnit,
  { handled, overtakenBy }: { readonly handled: DeliveryRecord; readonly overtakenBy: DeliveryRecord },
  { number, finishedAtMs }: Attempt,
  isAgain: boolean,
): void {
  const again = isAgain ? (handled.again ?? 'unknown') : null;
  const signs = {
    ...pairSignsOf(handled, overtakenBy, again, context),
    atOnce: handled.startStamp < overtakenBy.finishStamp,
    retried: number > 1,
    ranOn: handled.isSentBackRunning,
  };
  const counter = context.tallies.signatures.add({ kind: 'completionInversions', ...signs });
  const badness = Math.max(0, Math.round(finishedAtMs * 1_000) - overtakenBy.finishedAtUs);
  if (!counter.takes(badness)) return;
  const [event, other] = [handled.copy(), overtakenBy.copy()];
  const crossedAt = isAgain ? 'deliver' : 'finish';
  counter.keep({
    ...{ aggregate, badness, measure: 'lag', stamp: handled.finishStamp, crossedAt },
    ...{ event, otherEvent: other, otherDelivery: handled.other?.copy() ?? null },
    amid: amidOf({ kind: 'completionInversions', ...signs }, crossedAt, { event, other, context }),
  });
}

/**
 * The worst is that of the event that was published longest ago.
 * @param record of the delivery that makes the duplicate
 * @returns the copy of the attempt that is kept; null: none is
 */
export function tallyDuplicate(
  unit: TalliedUnit,
  attempt: Attempt,
  as: DuplicateSignature['as'],
  record: DeliveryRecord | null,
): Sighting | null {
  const { aggregate, context } = unit;
  const { delivery, startedAtMs, startStamp } = attempt;
  const again = as === 'storedTwice' ? null : againOfDuplicate(record);
  const afterRetry = context.timeline.isRetrySince(delivery.publishStamp);
  const signature: DuplicateSignature = { kind: 'duplicates', as, again, afterRetry };
  const counter = context.tallies.signatures.add(signature);
  const badness = Math.max(0, Math.round((startedAtMs - delivery.publishedAtMs) * 1_000));
  if (!counter.takes(badness)) return null;
  const isAgain = record !== null && record.again !== null;
  const event = sightingOf(attempt, isAgain, record?.again ?? null);
  counter.keep({
    ...{ aggregate, badness, measure: 'lag', stamp: startStamp, crossedAt: null, event, otherEvent: null },
    otherDelivery: as === 'storedTwice' ? firstPlaceOf(unit, delivery.version) : (record?.other?.copy() ?? null),
    amid: amidOf(signature, null, { event, other: null, context }),
  });
  return event;
}

/** Of two deliveries in hand at once, the first one may be handled last. An ack that came too late came all the same. */
function againOfDuplicate(record: DeliveryRecord | null): Again | null {
  const again = record?.again ?? record?.supersededBy ?? null;
  return again === 'unacked' && record?.isBeforeAckedLate === true ? 'acked' : again;
}

/** The worst is that with most versions between the two. */
export function tallyStoreInversion(unit: TalliedUnit, version: number, higher: number): void {
  const { aggregate, context, firstPublisher } = unit;
  const isKnown = firstPublisher >= 0;
  const samePublisher = isKnown ? publisherOf(unit, version) === publisherOf(unit, higher) : null;
  const counter = context.tallies.signatures.add({ kind: 'storeInversions', samePublisher });
  const badness = higher - version;
  if (!counter.takes(badness)) return;
  counter.keep({
    ...{ aggregate, badness, measure: 'extent', stamp: missing, crossedAt: 'store', otherDelivery: null, amid: null },
    ...{ event: placeOf(unit, version), otherEvent: placeOf(unit, higher) },
  });
}

/** The event by where it was first known to be stored; null if that is forgotten. */
function firstPlaceOf(unit: TalliedUnit, version: number): Sighting | null {
  return unit.positions.positionOf(version) === 0 ? null : placeOf(unit, version);
}

/** The event by its place in the log alone. */
export function placeOf(unit: TalliedUnit, version: number): Sighting {
  const { positions, context } = unit;
  const { logs } = context;
  const position = positions.positionOf(version);
  const log = position === 0 ? -1 : positions.partitionOf(version);
  const topicOf = (): number => {
    if (unit.splitKeys?.hasSeveralTopics !== true) return unit.topic;
    return logs === 'shared' || log < 0 ? -1 : topicOfLog(log);
  };
  const publisher = unit.firstPublisher < 0 ? -1 : publisherOf(unit, version);
  return placeOnly({ version, topic: topicOf(), publisher, partition: partitionOfLog(logs, log), position });
}
