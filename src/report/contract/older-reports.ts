/**
 * Converts reports of schema version 1.0 to 1.1, and of 1.1 to 2.0. A field that the older version lacked gets the
 * value that held implicitly then, or null if it is not known. Words of version 1 stay words, also where version 2 has
 * data.
 */
import { isFields, type Fields } from './known-fields.js';

/** Fields that a row of version 1.0 lacks. */
const rowOf10: Fields = {
  point: null,
  latencyHistograms: { publish: null, queue: null, handle: null, endToEnd: null },
  concurrency: { handlersMean: null, handlersMax: null, heldMax: null },
  bufferDepthMax: null,
};

/** @param report JSON of a report of version 1.0; a value that is no report is returned unchanged */
export function asVersion11(report: object): object {
  if (!('runs' in report) || !Array.isArray(report.runs)) return report;
  const runs = report.runs.map((row: unknown) => (isFields(row) ? { ...rowOf10, ...row } : row));
  const scenario = 'scenario' in report && isFields(report.scenario) ? scenarioIn11(report.scenario) : null;
  return { comparison: null, sweeps: [], ...report, runs, scenario };
}

/** In version 1.0 a scenario had one strategy for all modes, and service times were uniformly distributed. */
function scenarioIn11(scenario: Fields): Fields {
  const { strategy, modes, ackWaitMs, handlerTime } = scenario;
  const rows = Array.isArray(modes) ? modes.map((mode: unknown) => ({ mode, strategy })) : [];
  return {
    strategies: [strategy],
    rows,
    gapTimeoutMs: typeof ackWaitMs === 'number' ? 2 * ackWaitMs : 0,
    ...scenario,
    handlerTime: isFields(handlerTime) ? { distribution: 'uniform', ...handlerTime } : handlerTime,
  };
}

/** @param report JSON of a report of version 1.1; a value that is no report is returned unchanged */
export function asVersion20(report: object): object {
  if (!('runs' in report) || !Array.isArray(report.runs)) return report;
  const comparison = 'comparison' in report && isFields(report.comparison) ? comparisonIn20(report.comparison) : null;
  return { ...report, runs: report.runs.map((row: unknown) => (isFields(row) ? rowIn20(row) : row)), comparison };
}

/** The reason that replaces the outcome `ordered` of version 1, whose rules some broken buses passed too. */
const olderRules =
  'it was judged by older rules, which broken buses passed too (a report of schema version 1): run it again';

/**
 * Version 1 did not count duplicates of handlings without effect (`redone`), and its interval was over pairs rather
 * than runs. Its `ordered` had a weaker meaning, so such a row becomes inconclusive.
 */
function rowIn20(row: Fields): Fields {
  const { counts, exposure, outcome, causes, unexplained } = row;
  return {
    ...row,
    ...(outcome === 'ordered' && { outcome: 'inconclusive', reasons: [olderRules] }),
    ...(isFields(counts) && { counts: { ...counts, duplicates: with0(counts['duplicates'], 'redone') } }),
    ...(Array.isArray(causes) && { causes: causes.map(causeIn20) }),
    ...(isFields(unexplained) && { unexplained: explainedIn20(unexplained) }),
    ...(isFields(exposure) && { exposure: exposureIn20(exposure) }),
  };
}

/** Counts that version 2.0 did not have from the beginning. */
const laterCounts: Fields = { completionOrder: null, racy: null };

/** Fields of a row that version 2.0 did not have from the beginning. */
const laterFields: Fields = { series: null, fetchMatrix: null, timelines: null };

/** @returns the row with what its report is too old for; a value that is no row is returned unchanged */
export function withLaterFields(row: unknown): unknown {
  if (!isFields(row) || !isFields(row['counts'])) return row;
  return { ...laterFields, ...row, counts: { ...laterCounts, ...row['counts'] } };
}

function causeIn20(cause: unknown): unknown {
  if (!isFields(cause) || !isFields(cause['explains'])) return cause;
  return { ...cause, explains: explainedIn20(cause['explains']) };
}

/** In version 1 nothing explained phantoms or completion inversions. */
function explainedIn20(explained: Fields): Fields {
  return { phantoms: 0, completionInversions: 0, ...explained };
}

/**
 * Version 1 did not count pairs held back, so only pairs in flight are at risk, and the interval over pairs is dropped.
 */
function exposureIn20(exposure: Fields): Fields {
  const { inFlightPairs, regressionRate } = exposure;
  return {
    ...exposure,
    heldBackPairs: 0,
    atRiskPairs: inFlightPairs,
    regressionRate: isFields(regressionRate) ? { ...regressionRate, low95: null, high95: null } : regressionRate,
  };
}

function comparisonIn20(comparison: Fields): Fields {
  const { candidates } = comparison;
  return Array.isArray(candidates) ? { ...comparison, candidates: candidates.map(candidateIn20) } : comparison;
}

/** In version 1 no strategy claimed to survive rebalances or added partitions. */
function candidateIn20(candidate: unknown): unknown {
  if (!isFields(candidate) || !isFields(candidate['guarantee'])) return candidate;
  const { guarantee } = candidate;
  const { survives } = guarantee;
  const all = isFields(survives) ? { rebalance: false, partitions: false, ...survives } : survives;
  return { ...candidate, guarantee: { ...guarantee, survives: all } };
}

function with0(value: unknown, field: string): unknown {
  return isFields(value) ? { [field]: 0, ...value } : value;
}
