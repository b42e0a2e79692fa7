/** What each mechanism leaves behind wherever it breaks order: the sign by which a claim is refuted if it is missing. */
import type { ExplainedKind } from '../../domain/report/anomaly-signature.js';
import type { ClaimSign } from '../../domain/report/claim-answer.js';
import type { RunRow } from '../../domain/report/run-report.js';

interface Seen {
  /** How often the sign was seen. */
  readonly count: number;
  /** Of how many. */
  readonly of: number;
}

export const seenOf: Readonly<Record<ClaimSign, (row: RunRow) => Seen>> = {
  misroutes: ({ counts }) => ({ count: counts.misroutes, of: counts.delivered }),
  'held-by-two': ({ exposure }) => ({ count: exposure.splitPairs, of: exposure.inFlightPairs }),
  'behind-higher-in-log': ({ counts, origins }) => ({
    count: counts.storeInversions + origins.publish + origins.store,
    of: counts.published,
  }),
  'split-keys': ({ counts, aggregatesTotal }) => ({ count: counts.splitKeys, of: aggregatesTotal }),
  'stored-twice': ({ counts }) => ({ count: counts.duplicates.storedTwice, of: counts.published }),
  disorder: ({ counts: { regressions, duplicates, overlaps, completionInversions, published } }) => ({
    // What is handled again because its handling had failed is no anomaly.
    count: regressions + duplicates.total - duplicates.redone + overlaps + completionInversions,
    of: published,
  }),
  'lost-in-lanes': ({ counts, origins, exposure }) => ({
    count: origins.start + counts.overlaps + counts.completionInversions,
    of: exposure.inFlightPairs,
  }),
  'lost-at-submit': ({ origins, exposure }) => ({ count: origins.submit, of: exposure.inFlightPairs }),
  lost: ({ counts }) => ({ count: counts.lost, of: counts.acked }),
};

export interface Mechanism {
  readonly sign: ClaimSign;
  /** The kinds of anomalies that it can cause. */
  readonly kinds: readonly ExplainedKind[];
}

const pairs = ['regressions', 'overlaps', 'completionInversions'] as const;

const inLog: Mechanism = { sign: 'behind-higher-in-log', kinds: ['regressions', 'storeInversions'] };
const overPartitions: Mechanism = { sign: 'split-keys', kinds: [...pairs, 'splitKeys'] };
const again: Mechanism = { sign: 'disorder', kinds: [...pairs, 'duplicates'] };
const inLanes: Mechanism = { sign: 'lost-in-lanes', kinds: pairs };
const never: Mechanism = { sign: 'lost', kinds: ['lost'] };

export const mechanisms: Readonly<Record<string, Mechanism>> = {
  'concurrent-publishers': inLog,
  'version-before-send': inLog,
  'publish-retry': inLog,
  'client-overtakes': inLog,
  'publish-retry-duplicate': { sign: 'stored-twice', kinds: ['duplicates'] },
  'missing-key': overPartitions,
  'partitioner-mismatch': overPartitions,
  'partition-expansion': overPartitions,
  'aggregate-across-topics': { sign: 'disorder', kinds: pairs },
  'shared-durable': { sign: 'misroutes', kinds: pairs },
  'competing-pullers': { sign: 'held-by-two', kinds: pairs },
  'rebalance-overlap': again,
  'timeout-zombie': again,
  'nak-behind-batch': again,
  'failure-unanswered': again,
  'give-back': again,
  'offset-replay': again,
  'backoff-overrides-ack-wait': again,
  'ack-wait-expiry': again,
  'prefetch-aging': again,
  'missing-ack': again,
  'crash-redelivery': again,
  'reconnect-redelivery': again,
  // It breaks no order, so it is named or nothing was seen of it.
  'dead-client-holds-pending': { sign: 'disorder', kinds: [] },
  'rebalance-replay': again,
  'session-shorter-than-handler': again,
  'overflow-reject': again,
  'overflow-fallback': inLanes,
  'pool-resize': inLanes,
  'unkeyed-pool': inLanes,
  'unawaited-handler': inLanes,
  'retry-at-tail': inLanes,
  'dedupe-window': never,
  'max-deliver-skip': never,
  'ack-before-handling': never,
  'ack-without-success': never,
  'commit-past-failure': never,
};
