/**
 * The first stage at which the late one of a pair comes after the early one. What is missing where it would have to be
 * compared makes the origin unknown.
 */
import type { Attempt, Origin, OriginBetween, Stage } from '../../../src/domain/observation.js';
import type { OriginRange } from '../../../src/domain/report/verdict.js';
import type { PairPattern } from '../../checker/support/pair-patterns.js';
import type { Regression } from './arrivals.js';
import type { Facts } from './facts.js';

export function originOf(lateAttempt: Attempt, earlyAttempt: Attempt, isRedelivery: boolean, facts: Facts): Origin {
  const { delivery: late } = lateAttempt;
  const { delivery: early } = earlyAttempt;
  const isKnown = (stamp: number): boolean => stamp !== 0;
  if (![late.publishStamp, early.publishStamp].every(isKnown)) return 'unknown';
  if (late.publishStamp > early.publishStamp) return 'publish';
  if (late.partition < 0 || early.partition < 0) return 'unknown';
  if (facts.logOf(late.topic, late.partition) !== facts.logOf(early.topic, early.partition)) return 'store';
  if (![late.position, early.position].every(isKnown)) return 'unknown';
  if (late.position > early.position) return 'store';
  if (isRedelivery) return 'deliver';
  if (![late.deliverStamp, early.deliverStamp].every(isKnown)) return 'unknown';
  if (late.deliverStamp > early.deliverStamp) return 'deliver';
  if ([lateAttempt, earlyAttempt].some(({ lane, delivery }) => lane === -1 && !isKnown(delivery.submitStamp)))
    return 'start';
  if (![late.submitStamp, early.submitStamp].every(isKnown)) return 'unknown';
  return late.submitStamp > early.submitStamp ? 'submit' : 'start';
}

/** How the pairs looked, each look once with its count. */
export function patternsOf(regressions: readonly Regression[], facts: Facts): readonly PairPattern[] {
  const looks = regressions.map(({ late, early, origin, isRedelivery }) => {
    const [a, b] = [late.attempt.delivery, early.attempt.delivery];
    return JSON.stringify({
      origin,
      sameSubscription: a.subscription === b.subscription,
      misrouted: !(a.owned && b.owned),
      samePublisher: a.publisher === b.publisher,
      sameLog: facts.logOf(a.topic, a.partition) === facts.logOf(b.topic, b.partition),
      sameLane: late.attempt.lane === early.attempt.lane,
      sameTopic: a.topic === b.topic,
      lateRedelivered: isRedelivery,
      outsideLanes: [late.attempt.lane, early.attempt.lane].includes(-1),
    });
  });
  return [...new Set(looks)].map((look) => ({
    ...(JSON.parse(look) as Omit<PairPattern, 'count'>),
    count: looks.filter((other) => other === look).length,
  }));
}

/** Of regressions of unknown origin: the last stage seen in order and the first seen out of order, by what was seen. */
export function unknownOriginsOf(regressions: readonly Regression[], facts: Facts): readonly OriginRange[] {
  const ranges = regressions
    .filter(({ origin }) => origin === 'unknown')
    .map((regression) => JSON.stringify(lostBetween(regression, facts)));
  return [...new Set(ranges)].map((range) => ({
    ...(JSON.parse(range) as Omit<OriginRange, 'count'>),
    count: ranges.filter((other) => other === range).length,
  }));
}

/** The last stage at which the pair was seen in order, and the first at which it was not. */
export function lostBetween(
  { late, early, isRedelivery }: Pick<Regression, 'late' | 'early' | 'isRedelivery'>,
  facts: Facts,
): OriginBetween {
  const seen = seenStages(late.attempt, early.attempt, isRedelivery, facts);
  const lost = seen.findIndex(({ isLost }) => isLost);
  return { after: seen[lost - 1]?.stage ?? null, by: seen[lost]!.stage };
}

interface SeenStage {
  readonly stage: Stage;
  readonly isLost: boolean;
}

/** The stages at which the order of the two is known; at start it was lost, since it is a regression. */
function seenStages(
  { delivery: late }: Attempt,
  { delivery: early }: Attempt,
  isRedelivery: boolean,
  facts: Facts,
): readonly SeenStage[] {
  const byStamps = (stage: Stage, a: number, b: number): readonly SeenStage[] =>
    a === 0 || b === 0 ? [] : [{ stage, isLost: a > b }];
  const isPlaced = late.partition >= 0 && early.partition >= 0;
  const isSplit = isPlaced && facts.logOf(late.topic, late.partition) !== facts.logOf(early.topic, early.partition);
  return [
    ...byStamps('publish', late.publishStamp, early.publishStamp),
    ...(isSplit ? [{ stage: 'store', isLost: true } as const] : []),
    ...(isPlaced && !isSplit ? byStamps('store', late.position, early.position) : []),
    ...(isRedelivery ? [{ stage: 'deliver', isLost: true } as const] : []),
    ...byStamps('deliver', late.deliverStamp, early.deliverStamp),
    ...byStamps('submit', late.submitStamp, early.submitStamp),
    { stage: 'start', isLost: true },
  ];
}
