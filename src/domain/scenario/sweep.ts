/** The results of a sweep: order and cost at each value of one setting, everything else unchanged. */
import type { Mean95 } from '../report/comparison.js';
import type { Outcome } from './scenario.js';
import type { Rate95 } from '../report/verdict.js';

/** All repeats of one row at one value. */
export interface SweepFigures {
  readonly value: string;
  readonly runs: number;
  /** null: the report is older than 2.0. */
  readonly runsOrdered: number | null;
  /**
   * Upper bound on the share of runs that lose order, with 95 % confidence; null: fewer than two runs were ordered, or
   * one was violated.
   */
  readonly atMost: number | null;
  /** The worst of the runs. */
  readonly outcome: Outcome;
  readonly violations: number;
  readonly regressionsPerRun: Mean95 | null;
  readonly contestedPairs: number;
  /** null: the report is older than 2.0. */
  readonly atRiskPairs: number | null;
  readonly invertedRate: Rate95;
  /** Medians of the runs. */
  readonly handledPerSecond: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly handlersMean: number | null;
  /** The largest of the runs. */
  readonly heldMax: number | null;
}

/** One row along the values of one field. */
export interface SweepSeries {
  readonly field: string;
  /** Id of its rows without value and repeat. */
  readonly name: string;
  readonly points: readonly SweepFigures[];
}
