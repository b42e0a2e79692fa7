/** The signatures of one event: of duplicates, losses and phantoms. */
import type { Again, AnomalySignature, LossState } from '../../../../src/domain/report/anomaly-signature.js';
import { phantomsOf } from '../arrivals.js';
import { duplicatesOf } from '../duplicates.js';
import type { Facts, Started } from '../facts.js';
import type { Unit } from '../unit.js';
import { isRemembered, type Come } from './again.js';
import { answeredAt, answerTo, becameOf, type Became, type HandOver } from './handed-over.js';
import { isRetried } from './pairs.js';

export function singleSignaturesOf(
  unit: Unit,
  comings: readonly Come[],
  isDrained: boolean,
): readonly AnomalySignature[] {
  const lost = isDrained ? unit.unhandled().map((version) => lossOf(version, unit, comings)) : [];
  const phantoms = Array.from({ length: phantomsOf(unit) }, () => ({ kind: 'phantoms' as const }));
  return [...ofDuplicates(unit, comings), ...lost, ...phantoms];
}

function ofDuplicates(unit: Unit, comings: readonly Come[]): readonly AnomalySignature[] {
  return duplicatesOf(unit).flatMap(({ start, kind: as }) => {
    if (as === 'redone') return [];
    const { publishStamp } = start.attempt.delivery;
    const again = as === 'storedTwice' ? null : whyAgain(start, comings, unit.facts);
    return [{ kind: 'duplicates' as const, as, again, afterRetry: isRetried(publishStamp, start.time, unit.facts) }];
  });
}

/**
 * Why it came again; or, of two deliveries in hand at once of which the first is handled last, why the other one did. What
 * was acknowledged by the time that it is handled again was acknowledged too late.
 */
function whyAgain({ attempt, time }: Started, comings: readonly Come[], facts: Facts): Again | null {
  const own = comings.find((one) => one.delivery.id === attempt.delivery.id && one.time <= time);
  const other = comings.findLast((one) => one.before?.delivery.id === attempt.delivery.id && one.time < time);
  const again = own?.again ?? other?.again ?? null;
  const isAckedLate = own?.before && answerTo(own.before, time, facts) === 'ack';
  return again === 'unacked' && isAckedLate === true ? 'acked' : again;
}

const states: Readonly<Record<Became, LossState>> = {
  ...{ waiting: 'not-started', running: 'running', failed: 'failed', retried: 'failed', crashed: 'cut-off' },
  ...{ rejected: 'refused', 'given-back': 'given-back', discarded: 'discarded', done: 'running' },
};

function lossOf(version: number, unit: Unit, comings: readonly Come[]): AnomalySignature {
  const { facts } = unit;
  const own = comings.filter((one) => one.unit === unit.key && one.version === version);
  const last = own.findLast((one) => isRemembered(one, comings, Infinity, facts));
  if (last === undefined)
    return { kind: 'lost', state: unseenState(version, unit, own), acked: null, isCounted: false };
  const isAcked = answerTo(last, Infinity, facts) === 'ack';
  return {
    kind: 'lost',
    state: states[becameOf(last, Infinity, facts)],
    acked: isAcked ? ackedBefore(last, unit) : null,
    isCounted: last.delivery.deliveryCount !== null,
  };
}

/** All its deliveries were acknowledged and dropped, or there was none. */
function unseenState(version: number, { results }: Unit, own: readonly HandOver[]): LossState {
  if (own.length > 0) return 'discarded';
  const isDuplicate = results.some((one) => one.version === version && one.result.ok && one.result.duplicate);
  return isDuplicate ? 'deduplicated' : 'not-delivered';
}

/** As far as its last attempt had got. */
function ackedBefore(last: HandOver, { facts }: Unit): 'before-start' | 'before-finish' | 'after-finish' {
  const start = facts.started.findLast(({ attempt }) => attempt.delivery.id === last.delivery.id);
  const acked = answeredAt(last, facts);
  if (start === undefined || acked < start.time) return 'before-start';
  return acked < start.end ? 'before-finish' : 'after-finish';
}
