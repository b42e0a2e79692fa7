/**
 * Turns reports of schema version 1 into those of version 2: with what was so in version 1, null for what is not known,
 * and the words of version 1 where version 2 has data.
 */
import { isFields, type Fields } from './known-fields.js';

const rowOf10: Fields = {
  point: null,
  latencyHistograms: { publish: null, queue: null, handle: null, endToEnd: null },
  concurrency: { handlersMean: null, handlersMax: null, heldMax: null },
  bufferDepthMax: null,
};

/** @param report JSON of a report of version 1.0; what is none comes back as it is */
export function asVersion11(report: object): object {
  if (!('runs' in report) || !Array.isArray(report.runs)) return report;
  const runs = report.runs.map((row: unknown) => (isFields(row) ? { ...rowOf10, ...row } : row));
  const scenario = 'scenario' in report && isFields(report.scenario) ? scenarioIn11(report.scenario) : null;
  return { comparison: null, sweeps: [], ...report, runs, scenario };
}

/** It had one strategy for all modes, and service times were drawn evenly. */
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

/** @param report JSON of a report of version 1.1; what is none comes back as it is */
export function asVersion20(report: object): object {
  if (!('runs' in report) || !Array.isArray(report.runs)) return report;
  const comparison = 'comparison' in report && isFields(report.comparison) ? comparisonIn20(report.comparison) : null;
  return { ...report, runs: report.runs.map((row: unknown) => (isFields(row) ? rowIn20(row) : row)), comparison };
}

/** Rows were called ordered by rules that broken buses passed too. */
const olderRules =
  'it was judged by older rules, which broken buses passed too (a report of schema version 1): run it again';

/**
 * A duplicate of a handling without effect was not told apart, an interval over pairs is none over runs, and `ordered` did
 * not mean what it means now.
 */
function rowIn20(row: Fields): Fields {
  const { counts, exposure, outcome } = row;
  return {
    ...row,
    ...(outcome === 'ordered' && { outcome: 'inconclusive', reasons: [olderRules] }),
    ...(isFields(counts) && { counts: { ...counts, duplicates: with0(counts['duplicates'], 'redone') } }),
    ...(isFields(exposure) && { exposure: exposureIn20(exposure) }),
  };
}

/** What was held back was not counted. */
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

/** No strategy claimed anything of rebalances and of partitions that are added. */
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
