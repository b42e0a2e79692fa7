/**
 * The causes that a record can show by itself, in the order in which they may claim an anomaly. The others have no rule,
 * since what tells them is no line of a record: that partitions were given out anew, that a service died, that a client
 * sent again, how long an ack wait is, which topics a subscription is there for.
 */
import type { AnomalySignature } from '../../domain/report/anomaly-signature.js';
import { causeEvidence, countWhere, remedy, sumOf } from '../cause-rule.js';
import { competingPullersCause } from '../causes/fetching.js';
import { missingKeyCause, partitionerMismatchCause } from '../causes/key-split.js';
import { retryAtTailCause, unawaitedHandlerCause, unkeyedPoolCause } from '../causes/lanes.js';
import { concurrentPublishersCause } from '../causes/log.js';
import { ackBeforeHandlingCause, ackWithoutSuccessCause } from '../causes/loss.js';
import { followersIn } from './conditions.js';
import { isBehindLog, isInOneLane, mayBeSplit, mayBeWithinBus, mayLieInLog } from './may-be.js';
import type { ConditionAgainst, NeedAgainst, RecordRule } from './record-rule.js';

const splitKeyCauses = ['missing-key', 'partitioner-mismatch', 'partition-expansion'];
const oneSender = ['version-before-send', 'publish-retry', 'client-overtakes'];
const fetchers = ['shared-durable', 'competing-pullers', 'rebalance-overlap'];
const failures = ['nak-behind-batch', 'failure-unanswered', 'offset-replay'];
const expiries = ['ack-wait-expiry', 'prefetch-aging', 'backoff-overrides-ack-wait'];

/** What every cause asks of a record: without it what is missing was perhaps not written, and what is there is two things. */
const sound: readonly ConditionAgainst[] = [
  { is: 'dense', against: [] },
  { is: 'all-read', against: [] },
  { is: 'one-source', against: [] },
  { is: 'topics-named', against: ['aggregate-across-topics'] },
  { is: 'published-once', against: ['publish-retry', 'publish-retry-duplicate'] },
];
const joined: ConditionAgainst = { is: 'all-joined', against: [] };
const oneQueue: ConditionAgainst = { is: 'one-queue', against: [] };

const publisher: NeedAgainst = { lines: ['publish'], fields: ['publisher'], against: oneSender };
const place: NeedAgainst = { lines: ['deliver', 'acked'], fields: ['position', 'partition'], against: splitKeyCauses };
const ofPublishers: readonly ConditionAgainst[] = [...sound, { is: 'published-first', against: [] }];

const concurrentPublishers: RecordRule = {
  id: concurrentPublishersCause.id,
  kinds: ['regressions', 'storeInversions'],
  needs: [publisher, place],
  conditions: ofPublishers,
  confidence: 'certain',
  remedy: remedy('one-publisher'),
  matches: (signature, seen) => concurrentPublishersCause.matches(signature, seen),
  mayBe: (signature, lacks) => mayLieInLog(signature, lacks('publisher')),
  evidence: (_seen, { storeInversions, regressions }) => [
    causeEvidence('stored-behind-other-publisher', Math.max(storeInversions, regressions)),
    causeEvidence('log-out-of-order'),
  ],
};

const missingKey: RecordRule = {
  id: missingKeyCause.id,
  kinds: ['regressions', 'overlaps', 'completionInversions', 'splitKeys'],
  needs: [
    { ...publisher, against: ['partitioner-mismatch'] },
    { ...place, against: [] },
  ],
  conditions: [...ofPublishers, { is: 'many-moves', against: ['partition-expansion', 'partitioner-mismatch'] }],
  confidence: 'likely',
  remedy: remedy('key-by-aggregate'),
  matches: (signature, seen) => missingKeyCause.matches(signature, seen),
  mayBe: mayBeSplit,
  evidence: (seen) => [
    causeEvidence('changed-partition-often', seen.evidence.partitionSwitches, seen.counts.splitKeys),
    causeEvidence(
      'back-to-a-partition',
      countWhere(seen, (one) => one.kind === 'splitKeys' && one.returns),
      seen.counts.splitKeys,
    ),
    causeEvidence('no-order-between-partitions'),
  ],
};

const partitionerMismatch: RecordRule = {
  id: partitionerMismatchCause.id,
  kinds: missingKey.kinds,
  needs: [
    { ...publisher, against: ['missing-key'] },
    { ...place, against: [] },
  ],
  conditions: [...ofPublishers, { is: 'publishers-alternate', against: ['partition-expansion', 'missing-key'] }],
  confidence: 'likely',
  remedy: remedy('one-partitioner'),
  matches: (signature, seen) => partitionerMismatchCause.matches(signature, seen),
  mayBe: mayBeSplit,
  evidence: ({ counts, signatures }) => [
    causeEvidence('partition-by-publisher', counts.splitKeys),
    causeEvidence('followed-into-partition', followersIn(signatures)),
  ],
};

const delivered: NeedAgainst = {
  lines: ['deliver'],
  fields: ['position', 'partition'],
  against: [...splitKeyCauses, 'concurrent-publishers', ...oneSender],
};

const competingPullers: RecordRule = {
  id: competingPullersCause.id,
  kinds: ['regressions', 'overlaps', 'completionInversions'],
  needs: [
    delivered,
    { lines: ['deliver'], fields: ['subscription'], against: ['unkeyed-pool', 'unawaited-handler'] },
    { lines: ['deliver'], fields: ['deliveryCount'], against: ['rebalance-overlap'] },
    { lines: ['start', 'handled'], fields: [], against: [] },
  ],
  conditions: [
    ...sound,
    joined,
    oneQueue,
    { is: 'one-topic', against: ['shared-durable'] },
    { is: 'to-and-fro', against: [] },
    { is: 'never-again', against: [...failures, ...expiries, 'timeout-zombie', 'crash-redelivery'] },
  ],
  // A subscription may be there for a topic of which the record has no event.
  confidence: 'likely',
  remedy: remedy('one-puller'),
  matches: (signature, seen) => competingPullersCause.matches(signature, seen),
  mayBe: (signature, lacks) => isBehindLog(signature) && (lacks('subscription') || !signature.sameSubscription),
  evidence: (_seen, explained) => [
    causeEvidence('fetched-by-two-subscriptions', sumOf(explained)),
    causeEvidence('never-delivered-again'),
  ],
};

/** By what events are known to have been fetched by one subscription, in order, for the bus of one process. */
const withinBus: readonly NeedAgainst[] = [
  delivered,
  { lines: ['deliver'], fields: ['subscription'], against: fetchers },
  { lines: ['start'], fields: ['process'], against: ['competing-pullers'] },
  { lines: ['finish'], fields: [], against: [] },
];
const ofBus: readonly ConditionAgainst[] = [
  ...sound,
  joined,
  oneQueue,
  { is: 'one-process', against: ['competing-pullers'] },
];

const unkeyedPool: RecordRule = {
  id: unkeyedPoolCause.id,
  kinds: ['regressions', 'overlaps', 'completionInversions'],
  needs: [...withinBus, { lines: ['start'], fields: ['lane'], against: ['unawaited-handler'] }],
  conditions: [...ofBus, { is: 'wandering-lanes', against: ['pool-resize', 'overflow-fallback'] }],
  // How many lanes there are is in no line.
  confidence: 'likely',
  remedy: remedy('lane-by-aggregate'),
  matches: (signature, seen) => unkeyedPoolCause.matches(signature, seen),
  mayBe: (signature, lacks) => mayBeWithinBus(signature, lacks, !lacks('lane') && isInOneLane(signature)),
  evidence: (_seen, { regressions, overlaps }, { lanes }) => [
    ...(regressions > 0 ? [causeEvidence('delivered-in-order-to-lanes', regressions)] : []),
    ...(overlaps > 0 ? [causeEvidence('ran-at-once-in-lanes', overlaps)] : []),
    causeEvidence('went-to-a-third-lane', lanes.wandering, lanes.thirds),
  ],
};

const unawaitedHandler: RecordRule = {
  id: unawaitedHandlerCause.id,
  kinds: ['regressions', 'overlaps', 'completionInversions'],
  needs: [...withinBus, { lines: ['start'], fields: ['lane'], against: ['unkeyed-pool', 'pool-resize'] }],
  conditions: [...ofBus, { is: 'never-again', against: ['timeout-zombie', 'retry-at-tail', ...failures, ...expiries] }],
  confidence: 'likely',
  remedy: remedy('await-handler'),
  matches: (signature, seen) => unawaitedHandlerCause.matches(signature, seen),
  mayBe: (signature, lacks) => mayBeWithinBus(signature, lacks, !lacks('lane') && !isInOneLane(signature)),
  evidence: (_seen, { overlaps }) => [
    causeEvidence('ran-at-once-in-one-lane', overlaps),
    causeEvidence('never-delivered-again'),
  ],
};

const retryAtTail: RecordRule = {
  id: retryAtTailCause.id,
  kinds: ['completionInversions'],
  needs: [
    ...withinBus,
    { lines: ['start'], fields: ['lane'], against: ['unkeyed-pool', 'pool-resize', 'overflow-fallback'] },
    { lines: ['deliver'], fields: ['delivery'], against: failures },
    { lines: ['start'], fields: ['delivery'], against: failures },
    { lines: ['finish'], fields: ['delivery'], against: failures },
  ],
  conditions: ofBus,
  confidence: 'likely',
  remedy: remedy('retry-in-place'),
  matches: (signature, seen) => retryAtTailCause.matches(signature, seen),
  mayBe: (signature, lacks) =>
    mayBeWithinBus(
      signature,
      lacks,
      !lacks('delivery') && signature.kind === 'completionInversions' && !signature.retried,
    ),
  evidence: (_seen, { completionInversions }) => [
    causeEvidence('retried-behind-others', completionInversions),
    causeEvidence('not-lost-at-deliver'),
  ],
};

const untilAcked: readonly NeedAgainst[] = [
  { lines: ['publish'], fields: [], against: [] },
  { lines: ['deliver'], fields: [], against: [] },
  { lines: ['finish'], fields: [], against: [] },
  { lines: ['ack'], fields: [], against: ['max-deliver-skip', 'commit-past-failure'] },
];

/**
 * What was thrown away on purpose is acknowledged as well, and never started. So a cause is named only where a handling of
 * an acknowledged event began in vain.
 */
function isDiscarded(signature: AnomalySignature): boolean {
  return signature.kind === 'lost' && signature.state === 'discarded';
}

const ackWithoutSuccess: RecordRule = {
  id: ackWithoutSuccessCause.id,
  kinds: ['lost'],
  needs: untilAcked,
  conditions: [...sound, joined, oneQueue],
  // What failed may have been sent on to another topic, and handled there.
  confidence: 'likely',
  remedy: remedy('ack-success-only'),
  matches: (signature, seen) => ackWithoutSuccessCause.matches(signature, seen),
  mayBe: () => true,
  evidence: ({ counts }, { lost }) => [causeEvidence('lost-acked-after-failure', lost, counts.lost)],
};

const ackBeforeHandling: RecordRule = {
  id: ackBeforeHandlingCause.id,
  kinds: ['lost'],
  needs: untilAcked,
  conditions: [
    ...sound,
    joined,
    oneQueue,
    { is: 'acked-first', against: ['ack-without-success'] },
    { is: 'begun-in-vain', against: [] },
  ],
  confidence: 'likely',
  remedy: remedy('ack-after-handling'),
  matches: (signature, seen) => !isDiscarded(signature) && ackBeforeHandlingCause.matches(signature, seen),
  mayBe: () => true,
  evidence: ({ counts }, { lost }, { acks }) => [
    causeEvidence('lost-acked-early', lost, counts.lost),
    causeEvidence('acked-before-start', acks.beforeStart),
  ],
};

export const recordRules: readonly RecordRule[] = [
  partitionerMismatch,
  missingKey,
  concurrentPublishers,
  competingPullers,
  unkeyedPool,
  unawaitedHandler,
  retryAtTail,
  ackBeforeHandling,
  ackWithoutSuccess,
];
