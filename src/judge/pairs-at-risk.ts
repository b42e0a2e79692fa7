/**
 * Counts the pairs at risk: those that the bus held at the same time, and those of which a queue with a limit of one
 * held the second event back until the first was done. There, letting one event out at a time is the mechanism that
 * keeps order, and it was at work.
 */
import type { Claims } from '../domain/report/claims.js';
import type { Exposure, Verdict } from '../domain/report/verdict.js';
import { judgedQueues, letsOutOneByOne } from './judged-queues.js';

export function exposureWithHeldBackPairs(claims: Claims, { exposure, evidence }: Verdict): Exposure {
  const heldBackPairs = judgedQueues(claims, evidence)
    .filter(({ claim }) => letsOutOneByOne(claim))
    .reduce((sum, { seen }) => sum + seen.alonePairs, 0);
  return { ...exposure, heldBackPairs, atRiskPairs: exposure.inFlightPairs + heldBackPairs };
}
