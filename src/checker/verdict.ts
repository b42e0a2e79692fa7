/**
 * Adds up what all units come to at the end of a run: their counts, what has become of the events that are still open,
 * and the ranking of the aggregates. Changes nothing, so it may be called more than once.
 */
import type { CheckerOptions } from '../domain/scenario/checker-options.js';
import { violationsOf } from '../domain/report/violations.js';
import type { Drain } from '../domain/drain.js';
import type { Counts, Evidence, Origins, Verdict } from '../domain/report/verdict.js';
import type { Aggregate } from './aggregate.js';
import { rankFindings } from './findings.js';
import type { Tallies } from './tallies.js';
import type { UnitContext } from './unit-context.js';
import { endOf, type UnitEnd } from './still-open.js';

export function verdictOf(
  aggregates: readonly Aggregate[],
  { tallies, queues, disturbances }: UnitContext,
  drain: Drain,
  options: CheckerOptions,
): Verdict {
  const exposure = tallies.exposure.copy();
  const ends = aggregates.flatMap((aggregate) =>
    aggregate.units.map((unit) => endOf(unit, { drain, beside: aggregate.publishedBeside(unit), exposure })),
  );
  const counts = countsOf(ends, aggregates, tallies);
  const findings = rankFindings(ends, options.names);
  return {
    counts: { ...counts, violations: violationsOf(counts, options.allow ?? []) },
    exposure: exposure.exposure(),
    reordering: tallies.extents.reordering(),
    origins: originsOf(ends, tallies),
    patterns: tallies.patterns.list(),
    evidence: {
      ...evidenceOf(ends),
      publishOverlaps: { ...tallies.publishOverlaps },
      queues: queues?.evidence(exposure) ?? [],
      disturbances: disturbances.evidence(),
    },
    aggregates: findings,
    aggregatesTotal: ends.length,
    aggregatesWithAnomalies: findings.length,
  };
}

/**
 * The origins of regressions and of completion inversions; the latter begin at `finish`, or at `deliver` where the
 * event was redelivered.
 */
function originsOf(ends: readonly UnitEnd[], { origins }: Tallies): Origins {
  const all = ends.reduce((sum, { unit }) => sum + unit.completionInversions, 0);
  const redelivered = ends.reduce((sum, { unit }) => sum + unit.completionInversionsRedelivered, 0);
  return { ...origins, deliver: origins.deliver + redelivered, finish: origins.finish + all - redelivered };
}

function evidenceOf(
  ends: readonly UnitEnd[],
): Pick<Evidence, 'overlapsAcrossSubscriptions' | 'partitionSwitches' | 'attemptedGaps'> {
  const sum = (count: (end: UnitEnd) => number | undefined): number =>
    ends.reduce((total, end) => total + (count(end) ?? 0), 0);
  return {
    overlapsAcrossSubscriptions: sum(({ unit }) => unit.overlapsAcross),
    partitionSwitches: sum(({ unit }) => unit.logSwitches),
    attemptedGaps: sum(({ attemptedGaps }) => attemptedGaps),
  };
}

function countsOf(
  ends: readonly UnitEnd[],
  aggregates: readonly Aggregate[],
  tallies: Tallies,
): Omit<Counts, 'violations'> {
  const sum = (count: (end: UnitEnd) => number | undefined): number =>
    ends.reduce((total, end) => total + (count(end) ?? 0), 0);
  const crossTopicArrivals = aggregates.reduce((total, { crossTopic }) => total + crossTopic, 0);
  return {
    published: sum(({ unit }) => unit.publishCalls),
    acked: tallies.acked,
    delivered: tallies.delivered,
    handled: sum(({ unit }) => unit.handled),
    retries: tallies.retries,
    regressions: sum(({ unit }) => unit.regressions),
    descents: sum(({ unit }) => unit.descents),
    naive: sum(({ unit }) => unit.naive),
    crossTopic: tallies.crossTopicRegressions + crossTopicArrivals,
    duplicates: {
      total: sum(({ unit }) => unit.duplicates?.total),
      redone: sum(({ unit }) => unit.duplicates?.redone),
      redelivered: sum(({ unit }) => unit.duplicates?.redelivered),
      storedTwice: sum(({ unit }) => unit.duplicates?.storedTwice),
      unflagged: sum(({ unit }) => unit.duplicates?.unflagged),
      concurrent: sum(({ unit }) => unit.duplicates?.concurrent),
    },
    gaps: sum(({ gaps }) => gaps),
    openGaps: sum(({ openGaps }) => openGaps),
    lost: sum(({ lost }) => lost),
    unseen: sum(({ unseen }) => unseen),
    phantoms: sum(({ unit }) => unit.phantoms),
    recovered: sum(({ recovered }) => recovered),
    storeInversions: sum(({ unit }) => unit.storeInversions?.count),
    splitKeys: sum(({ unit }) => unit.splitKeys?.count),
    misroutes: tallies.misroutes,
    overlaps: sum(({ unit }) => unit.overlaps),
    completionInversions: sum(({ unit }) => unit.completionInversions),
  };
}
