/**
 * Decides whether a row has become slower than a threshold allows, by the 95 % interval of its ratio to the baseline.
 * The row is slower if the whole interval lies beyond the threshold, and not slower if the whole interval lies within
 * it. If the threshold lies inside the interval, the result is inconclusive, and more repeats are needed.
 *
 * On the simulator time is virtual: the same seed gives the same time on any machine, so one run on each side is exact.
 */
import { ratioInterval } from '../statistics/ratio-interval.js';
import { rowNumberAt } from './row-paths.js';

/** The paths of the figures that are compared, and whether higher or lower is better. */
export const comparedSpeeds = [
  { path: 'throughput.handledPerSecond', better: 'higher' },
  { path: 'throughput.publishedPerSecond', better: 'higher' },
  { path: 'latencyMs.endToEnd.p50', better: 'lower' },
  { path: 'latencyMs.endToEnd.p99', better: 'lower' },
] as const;

type ComparedSpeed = (typeof comparedSpeeds)[number];

export interface SpeedFinding {
  readonly result: 'held' | 'slower' | 'inconclusive';
  /** A sentence without the row's name. */
  readonly text: string;
}

export interface SpeedOptions {
  /** Share, more than 0 and less than 1: by how much a rate may fall and a latency rise. */
  readonly threshold: number;
  /**
   * Whether times are virtual, so that both sides are compared seed by seed; the rows of both are in the same order.
   */
  readonly exact: boolean;
}

interface Row {
  readonly counts: object;
}

export function compareSpeed(now: readonly Row[], before: readonly Row[], options: SpeedOptions): SpeedFinding[] {
  return comparedSpeeds.map((speed) =>
    compareOne(speed, valuesOf(now, speed.path), valuesOf(before, speed.path), options),
  );
}

function compareOne(
  speed: ComparedSpeed,
  now: readonly number[] | null,
  before: readonly number[] | null,
  { threshold, exact }: SpeedOptions,
): SpeedFinding {
  const { path } = speed;
  if (now === null || before === null) {
    return {
      result: 'inconclusive',
      text: `${path} is not known ${now === null ? 'of this report' : 'of the baseline'}`,
    };
  }
  const limit = speed.better === 'higher' ? 1 - threshold : 1 + threshold;
  const interval = exact ? exactRatio(before, now) : ratioInterval(before, now, { paired: false });
  if (interval === null) {
    const why =
      Math.min(now.length, before.length) < 2
        ? 'one run a side has no confidence interval; run both with --repeat 5'
        : 'a value of 0 has no ratio';
    return { result: 'inconclusive', text: `${path} is not compared: ${why}` };
  }
  const [best, worst] =
    speed.better === 'higher' ? [interval.high95, interval.low95] : [interval.low95, interval.high95];
  const beyond = (ratio: number): boolean => (speed.better === 'higher' ? ratio < limit : ratio > limit);
  const span =
    interval.low95 === interval.high95
      ? 'exactly'
      : `95 % interval ${formatRatio(interval.low95)} to ${formatRatio(interval.high95)}`;
  const found = `${path} is ${formatRatio(interval.ratio)} times the baseline's (${span})`;
  const allowed = `--threshold allows ${formatRatio(limit)}`;
  if (beyond(best)) return { result: 'slower', text: `${found}; ${allowed}` };
  if (!beyond(worst)) return { result: 'held', text: found };
  return {
    result: 'inconclusive',
    text: `${found}; ${allowed}, which lies within the interval: more repeats on both sides narrow it (--repeat)`,
  };
}

interface Interval {
  readonly ratio: number;
  readonly low95: number;
  readonly high95: number;
}

/** The geometric mean of the ratios, repeat by repeat. The interval is a point, since virtual times are exact. */
export function exactRatio(before: readonly number[], now: readonly number[]): Interval | null {
  if (before.every((value, at) => value === now[at])) return { ratio: 1, low95: 1, high95: 1 };
  if ([...before, ...now].some((value) => value <= 0)) return null;
  const logs = now.map((value, at) => Math.log(value / before[at]!));
  const ratio = Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length);
  return { ratio, low95: ratio, high95: ratio };
}

/** The values of all rows; null if one of them is not known. */
function valuesOf(rows: readonly Row[], path: string): readonly number[] | null {
  const values = rows.map((row) => rowNumberAt(row, path) ?? null);
  return values.every((value) => value !== null) && values.length > 0 ? values : null;
}

function formatRatio(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(3);
}
