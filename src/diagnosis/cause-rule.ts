/**
 * The interface of a cause rule. A cause is a mechanism of the hazard catalogue whose signature the evidence matches. A
 * rule reads what was observed of one run, never how the run was configured, and says which anomalies its signature
 * accounts for; regressing pairs that two rules would claim go to the first.
 */
import type { CauseEvidence, EvidenceClaim, Remedy, RemedyKind } from '../domain/report/cause-evidence.js';
import type { Cause, Explained } from '../domain/report/run-report.js';
import type { PairPattern, Verdict } from '../domain/report/verdict.js';

/** What was seen of the run beside its events. */
export interface RunFacts {
  /** Times that a group assigned its partitions anew. */
  readonly rebalances: number;
  /** Produce requests that were sent again. */
  readonly produceRetries: number;
  /** Handlings that failed and were sent back. */
  readonly naks: number;
}

export const noFacts: RunFacts = { rebalances: 0, produceRetries: 0, naks: 0 };

/** All that a rule may look at. */
export interface ObservedRun {
  readonly verdict: Verdict;
  readonly facts: RunFacts;
}

export interface CauseRule {
  readonly id: string;
  /** Whether a regressing pair that looks like this bears the mechanism's signature. */
  matches(pattern: PairPattern, seen: ObservedRun): boolean;
  /** Other anomalies that bear it; none if absent. */
  alsoExplains?(seen: ObservedRun): Partial<Omit<Explained, 'regressions'>>;
  /** Evidence, refutations and remedy. Everything in `explained` is 0 only if the cause is latent. */
  describe(seen: ObservedRun, explained: Explained): Omit<Cause, 'id' | 'explains' | 'latent'>;
  /** True if the mechanism is at work though it has not broken order yet. */
  isLatent(seen: ObservedRun): boolean;
}

/** @param count what the claim counts  @param of what that is among, or stands beside; null: there is no such number */
export function causeEvidence(
  claim: Exclude<EvidenceClaim, 'told'>,
  count: number | null = null,
  of: number | null = null,
): CauseEvidence {
  return { claim, count, of, detail: null };
}

export function remedy(kind: Exclude<RemedyKind, 'told'>): Remedy {
  return { kind, detail: null };
}
