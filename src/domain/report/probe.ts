/**
 * The second load of a comparison: the workload of the rows, with a few failing handlers. Strategies that come out alike
 * where nothing fails differ here, since what fails is handled again: in place, or after it was delivered again.
 */
import type { HandlerFailure } from '../scenario/handler-failure.js';
import type { Outcome } from '../scenario/scenario.js';

/** The load of the probe; what it does not name is as in the scenario of the report. */
export interface ProbeLoad {
  /** Share of handlings that fail, 0 to 1. */
  readonly handlerFailShare: number;
  /** How they fail. */
  readonly handlerFailure: HandlerFailure;
  /** Versions per aggregate. */
  readonly versions: number;
}

/** Why a comparison has no probe. `handlers-fail`: the handlers of its rows fail already. */
export const probeOmissions = ['off', 'handlers-fail', 'swept', 'cut-short'] as const;
export type ProbeOmission = (typeof probeOmissions)[number];

/** How one candidate came out of its run under the load of the probe. */
export interface ProbeOutcome {
  readonly outcome: Outcome;
  /** For an inconclusive run the kind of its first reason, `too-few-at-risk` or `latent:not-survived`; else null. */
  readonly unclearBy: string | null;
  readonly violations: number;
  readonly regressions: number;
  readonly completionInversions: number;
  /** Duplicates but those that were redone: their event had been handled before, or was being handled. */
  readonly duplicates: number;
  /** Delivered again after a handling that had no effect; no violation. */
  readonly redone: number;
  /** Attempts after the first of one delivery: failed events that were tried again in place. */
  readonly retries: number;
  readonly lost: number;
  readonly atRiskPairs: number;
  /** Most early events held back at once; null: it holds none back. */
  readonly bufferDepthMax: number | null;
  readonly handledPerSecond: number | null;
  readonly p99Ms: number | null;
}
