/**
 * What does a verdict come to? `violated` if anything decides against the bus; `inconclusive`, with reasons, if nothing
 * does but the run could not have shown it or was cut short; `ordered` only otherwise. Inconclusive is never a pass.
 */
import type { Drain } from '../domain/drain.js';
import type { AnomalyKind, Outcome } from '../domain/scenario.js';
import type { Verdict } from '../domain/verdict.js';
import { decidingAnomalies } from './violations.js';

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
  readonly extraReasons?: readonly string[];
}

export interface Judgement {
  readonly outcome: Outcome;
  /** Sentences for people, without full stops; empty for `ordered`. */
  readonly reasons: readonly string[];
}

export function judge(input: JudgeInput): Judgement {
  if (input.notRun) return { outcome: 'inconclusive', reasons: [`not run: ${input.notRun}`] };
  const cutShort = [...cutShortReasons(input), ...(input.extraReasons ?? [])];
  if (input.verdict.counts.violations > 0) {
    return { outcome: 'violated', reasons: [...violationReasons(input), ...cutShort] };
  }
  const reasons = [...cutShort, ...worthlessReasons(input)];
  return { outcome: reasons.length > 0 ? 'inconclusive' : 'ordered', reasons };
}

function violationReasons({ verdict, allow = [] }: JudgeInput): string[] {
  return decidingAnomalies(verdict.counts)
    .filter(([kind, count]) => count > 0 && !allow.includes(kind))
    .map(([kind, count]) => `${count.toLocaleString('en-US')} ${nounOf(kind, count)}`);
}

/** Why the run may not have seen everything. */
function cutShortReasons({ verdict, drain, truncated, interrupted }: JudgeInput): string[] {
  const reasons: string[] = [];
  if (interrupted) reasons.push('the run was interrupted');
  if (drain.brokerLost) reasons.push('the broker was lost in the middle of the run');
  if (truncated) reasons.push('the record of observations is truncated');
  if (!drain.complete) reasons.push(drainReason(drain, verdict.counts.unseen));
  return reasons;
}

function drainReason(drain: Drain, unseen: number): string {
  const why = drain.reason === null ? '' : ` (${drain.reason})`;
  const left =
    unseen === 0 ? '' : `: ${counted(unseen, 'acknowledged event')} ${unseen === 1 ? 'was' : 'were'} not handled`;
  return `the drain is incomplete${why}${left}`;
}

/** Why a run without violations says nothing. */
function worthlessReasons({ verdict, strategyRepairsInput, sharesDurables }: JudgeInput): string[] {
  const { pairs, contestedPairs, splitPairs, inFlightPairs } = verdict.exposure;
  const reasons: string[] = [];
  if (contestedPairs === 0) {
    reasons.push(
      `none of ${counted(pairs, 'pair')} of neighbouring events was contested, so nothing could have gone wrong`,
    );
  }
  // Pullers that are served in turn, and publishers in step with them, can give each aggregate to one puller for a while.
  if (splitPairs === 0 && inFlightPairs > 0 && sharesDurables === true && !strategyRepairsInput) {
    reasons.push(
      `latent: several subscriptions take from one durable, and it was by chance that none of ${counted(inFlightPairs, 'pair')} in flight had two of them`,
    );
  }
  if (splitPairs > 0 && !strategyRepairsInput) {
    const split = `${splitPairs.toLocaleString('en-US')} of ${counted(inFlightPairs, 'pair')} in flight`;
    reasons.push(`latent: ${split} had two subscriptions at once, and nothing but luck kept them in order`);
  }
  return reasons;
}

const nouns: Readonly<Record<AnomalyKind, readonly [one: string, many: string]>> = {
  regression: ['regression', 'regressions'],
  duplicate: ['duplicate', 'duplicates'],
  loss: ['lost event', 'lost events'],
  phantom: ['phantom', 'phantoms'],
  'store-inversion': ['store inversion', 'store inversions'],
  'split-key': ['split key', 'split keys'],
  overlap: ['overlap', 'overlaps'],
  'completion-inversion': ['completion inversion', 'completion inversions'],
};

function nounOf(kind: AnomalyKind, count: number): string {
  return nouns[kind][count === 1 ? 0 : 1];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
