/**
 * Adds up what all units come to at the end of a run: their counts, what has become of the events that are still open,
 * and the ranking of the aggregates. Changes nothing, so it may be called more than once.
 */
import type { CheckerOptions } from '../domain/scenario/checker-options.js';
import { violationsOf } from '../domain/report/violations.js';
import type { Drain } from '../domain/drain.js';
import type { Verdict } from '../domain/report/verdict.js';
import type { Aggregate } from './aggregate.js';
import { rankFindings } from './findings.js';
import { witnessOf } from './signatures/example.js';
import type { UnitContext } from './unit-context.js';
import { UnitSums } from './unit-sums.js';

/** With so many aggregates in a step, a step takes some milliseconds. */
const aggregatesInStep = 8_192;

/** Works in steps, so that a caller with a million aggregates can do something else between two of them. */
export function* verdictInSteps(
  aggregates: readonly (Aggregate | undefined)[],
  { tallies, queues, disturbances, timeline, silence }: UnitContext,
  drain: Drain,
  options: CheckerOptions,
): Generator<void, Verdict> {
  const exposure = tallies.exposure.copy();
  const signatures = tallies.signatures.copy();
  const sums = new UnitSums({
    ...{ drain, exposure, signatures, expansions: timeline.expansions },
    listsProven: options.listsProven ?? false,
  });
  for (let i = 0; i < aggregates.length; i++) {
    const aggregate = aggregates[i];
    if (aggregate !== undefined) sums.add(aggregate);
    if (i % aggregatesInStep === aggregatesInStep - 1) yield;
  }
  const counts = sums.counts(tallies);
  const findings = rankFindings(sums.withAnomalies, options.names);
  return {
    counts: { ...counts, violations: violationsOf(counts, options.allow ?? []) },
    exposure: exposure.exposure(),
    reordering: tallies.extents.reordering(),
    origins: sums.origins(tallies),
    unknownOrigins: tallies.unknownOrigins,
    unended: { ...sums.unended },
    unanswered: sums.unanswered,
    signatures: signatures.list((example, { kind }) => witnessOf(example, kind, { names: options.names, queues })),
    evidence: {
      ...sums.evidence,
      publishOverlaps: { ...tallies.publishOverlaps },
      queues: queues?.evidence(exposure) ?? [],
      timeline: timeline.counts,
      givenUp: drain.givenUp,
      silence: silence.evidence,
      disturbances: disturbances.evidence(),
    },
    atWork: tallies.atWork.counts,
    aggregates: findings,
    aggregatesTotal: sums.units,
    aggregatesWithAnomalies: findings.length,
  };
}
