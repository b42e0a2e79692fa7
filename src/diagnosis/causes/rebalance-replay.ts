/**
 * The cause "a partition went to a new owner, which began at the committed position and handled again what had been
 * handled since". Signature: events came again from the same log place, groups rebalanced in the middle of the run, and
 * no handling had been sent back.
 */
import { causeEvidence, remedy, type CauseRule, type ObservedRun } from '../cause-rule.js';

function isReplay({ verdict, facts }: ObservedRun): boolean {
  return facts.rebalances > 0 && facts.naks === 0 && verdict.counts.duplicates.redelivered > 0;
}

export const rebalanceReplayCause: CauseRule = {
  id: 'rebalance-replay',
  matches: (pair, seen) => pair.lateRedelivered && pair.origin === 'deliver' && isReplay(seen),
  alsoExplains: (seen) => ({ duplicates: isReplay(seen) ? seen.verdict.counts.duplicates.redelivered : 0 }),
  isLatent: () => false,
  describe: ({ facts }, { duplicates }) => ({
    confidence: 'likely',
    evidence: [causeEvidence('same-offset-again', duplicates, facts.rebalances), causeEvidence('no-handler-failed')],
    refutes: ['publish-retry-duplicate', 'missing-ack'],
    remedy: remedy('commit-more-often'),
  }),
};
