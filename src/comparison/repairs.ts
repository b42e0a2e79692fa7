/**
 * Decides whether a strategy that repairs its input stands behind a faulty bus or a sound one. The bus is faulty
 *
 * - if several subscriptions take from one unpartitioned queue with more than one delivery outstanding, or
 * - if keyed-pool, which repairs nothing, lost order before the dispatcher in the same mode of this comparison, or kept
 *   it by luck.
 *
 * Redelivery after a failed handling or a disturbance is no fault of the bus. So an inversion at `deliver` or `submit`
 * counts only if the scenario asks for neither.
 */
import type { Candidate } from '../domain/report/comparison.js';
import type { RunRow } from '../domain/report/run-report.js';
import { traitsOf } from '../domain/broker/registry.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import type { OwnFigures } from './candidate.js';

/** @param plain the repeats of keyed-pool in the same mode on the same broker; none if it was not compared */
export function repairsOf(candidate: OwnFigures, plain: readonly RunRow[], scenario: Scenario): Candidate['repairs'] {
  if (!candidate.repairsInput) return null;
  const isFaulty = isShared(candidate, scenario) || plain.some((row) => hasLostOrder(row, scenario));
  return isFaulty ? 'behind a fault' : 'a sound bus';
}

function isShared({ broker, mode }: OwnFigures, { topics, maxAckPending }: Scenario): boolean {
  return !traitsOf(broker).isPartitioned && mode === 'multi/shared' && topics > 1 && maxAckPending > 1;
}

/** Causes that are a fault of the bus, or of what feeds it, whatever fails or is done to a run. */
const faults: readonly string[] = [
  'shared-durable',
  'competing-pullers',
  'concurrent-publishers',
  'aggregate-across-topics',
];

function hasLostOrder({ origins, causes, outcome }: RunRow, { handlerFailShare, disturb }: Scenario): boolean {
  if (outcome === 'inconclusive' && causes.some(({ id, latent }) => latent && faults.includes(id))) return true;
  if (origins.publish + origins.store > 0) return true;
  const mayBeDeliveredAgain = handlerFailShare > 0 || disturb.length > 0;
  return !mayBeDeliveredAgain && origins.deliver + origins.submit > 0;
}
