/**
 * Names the mechanisms by which a run lost order. Each anomaly goes to the first rule whose signature it bears; what no
 * rule matches is counted as unexplained, never attributed to the nearest cause.
 */
import { noneExplained, type ExplainedKind } from '../domain/report/anomaly-signature.js';
import type { Cause, Explained } from '../domain/report/run-report.js';
import type { CauseWitness } from '../domain/report/witness.js';
import { sumOf, type CauseRule, type ObservedRun } from './cause-rule.js';
import {
  competingPullersCause,
  rebalanceOverlapCause,
  sessionShorterThanHandlerCause,
  sharedDurableCause,
} from './causes/fetching.js';
import { missingKeyCause, partitionerMismatchCause, partitionExpansionCause } from './causes/key-split.js';
import {
  overflowFallbackCause,
  poolResizeCause,
  retryAtTailCause,
  unawaitedHandlerCause,
  unkeyedPoolCause,
} from './causes/lanes.js';
import {
  clientOvertakesCause,
  concurrentPublishersCause,
  publishRetryCause,
  publishRetryDuplicateCause,
  versionBeforeSendCause,
} from './causes/log.js';
import {
  ackBeforeHandlingCause,
  ackWithoutSuccessCause,
  commitPastFailureCause,
  dedupeWindowCause,
  maxDeliverSkipCause,
} from './causes/loss.js';
import { redeliveryCauses } from './causes/redelivery.js';
import { deadClientCause } from './causes/stuck.js';
import { acrossTopicsCause } from './causes/topics.js';
import { worstOf } from './witnesses.js';

/** In the order in which they may claim an anomaly: the earlier a stage, and the more specific, the sooner. */
const rules: readonly CauseRule[] = [
  acrossTopicsCause,
  partitionerMismatchCause,
  partitionExpansionCause,
  missingKeyCause,
  versionBeforeSendCause,
  publishRetryCause,
  clientOvertakesCause,
  concurrentPublishersCause,
  publishRetryDuplicateCause,
  sessionShorterThanHandlerCause,
  rebalanceOverlapCause,
  ...redeliveryCauses,
  sharedDurableCause,
  competingPullersCause,
  poolResizeCause,
  overflowFallbackCause,
  unkeyedPoolCause,
  unawaitedHandlerCause,
  retryAtTailCause,
  ackBeforeHandlingCause,
  ackWithoutSuccessCause,
  maxDeliverSkipCause,
  commitPastFailureCause,
  dedupeWindowCause,
  deadClientCause,
];

/** Ids of the rules, as `domain/report/cause-ids.ts` lists them in another order. */
export const ruleIds: readonly string[] = rules.map(({ id }) => id);

export interface Diagnosis {
  readonly causes: readonly Cause[];
  readonly unexplained: Explained;
}

/** What a rule claimed. */
interface Claimed {
  readonly explains: Record<ExplainedKind, number>;
  readonly examples: CauseWitness[];
}

/** Causes that explain most come first; latent ones last. */
export function diagnose(seen: ObservedRun): Diagnosis {
  const claimed = new Map<CauseRule, Claimed>();
  const unexplained = noneExplained();
  for (const { signature, count, examples } of seen.signatures) {
    const rule = rules.find((candidate) => candidate.matches(signature, seen));
    if (rule === undefined) {
      unexplained[signature.kind] += count;
      continue;
    }
    const claim = claimed.get(rule) ?? { explains: noneExplained(), examples: [] };
    claimed.set(rule, claim);
    claim.explains[signature.kind] += count;
    claim.examples.push(...examples);
  }
  const causes = rules.flatMap((rule) => causeOf(rule, seen, claimed.get(rule) ?? null));
  causes.sort((a, b) => sumOf(b.explains) - sumOf(a.explains));
  return { causes, unexplained };
}

/** @param claimed null: the rule matched no anomaly */
function causeOf(rule: CauseRule, seen: ObservedRun, claimed: Claimed | null): Cause[] {
  const latent = claimed === null;
  if (latent && rule.isLatent?.(seen) !== true) return [];
  const explains = claimed?.explains ?? noneExplained();
  const witnesses = worstOf(claimed?.examples ?? []);
  return [{ id: rule.id, explains, latent, ...rule.describe(seen, explains), witnesses }];
}
