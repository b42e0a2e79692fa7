/**
 * Decides what has become of a unit's events that are still open when the run ends. An event that was published and
 * acknowledged, and no handling of which succeeded, is a *loss* if the drain is complete, and *unseen* if it is not. An
 * event whose publish calls all failed and that was observed all the same is *recovered*. Gaps that no late arrival has
 * closed are losses or stay *open*; of those, the ones whose publish was attempted were passed by events that were
 * handled.
 */
import type { Drain } from '../domain/drain.js';
import { isMissing } from './anomalies/arrivals.js';
import type { ExposureCounts } from './exposure/exposure.js';
import { isRunning, runningIn } from './anomalies/overlap.js';
import { tallyMissing } from './anomalies/gaps.js';
import { lastRecordOf } from './memory/delivery-records.js';
import type { PublishedVersions } from './memory/published-versions.js';
import type { Unit } from './aggregate-unit.js';
import type { SignatureTally } from './signatures/signature-tally.js';
import { tallyLoss, tallySplitKeys } from './signatures/tally-at-end.js';

export interface UnitEnd {
  readonly unit: Unit;
  readonly lost: number;
  readonly unseen: number;
  readonly gaps: number;
  readonly openGaps: number;
  readonly attemptedGaps: number;
  readonly recovered: number;
  /** Published, neither acknowledged nor refused, and no handling of it succeeded. */
  readonly unanswered: number;
  /** Lost, although an attempt of it may go on. */
  readonly lostRunning: number;
  /** What the unit is listed for. */
  readonly listed: { readonly lost: number; readonly overlaps: number; readonly duplicates: number };
}

export interface EndContext {
  readonly listsProven: boolean;
  readonly drain: Drain;
  /** What was published in the other units of the aggregate. */
  readonly beside: readonly PublishedVersions[];
  /** The pairs whose lower event never finished are added to it. */
  readonly exposure: ExposureCounts;
  /** The losses, phantoms and split keys are added to it. */
  readonly signatures: SignatureTally;
  /** How often partitions were added during the run. */
  readonly expansions: number;
}

export function endOf(unit: Unit, context: EndContext): UnitEnd {
  const { drain, beside, exposure, signatures, expansions } = context;
  let unhandled = 0;
  let unhandledGaps = 0;
  let recovered = 0;
  let unanswered = 0;
  let unhandledRunning = 0;
  for (const event of unit.openEvents()) {
    if (!event.finished) exposure.add(event);
    if (event.published && event.acked && !event.finished) {
      unhandled++;
      if (isRunning(unit, event.version)) unhandledRunning++;
      if (drain.complete) tallyLoss(unit, event, lastRecordOf(unit, event.version), signatures);
      if (event.version >= unit.first && isMissing(unit, event.version)) unhandledGaps++;
    }
    if (event.published && event.refused && !event.acked && event.started) recovered++;
    if (event.published && !event.acked && !event.refused && !event.finished) unanswered++;
  }
  if (unit.phantoms > 0) signatures.add({ kind: 'phantoms' }, unit.phantoms);
  if (unit.splitKeys !== null && unit.splitKeys.count > 0)
    tallySplitKeys(unit, unit.splitKeys.count, expansions, signatures);
  const lost = drain.complete ? unhandled : 0;
  const lostGaps = drain.complete ? unhandledGaps : 0;
  const missing = tallyMissing(unit.missing?.within(unit.first, unit.highestArrived) ?? [], unit.published, beside);
  return {
    unit,
    lost,
    unseen: unhandled - lost,
    gaps: unit.regressions - unit.regressionsBelowFirst + missing.due,
    openGaps: missing.due - lostGaps,
    attemptedGaps: missing.published - lostGaps,
    recovered,
    unanswered,
    lostRunning: drain.complete ? unhandledRunning : 0,
    listed: listedOf(unit, drain.complete ? unhandled : 0, drain.complete ? unhandledRunning : 0, context.listsProven),
  };
}

function listedOf(unit: Unit, lost: number, lostRunning: number, areProven: boolean): UnitEnd['listed'] {
  const { overlaps } = unit;
  const { total, redone } = unit.duplicates ?? { total: 0, redone: 0 };
  if (!areProven) return { lost, overlaps, duplicates: total };
  const running = runningIn(unit);
  const sum = (of: (record: (typeof running)[number]) => number): number =>
    running.reduce((all, record) => all + of(record), 0);
  return {
    lost: lost - lostRunning,
    overlaps: overlaps - sum(({ overlapped }) => overlapped),
    duplicates: total - redone - sum(({ repeated }) => repeated),
  };
}
