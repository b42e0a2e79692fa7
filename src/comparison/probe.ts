/**
 * Decides whether a comparison probes its candidates with failing handlers and under what load, and reads from a row of
 * the probe how its candidate came out.
 */
import { isCutShort } from '../domain/report/cut-short.js';
import type { ProbeLoad, ProbeOmission, ProbeOutcome } from '../domain/report/probe.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';

/** A probe is a short run: of the events it has at most about so many, if that leaves {@link versionsMin} versions. */
const eventsMax = 5000;
const versionsMin = 20;

/** Why the scenario is not probed; null if it is. @param share of handlings that are to fail; 0: none */
export function probeOmissionOf({ handlerFailShare, sweep }: Scenario, share: number): ProbeOmission | null {
  if (share === 0) return 'off';
  if (handlerFailShare > 0) return 'handlers-fail';
  return sweep.length > 0 ? 'swept' : null;
}

/** The scenario with failing handlers, each row once. */
export function probeOf(scenario: Scenario, share: number): Scenario {
  const versions = Math.min(scenario.versions, Math.max(versionsMin, Math.ceil(eventsMax / scenario.aggregates)));
  const failing = { handlerFailShare: share, handlerFailure: 'nak', versions } as const;
  const once = { repeat: 1, warmUp: 0, untilAtRisk: null, confidence: null, within: null, sweep: [] } as const;
  return { ...scenario, ...failing, ...once };
}

export function probeLoadOf({ handlerFailShare, handlerFailure, versions }: Scenario): ProbeLoad {
  return { handlerFailShare, handlerFailure, versions };
}

/** @returns null if the row was not run, or an error or an interrupt ended it */
export function probeOutcomeOf(row: RunRow): ProbeOutcome | null {
  const { outcome, counts, exposure, reasons, error, throughput, latencyMs, bufferDepthMax } = row;
  if (error !== null || isCutShort({ reasons })) return null;
  const [first] = reasons;
  return {
    outcome,
    unclearBy:
      outcome !== 'inconclusive' || first === undefined
        ? null
        : [first.kind, first.of].filter((part) => part !== null).join(':'),
    violations: counts.violations,
    regressions: counts.regressions,
    completionInversions: counts.completionInversions,
    duplicates: counts.duplicates.total - counts.duplicates.redone,
    redone: counts.duplicates.redone,
    retries: counts.retries,
    lost: counts.lost,
    atRiskPairs: exposure.atRiskPairs,
    bufferDepthMax,
    handledPerSecond: throughput.handledPerSecond,
    p99Ms: latencyMs.endToEnd.p99,
  };
}
