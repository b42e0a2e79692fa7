/** The signatures of two events: of regressions, overlaps and completion inversions. */
import { missing, type Attempt } from '../../../../src/domain/observation.js';
import type { Again, AnomalySignature, PairSigns } from '../../../../src/domain/report/anomaly-signature.js';
import { regressionsOf } from '../arrivals.js';
import type { Facts } from '../facts.js';
import { lostBetween } from '../origin.js';
import type { Unit } from '../unit.js';
import { assignmentsOf, groupOf, isSentBackRunning, type Come } from './again.js';
import { becameOf } from './handed-over.js';

export function pairSignaturesOf(unit: Unit, comings: readonly Come[]): readonly AnomalySignature[] {
  return [...ofRegressions(unit, comings), ...ofOverlaps(unit, comings), ...ofCompletions(unit, comings)];
}

function ofRegressions(unit: Unit, comings: readonly Come[]): readonly AnomalySignature[] {
  const { facts } = unit;
  return regressionsOf(unit).map((regression) => {
    const { late, early, origin, isRedelivery } = regression;
    const again = isRedelivery ? (againOf(late.attempt, comings) ?? 'unknown') : null;
    return {
      kind: 'regressions',
      ...signsOf(late.attempt, early.attempt, again, facts),
      origin,
      lostBetween: origin === 'unknown' ? lostBetween(regression, facts) : null,
      samePublisher: late.attempt.delivery.publisher === early.attempt.delivery.publisher,
      afterRetry: isRetried(late.attempt.delivery.publishStamp, late.time, facts),
    };
  });
}

/** The later one of the two is the late one. If it came for the first time, the earlier one may have come again. */
function ofOverlaps({ started, facts }: Unit, comings: readonly Come[]): readonly AnomalySignature[] {
  return started.flatMap((later) =>
    started
      .filter((one) => one.version !== later.version && one.time < later.time && later.time < one.end)
      .map((earlier) => {
        const again = againOf(later.attempt, comings) ?? againOf(earlier.attempt, comings);
        const ranOn = ranOnBy(later.time, earlier.attempt, comings, facts);
        return { kind: 'overlaps' as const, ...signsOf(later.attempt, earlier.attempt, again, facts), ranOn };
      }),
  );
}

function ofCompletions(unit: Unit, comings: readonly Come[]): readonly AnomalySignature[] {
  const { facts } = unit;
  return unit.firsts.flatMap(({ version }) => {
    const done = unit.firstDone(version);
    if (done === undefined) return [];
    const [earliest] = unit.firsts
      .map((one) => ({ start: one.time, version: one.version, done: unit.firstDone(one.version) }))
      .filter((one) => one.version > version && (one.done?.time ?? Infinity) < done.time)
      .sort((a, b) => a.done!.time - b.done!.time);
    if (earliest === undefined || unit.firstStart(version) > earliest.start) return [];
    const again = facts.isRedelivery(done.delivery) ? (againOf(done.attempt, comings) ?? 'unknown') : null;
    const signs = signsOf(done.attempt, earliest.done!.attempt, again, facts);
    const handled = comings.find((one) => one.delivery.id === done.delivery.id);
    const ranOn = handled !== undefined && isSentBackRunning(handled, done.time + 1, facts);
    const atOnce = done.attempt.startStamp < earliest.done!.attempt.finishStamp;
    return [{ kind: 'completionInversions' as const, ...signs, atOnce, retried: done.attempt.number > 1, ranOn }];
  });
}

/** The bus was done with the delivery of an attempt that still runs: it had sent it back, or ended another attempt. */
function ranOnBy(time: number, { delivery }: Attempt, comings: readonly Come[], facts: Facts): boolean {
  const come = comings.find((one) => one.delivery.id === delivery.id)!;
  return isSentBackRunning(come, time, facts) || ['done', 'failed', 'retried'].includes(becameOf(come, time, facts));
}

function againOf({ delivery }: Attempt, comings: readonly Come[]): Again | null {
  return comings.find((one) => one.delivery.id === delivery.id)?.again ?? null;
}

function signsOf(late: Attempt, early: Attempt, again: Again | null, facts: Facts): PairSigns {
  const [a, b] = [late.delivery, early.delivery];
  const resizes = facts.notes.filter(({ note }) => note.kind === 'resized').map(({ note }) => note.stamp);
  const rebalances = assignmentsOf(groupOf(a.subscription, facts), Infinity, facts);
  const isWithin = (stamps: readonly number[], x: number, y: number): boolean =>
    stamps.some((stamp) => stamp > Math.min(x, y) && stamp < Math.max(x, y));
  return {
    sameSubscription: a.subscription === b.subscription,
    sameLane: late.lane === early.lane,
    sameTopic: a.topic === b.topic,
    sameLog: facts.logOf(a.topic, a.partition) === facts.logOf(b.topic, b.partition),
    misrouted: !a.owned || !b.owned,
    outsideLanes: late.lane === -1 || early.lane === -1,
    again,
    acrossResize: isWithin(
      resizes,
      Math.min(arrivalOf(late), arrivalOf(early)),
      Math.max(late.startStamp, early.startStamp),
    ),
    acrossRebalance:
      a.deliverStamp !== missing && b.deliverStamp !== missing && isWithin(rebalances, a.deliverStamp, b.deliverStamp),
  };
}

/** When the bus had it: its place in the inbox, or where it has none, its delivery. */
function arrivalOf({ delivery: { submitStamp, deliverStamp } }: Attempt): number {
  return submitStamp === missing ? deliverStamp : submitStamp;
}

/** A publish was sent again behind that stamp, by that time. */
export function isRetried(publishStamp: number, time: number, { notes }: Facts): boolean {
  return notes.some(
    (one) =>
      one.note.kind === 'fault' &&
      one.note.detail.what === 'produce-retry' &&
      one.note.stamp > publishStamp &&
      one.time < time,
  );
}
