/** The mechanisms that break no order and keep events from being delivered. They are latent, with nothing to explain. */
import { causeEvidence, remedy, type CauseRule, type ObservedRun } from '../cause-rule.js';

/** Shorter ones are not told: a broker may take its time. */
const leastMs = 500;

/**
 * Signature: after a service had died, nothing was delivered though events waited and nothing was in hand, and what came
 * first after that were events that came again.
 */
export const deadClientCause: CauseRule = {
  id: 'dead-client-holds-pending',
  matches: () => false,
  isLatent: ({ evidence: { silence } }: ObservedRun) =>
    silence !== null && silence.waited > 0 && silence.forMs >= leastMs,
  describe: ({ evidence: { silence } }) => ({
    confidence: 'likely',
    evidence: [
      causeEvidence('nothing-delivered-for', silence?.forMs ?? 0),
      causeEvidence('waited-at-broker', silence?.waited ?? 0),
      causeEvidence('nothing-in-hand'),
    ],
    refutes: [],
    remedy: remedy('more-pending'),
  }),
};
