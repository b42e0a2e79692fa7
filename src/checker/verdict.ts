/**
 * What do all units come to at the end of a run? Adds up their counts, decides what has become of the events that are
 * still open, and ranks the aggregates. Changes nothing, so it may be asked more than once.
 */
import type { CheckerOptions } from '../domain/checker-options.js';
import type { Drain } from '../domain/drain.js';
import type { Counts, Evidence, Verdict } from '../domain/verdict.js';
import type { Aggregate } from './aggregate.js';
import { rankFindings } from './findings.js';
import type { Tallies } from './tallies.js';
import { endOf, type UnitEnd } from './unit-end.js';
import { violationsOf } from '../domain/violations.js';

export function verdictOf(
  aggregates: readonly Aggregate[],
  tallies: Tallies,
  drain: Drain,
  options: CheckerOptions,
): Verdict {
  const exposure = tallies.exposure.copy();
  const ends = aggregates.flatMap(({ units }) => units).map((unit) => endOf(unit, drain, exposure));
  const counts = countsOf(ends, aggregates, tallies);
  const findings = rankFindings(ends, options.names);
  return {
    counts: { ...counts, violations: violationsOf(counts, options.allow) },
    exposure: exposure.exposure(),
    reordering: tallies.extents.reordering(),
    origins: { ...tallies.origins, finish: counts.completionInversions },
    patterns: tallies.patterns.list(),
    evidence: evidenceOf(ends),
    aggregates: findings,
    aggregatesTotal: ends.length,
    aggregatesWithAnomalies: findings.length,
  };
}

function evidenceOf(ends: readonly UnitEnd[]): Evidence {
  const sum = (count: (end: UnitEnd) => number | undefined): number =>
    ends.reduce((total, end) => total + (count(end) ?? 0), 0);
  return {
    overlapsAcrossSubscriptions: sum(({ unit }) => unit.overlapsAcross),
    partitionSwitches: sum(({ unit }) => unit.logSwitches),
    publishOverlaps: { acrossPublishers: 0, withinPublisher: 0 },
    attemptedGaps: 0,
    queues: [],
    disturbances: [],
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
    published: sum(({ unit }) => unit.published),
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
      redone: 0,
      redelivered: sum(({ unit }) => unit.duplicates?.redelivered),
      storedTwice: sum(({ unit }) => unit.duplicates?.storedTwice),
      unflagged: sum(({ unit }) => unit.duplicates?.unflagged),
      concurrent: sum(({ unit }) => unit.duplicates?.concurrent),
    },
    gaps: sum(({ unit }) => unit.gaps),
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
