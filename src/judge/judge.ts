/**
 * Judges a run: turns the verdict of the checker into an outcome, given what the run was set up to be. `violated` if
 * any deciding anomaly was found; `inconclusive`, with reasons, if none was but the run could not have shown it, was
 * cut short, or kept order by luck; `ordered` only otherwise. Inconclusive is never a pass.
 *
 * This is the only place that judges, for a run and for the check of its trace. What is not known is not claimed.
 */
import type { Claims } from '../domain/report/claims.js';
import type { Drain } from '../domain/drain.js';
import { anomalyReasons, plainReason, type Reason } from '../domain/report/reason.js';
import type { AnomalyKind, Outcome } from '../domain/scenario/scenario.js';
import type { Exposure, Verdict } from '../domain/report/verdict.js';
import { exposureWithHeldBackPairs } from './pairs-at-risk.js';
import { crashReplay } from './latent/crash-replay.js';
import { givesUp } from './latent/gives-up.js';
import { nearTimeout } from './latent/near-timeout.js';
import { noKey } from './latent/no-key.js';
import { noOrderClaimed } from './latent/no-order-claimed.js';
import { notSurvived } from './latent/not-survived.js';
import { overflow } from './latent/overflow.js';
import { severalPublishers } from './latent/several-publishers.js';
import { severalSources } from './latent/several-sources.js';
import { sharedSource } from './latent/shared-source.js';
import { unsafePublish } from './latent/unsafe-publish.js';
import { notExercised } from './not-exercised.js';

export interface JudgeInput {
  readonly verdict: Verdict;
  readonly claims: Claims;
  readonly drain: Drain;
  readonly ending: Ending;
  /** Kinds that the verdict did not count as violations. */
  readonly allow: readonly AnomalyKind[];
}

/** How the run, or the record of it, came to its end. */
export interface Ending {
  /** Why the row could not be run at all; null if it was run. */
  readonly notRun: string | null;
  readonly interrupted: boolean;
  /** Observations are missing. */
  readonly truncated: boolean;
  /** What is missing, in words; null if that is not known. */
  readonly truncation: string | null;
}

export interface Judgement {
  readonly outcome: Outcome;
  /** None for `ordered`. */
  readonly reasons: readonly Reason[];
  /** With the pairs that were held back. */
  readonly exposure: Exposure;
}

export function judge(input: JudgeInput): Judgement {
  const { verdict, claims, ending } = input;
  const exposure = exposureWithHeldBackPairs(claims, verdict);
  if (ending.notRun !== null) {
    return { outcome: 'inconclusive', reasons: [plainReason('not-run', ending.notRun)], exposure };
  }
  const cutShort = cutShortReasons(input);
  if (verdict.counts.violations > 0) {
    return { outcome: 'violated', reasons: [...anomalyReasons(verdict.counts, input.allow), ...cutShort], exposure };
  }
  const reasons = [...cutShort, ...openGaps(verdict), ...tooFewAtRisk(claims, exposure), ...reasonsToDoubt(input)];
  return { outcome: reasons.length > 0 ? 'inconclusive' : 'ordered', reasons, exposure };
}

/** Why the run may not have seen everything. */
function cutShortReasons({ verdict, drain, ending }: JudgeInput): Reason[] {
  const { unseen } = verdict.counts;
  return [
    ...(ending.interrupted ? [plainReason('interrupted')] : []),
    ...(drain.brokerLost ? [plainReason('broker-lost')] : []),
    ...(ending.truncated ? [plainReason('truncated', ending.truncation)] : []),
    ...(drain.complete
      ? []
      : [{ kind: 'drain-incomplete', of: null, numbers: { unseen }, detail: drain.reason } as const]),
  ];
}

/**
 * Gaps of events whose publish was attempted: the event never came, and events behind it were handled. Nothing tells
 * whether it was refused or overtaken.
 */
function openGaps({ evidence: { attemptedGaps: gaps } }: Verdict): Reason[] {
  return gaps > 0 ? [{ kind: 'open-gaps', of: null, numbers: { gaps }, detail: null }] : [];
}

function tooFewAtRisk({ minAtRisk: wanted }: Claims, { atRiskPairs, contestedPairs, pairs }: Exposure): Reason[] {
  if (atRiskPairs >= wanted) return [];
  const numbers = { atRiskPairs, wanted, contestedPairs, pairs };
  return [{ kind: 'too-few-at-risk', of: null, numbers, detail: null }];
}

/** The latent reasons (order held, and nothing claims to keep it), and what was asked for and not exercised. */
function reasonsToDoubt({ claims, verdict: { evidence }, allow }: JudgeInput): Reason[] {
  return [
    ...sharedSource(claims, evidence),
    ...severalSources(claims),
    ...noOrderClaimed(claims),
    ...notSurvived(claims, evidence),
    ...severalPublishers(claims, evidence),
    ...noKey(claims),
    ...overflow(claims),
    ...unsafePublish(claims, allow),
    ...crashReplay(claims, allow),
    ...givesUp(claims, evidence, allow),
    ...nearTimeout(claims, evidence),
    ...notExercised(claims, evidence),
  ];
}
