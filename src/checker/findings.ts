/**
 * Ranks the aggregates with anomalies, so that the worst come first. Lists every unit with an anomaly: most regressions
 * first, then most other anomalies, then most losses, then by topic and aggregate name. The first hundred carry
 * examples.
 */
import type { Names } from '../domain/observation.js';
import type { AggregateFinding, RegressionExample } from '../domain/report/verdict.js';
import { nameOf, pairMemberOf } from './sighting.js';
import type { RegressionStory } from './regression-story.js';
import type { UnitEnd } from './still-open.js';

const withExamplesMax = 100;

interface Ranked {
  readonly end: UnitEnd;
  readonly others: number;
  readonly topic: string;
  readonly aggregateId: string;
}

export function hasAnomaly(end: UnitEnd): boolean {
  return end.unit.regressions + otherAnomaliesOf(end) + end.listed.lost > 0;
}

/** @param ends of the units with an anomaly */
export function rankFindings(ends: readonly UnitEnd[], names: Names): AggregateFinding[] {
  const ranked = ends.map((end) => ({
    end,
    others: otherAnomaliesOf(end),
    topic: nameOf(names.topics, end.unit.topic),
    aggregateId: nameOf(names.aggregates, end.unit.aggregate),
  }));
  ranked.sort(worstFirst);
  return ranked.map((entry, rank) => findingOf(entry, rank < withExamplesMax, names));
}

/** Neither regressions nor losses, which rank on their own; gaps are listed although they decide nothing. */
function otherAnomaliesOf({ unit, gaps, listed }: UnitEnd): number {
  const { phantoms, completionInversions } = unit;
  const { duplicates, overlaps } = listed;
  const inTheLog = (unit.storeInversions?.count ?? 0) + (unit.splitKeys?.count ?? 0);
  return duplicates + gaps + phantoms + inTheLog + overlaps + completionInversions;
}

function worstFirst(a: Ranked, b: Ranked): number {
  return (
    b.end.unit.regressions - a.end.unit.regressions ||
    b.others - a.others ||
    b.end.listed.lost - a.end.listed.lost ||
    byCodeUnits(a.topic, b.topic) ||
    byCodeUnits(a.aggregateId, b.aggregateId)
  );
}

/** The same on every machine, whatever its locale. */
function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function findingOf({ end, topic, aggregateId }: Ranked, withExamples: boolean, names: Names): AggregateFinding {
  const { unit, gaps, listed } = end;
  return {
    aggregateId,
    topic,
    published: unit.publishCalls,
    handled: unit.handled,
    regressions: unit.regressions,
    duplicates: listed.duplicates,
    gaps,
    lost: listed.lost,
    overlaps: listed.overlaps,
    completionInversions: unit.completionInversions,
    storeInversions: unit.storeInversions?.count ?? 0,
    splitKeys: unit.splitKeys?.count ?? 0,
    phantoms: unit.phantoms,
    examples: withExamples ? (unit.stories ?? []).map((story) => exampleOf(story, names)) : [],
  };
}

function exampleOf({ late, early, extent, origin }: RegressionStory, names: Names): RegressionExample {
  return {
    version: late.version,
    afterVersion: early.version,
    receivedSequence: late.position > 0 ? late.position : null,
    origin,
    witness: { late: pairMemberOf(late, names), early: pairMemberOf(early, names), extent },
  };
}
