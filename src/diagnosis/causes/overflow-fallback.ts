/**
 * A full queue makes events run outside the lanes. Signature: submitted or delivered in order, and one of the pair ran
 * outside the lanes; order was lost at start.
 */
import type { CauseRule } from '../cause-rule.js';

export const overflowFallback: CauseRule = {
  id: 'overflow-fallback',
  matches: (pair) => pair.origin === 'start' && pair.outsideLanes && !pair.lateRedelivered,
  isLatent: () => false,
  describe: (_seen, { regressions }) => ({
    confidence: 'certain',
    evidence: [
      `in ${regressions} pairs one event ran outside the lanes and overtook the other, which was still queued`,
    ],
    refutes: ['unkeyed-pool'],
    remedy: 'let a full queue block the subscription (--overflow block) instead of handling the event on the spot',
  }),
};
