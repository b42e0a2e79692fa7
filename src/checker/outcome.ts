/**
 * What does a verdict come to? `violated` if anything decides against the bus; `inconclusive`, with reasons, if nothing
 * does but the run could not have shown it or was cut short; `ordered` only otherwise. Inconclusive is never a pass.
 */
import type { Drain } from '../domain/drain.js';
import { anomalyReasons, plainReason, type Reason } from '../domain/reason.js';
import type { AnomalyKind, Outcome } from '../domain/scenario.js';
import type { Verdict } from '../domain/verdict.js';

export interface JudgeInput {
  readonly verdict: Verdict;
  readonly drain: Drain;
  /** The strategy claims to put right what reaches it in the wrong order. */
  readonly strategyRepairsInput: boolean;
  /** Several subscriptions take from one durable, and nothing sends an aggregate's events to one of them; absent: no. */
  readonly sharesDurables?: boolean;
  /** Observations are missing at the end. */
  readonly truncated: boolean;
  readonly interrupted: boolean;
  /** Kinds that the verdict did not count as violations, so that none of them is listed as one. */
  readonly allow?: readonly AnomalyKind[];
  /** Why the row could not be run at all; null or absent if it was run. */
  readonly notRun?: string | null;
  /** Further reasons for which a run is inconclusive. */
  readonly extraReasons?: readonly Reason[];
}

export interface Judgement {
  readonly outcome: Outcome;
  /** None for `ordered`. */
  readonly reasons: readonly Reason[];
}

export function judge(input: JudgeInput): Judgement {
  if (input.notRun) return { outcome: 'inconclusive', reasons: [plainReason('not-run', input.notRun)] };
  const cutShort = [...cutShortReasons(input), ...(input.extraReasons ?? [])];
  if (input.verdict.counts.violations > 0) {
    return { outcome: 'violated', reasons: [...anomalyReasons(input.verdict.counts, input.allow ?? []), ...cutShort] };
  }
  const reasons = [...cutShort, ...worthlessReasons(input)];
  return { outcome: reasons.length > 0 ? 'inconclusive' : 'ordered', reasons };
}

/** Why the run may not have seen everything. */
function cutShortReasons({ verdict, drain, truncated, interrupted }: JudgeInput): Reason[] {
  const { unseen } = verdict.counts;
  return [
    ...(interrupted ? [plainReason('interrupted')] : []),
    ...(drain.brokerLost ? [plainReason('broker-lost')] : []),
    ...(truncated ? [plainReason('truncated')] : []),
    ...(drain.complete
      ? []
      : [{ kind: 'drain-incomplete', of: null, numbers: { unseen }, detail: drain.reason } as const]),
  ];
}

/** Why a run without violations says nothing. */
function worthlessReasons({ verdict, strategyRepairsInput, sharesDurables }: JudgeInput): Reason[] {
  const { pairs, contestedPairs, atRiskPairs, splitPairs, inFlightPairs } = verdict.exposure;
  const reasons: Reason[] = [];
  if (contestedPairs === 0) {
    const numbers = { atRiskPairs, wanted: 1, contestedPairs, pairs };
    reasons.push({ kind: 'too-few-at-risk', of: null, numbers, detail: null });
  }
  // Pullers that are served in turn, and publishers in step with them, can give each aggregate to one puller for a while.
  const byChance = splitPairs === 0 && inFlightPairs > 0 && sharesDurables === true;
  if ((byChance || splitPairs > 0) && !strategyRepairsInput) {
    const sharedAggregates = verdict.evidence.queues.reduce((sum, queue) => sum + queue.sharedAggregates, 0);
    const numbers = { inFlightPairs, splitPairs, sharedAggregates };
    reasons.push({ kind: 'latent', of: 'shared-source', numbers, detail: null });
  }
  return reasons;
}
