/**
 * Something happened that the strategy does not claim to survive, while a pair of that queue was at risk: it could have
 * broken order, and did not. A strategy of which nothing is known claims nothing.
 */
import type { Claims } from '../../domain/claims.js';
import type { Guarantee } from '../../domain/guarantee.js';
import type { LatentReason } from '../../domain/reason.js';
import type { DisruptionKind, Evidence } from '../../domain/verdict.js';
import { judgedQueues, metAtRisk } from '../queues.js';

type Threat = keyof Guarantee['survives'] & DisruptionKind;

const threats: readonly Threat[] = ['redelivery', 'crash', 'resize', 'rebalance', 'partitions'];

export function notSurvived(claims: Claims, evidence: Evidence): LatentReason[] {
  const queues = judgedQueues(claims, evidence);
  const met = (threat: Threat): number =>
    claims.guarantee?.survives[threat] === true
      ? 0
      : queues.reduce((sum, { claim, seen }) => sum + metAtRisk(claim, seen.disruptions[threat]), 0);
  const numbers = Object.fromEntries(threats.map((threat) => [threat, met(threat)])) as Record<Threat, number>;
  if (threats.every((threat) => numbers[threat] === 0)) return [];
  return [{ kind: 'latent', of: 'not-survived', numbers, detail: null }];
}
