/**
 * What differs between two reports, A and B: first what they were asked to do and on what, then row by row what came of
 * it. Everything is data with numbers; `report/words/difference-text.ts` puts it into words. What is not known is null.
 */
import { worseCounts } from './worse-counts.js';
import type { Cause } from './run-report.js';
import type { Reason } from './reason.js';
import type { Outcome } from '../scenario/scenario.js';

export interface ReportDifference {
  readonly kind: 'difference';
  readonly schemaVersion: '1.0';
  readonly a: ReportSide;
  readonly b: ReportSide;
  /** Settings that the counts depend on, then the tool, then the machine; in `field` the path in the report. */
  readonly differs: readonly FieldDifference[];
  /** Whether both reports know their load; if not, it may differ. */
  readonly isLoadKnown: boolean;
  /** Rows that both have, in the order of B. */
  readonly rows: readonly RowDifference[];
  /** Names of the rows that only one has. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/** One of the two reports. */
export interface ReportSide {
  /** The name of its file. */
  readonly source: string;
  /** Name of the scenario; null: the report does not know it. */
  readonly scenario: string | null;
  readonly startedAt: string;
  readonly toolVersion: string;
  readonly rows: number;
}

export const differenceKinds = ['load', 'tool', 'machine', 'row'] as const;

export interface FieldDifference {
  readonly of: (typeof differenceKinds)[number];
  readonly field: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** A row that both reports have, its repeats taken together. */
export interface RowDifference {
  /** Id of its rows in B, without their repeat. */
  readonly name: string;
  /** The same in A. */
  readonly nameInA: string;
  /** What of the row itself differs: broker, client, clock, strategy. */
  readonly differs: readonly FieldDifference[];
  /**
   * `exact`: both ran the same load with the same seeds in virtual time, so any difference is one of what ran.
   * `sampled`: runs differ by chance, so only repeats show a difference.
   */
  readonly basis: 'exact' | 'sampled';
  readonly outcome: OutcomeDifference;
  readonly counts: readonly CountDifference[];
  /** Causes that only one of the two names, those that have broken nothing (latent) among them. */
  readonly causes: OnlyIn<CauseSeen>;
  /** Reasons beside anomalies that only one of the two gives: latent ones, and what keeps a row undecided. */
  readonly reasons: OnlyIn<Reason>;
  readonly speed: readonly SpeedDifference[];
}

export const outcomeChanges = ['same', 'exact', 'shown', 'unproven'] as const;

export interface OutcomeDifference {
  readonly a: OutcomeTally;
  readonly b: OutcomeTally;
  /**
   * `same`: the same shares of runs came out the same way; `exact`: the rows differ, exactly; `shown`: the share of
   * violated runs differs by Fisher's exact test at 5 %; `unproven`: it does not, so the difference may be chance.
   */
  readonly change: (typeof outcomeChanges)[number];
}

export interface OutcomeTally {
  /** The worst: violated before inconclusive before ordered. */
  readonly worst: Outcome;
  readonly runs: number;
  readonly ordered: number;
  readonly violated: number;
  readonly inconclusive: number;
  /** Of all, those that an error ended. */
  readonly failed: number;
}

/** Sums over all runs of a side, of which the sides may have different numbers; null: a run does not know it. */
export interface CountDifference {
  readonly count: ComparedCount;
  readonly a: number | null;
  readonly b: number | null;
}

export const comparedCounts = ['published', 'handled', ...worseCounts, 'exposure.atRiskPairs'] as const;
export type ComparedCount = (typeof comparedCounts)[number];

export interface OnlyIn<Item> {
  readonly a: readonly Item[];
  readonly b: readonly Item[];
}

/** A cause, and in how many runs it was named. */
export interface CauseSeen extends Pick<Cause, 'id' | 'latent' | 'confidence'> {
  readonly runs: number;
}

export const comparedSpeeds = [
  'throughput.handledPerSecond',
  'latencyMs.endToEnd.p50',
  'latencyMs.endToEnd.p99',
] as const;
export type ComparedSpeed = (typeof comparedSpeeds)[number];

export const speedResults = ['same', 'differs', 'none-seen', 'one-run', 'unknown', 'clocks'] as const;

export interface SpeedDifference {
  readonly figure: ComparedSpeed;
  /** Medians of the runs that no error ended. */
  readonly a: number | null;
  readonly b: number | null;
  /** B by A; null: there is no interval. */
  readonly ratio: { readonly ratio: number; readonly low95: number; readonly high95: number } | null;
  /**
   * `same`: equal in every run; `differs`: the interval of the ratio excludes 1; `none-seen`: it does not; `one-run`: a
   * side has one run, which proves nothing; `unknown`: a side does not know it, or has a value of 0; `clocks`: one side
   * is in virtual time and the other is not, so they are not of one kind.
   */
  readonly result: (typeof speedResults)[number];
}
