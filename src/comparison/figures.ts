/**
 * Compares two candidates in a measured figure, repeat by repeat. One is worse than the other if the 95 % interval of
 * their ratio excludes 1, or if the ratio is beyond a quarter however wide the interval is. What is not known is worse
 * than what is.
 */
import type { Measured } from '../domain/report/advice.js';
import type { Ratio95 } from '../domain/report/comparison.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Judged } from './candidate.js';
import { pairedRatio, type Measure } from './paired-ratio.js';

export type RowsOf = (candidate: Judged) => readonly RunRow[];

/** Events that a run handled per second. */
export const speedOfRun: Measure = ({ throughput }) => throughput.handledPerSecond;

/** A candidate more than so many times as bad is not alike, however wide its interval is. */
const mostAlike = 1.25;

/** How many times as good `one` is as `other`: as fast, or as short a latency; more than 1 is better. */
export function advantageOf(one: Judged, other: Judged, of: Measured, rowsOf: RowsOf): Ratio95 | null {
  if (of === 'speed') return pairedRatio(rowsOf(one), rowsOf(other), speedOfRun);
  return pairedRatio(rowsOf(other), rowsOf(one), ({ latencyMs }) => latencyMs.endToEnd[of]);
}

/** Whether `one` is worse than `other`. */
export function isWorse(one: Judged, other: Judged, of: Measured, rowsOf: RowsOf): boolean {
  if (one === other) return false;
  const ratio = advantageOf(other, one, of, rowsOf);
  if (ratio === null) return !isKnown(one, of) && isKnown(other, of);
  return ratio.low95 === null ? ratio.ratio > 1 : ratio.low95 > 1 || ratio.ratio > mostAlike;
}

/** Whether the interval of their ratio shows that `one` is worse than `other`. */
export function isSurelyWorse(one: Judged, other: Judged, of: Measured, rowsOf: RowsOf): boolean {
  const low95 = advantageOf(other, one, of, rowsOf)?.low95 ?? null;
  return low95 !== null && low95 > 1;
}

function isKnown({ handledPerSecond, p50Ms, p99Ms }: Judged, of: Measured): boolean {
  return { speed: handledPerSecond, p50: p50Ms, p99: p99Ms }[of] !== null;
}
