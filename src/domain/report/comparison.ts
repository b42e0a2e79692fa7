/**
 * The result of a comparison of strategies: the candidates, each with its repeats taken together, and the
 * recommendation.
 */
import type { Guarantee } from '../scenario/guarantee.js';
import type { ModeRow, Outcome } from '../scenario/scenario.js';
import type { ProbeLoad, ProbeOmission, ProbeOutcome } from './probe.js';
import type { Rate95 } from './verdict.js';

/** A mean over repeats with its 95 % interval; the bounds are null where there are too few of them. */
export interface Mean95 {
  readonly value: number;
  readonly low95: number | null;
  readonly high95: number | null;
}

/** Speed divided by that of the baseline; the bounds are null where there are too few repeats for an interval. */
export interface Ratio95 {
  readonly ratio: number;
  readonly low95: number | null;
  readonly high95: number | null;
}

/** One mode with one strategy on one broker. */
export interface Candidate {
  /** Id of its rows without their repeat. */
  readonly name: string;
  readonly broker: string;
  readonly mode: ModeRow;
  readonly strategy: string;
  readonly guarantee: Guarantee;
  /** What it costs, and when it fails, in words. */
  readonly costs: string;
  /** It restores order whatever order its input has. */
  readonly repairsInput: boolean;
  /**
   * For a strategy that repairs its input: whether the bus in front of it loses order by itself or not. null: it
   * repairs nothing, or the report is older than 2.0.
   */
  readonly repairs: 'behind a fault' | 'a sound bus' | null;
  /** The worst of its runs: violated before inconclusive before ordered. */
  readonly outcome: Outcome;
  /** Why its broker or mode cannot do it, so that nothing was run; null if it was. */
  readonly notRun: string | null;
  readonly runs: number;
  readonly runsOrdered: number;
  /** null: the report was written before these were counted. */
  readonly runsViolated: number | null;
  /**
   * Upper bound on the share of runs that lose order, with 95 % confidence; null: fewer than two runs were ordered, or
   * one was violated.
   */
  readonly atMost: number | null;
  /** Of all runs together. */
  readonly regressions: number;
  /** Of these, those whose order was lost before the dispatcher: at publish, store, deliver or submit. */
  readonly regressionsUpstream: number;
  readonly regressionsPerRun: Mean95 | null;
  readonly duplicates: number;
  /** Of these, those that were redone and so are no violations. null: the report was written before they were counted. */
  readonly duplicatesRedone: number | null;
  readonly lost: number;
  /** Phantoms, store inversions, split keys, overlaps and completion inversions. */
  readonly others: number;
  readonly violations: number;
  readonly contestedPairs: number;
  /** Pairs that could have gone wrong, of all runs; null: the report is older than 2.0. */
  readonly atRiskPairs: number | null;
  readonly invertedPairs: number;
  /**
   * invertedPairs / contestedPairs, with the run as the unit; without bounds below five runs, and where none was
   * inverted.
   */
  readonly invertedRate: Rate95;
  /** Medians of the runs. */
  readonly handledPerSecond: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly handlersMean: number | null;
  /** Handled/s divided by the baseline's, repeat by repeat; null where one of the two is not known. */
  readonly relativeSpeed: Ratio95 | null;
  /** Of all runs. */
  readonly heldMax: number | null;
  /** Most early events that it held back at once; null where it holds none back. */
  readonly bufferDepthMax: number | null;
  /** Always null since 2.0: the memory of the process, which all candidates share, says nothing of one. */
  readonly peakRssBytes: number | null;
  /**
   * It held order, and no other candidate that did is better in one respect (handled/s, p99, events held) and at least
   * as good in the others.
   */
  readonly isParetoOptimal: boolean;
  /** How it came out where a few handlers fail. null: not tried; the comparison says why. */
  readonly probe: ProbeOutcome | null;
}

/** The subject of one part of the recommendation. */
export const adviceKinds = [
  'why',
  'worth',
  'probe',
  'cost',
  'promise',
  'instead',
  'besides',
  'not-a-fix',
  'measured',
] as const;
export type AdviceKind = (typeof adviceKinds)[number];

export interface Recommendation {
  /** Name of the candidate to take; null if none held order. */
  readonly candidate: string | null;
  /** What to take, and then all of `parts`, in sentences. */
  readonly text: string;
  /** What to take, in a sentence. */
  readonly headline: string;
  /** Why, what it costs and what it does not survive, in one sentence; null: nothing is recommended, or it is not known. */
  readonly because: string | null;
  /**
   * The reason, what it rests on, what it costs and promises, what else to take and when; none of a report older than
   * 2.0.
   */
  readonly parts: readonly { readonly kind: AdviceKind; readonly text: string }[];
}

export interface Comparison {
  /** Name of the candidate that the others are measured by. */
  readonly baseline: string;
  readonly candidates: readonly Candidate[];
  /** The second load, under which each candidate ran once; null: there was none. */
  readonly probe: ProbeLoad | null;
  /** Why there was no probe; null: there was one, or the report was written before there were any. */
  readonly probeOmitted: ProbeOmission | null;
  readonly recommendation: Recommendation;
}
