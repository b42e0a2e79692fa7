/** A reason of every kind that there is. A kind that is added and missing here does not compile. */
import type { LatentKind, Reason } from '../../src/domain/report/reason.js';

const latent: { readonly [Of in LatentKind]: Extract<Reason, { of: Of }> } = {
  'shared-source': {
    ...{ kind: 'latent', of: 'shared-source', detail: null },
    numbers: { inFlightPairs: 4100, splitPairs: 3217, sharedAggregates: 50 },
  },
  'several-sources': { kind: 'latent', of: 'several-sources', numbers: { sources: 5 }, detail: null },
  'no-order-claimed': { kind: 'latent', of: 'no-order-claimed', numbers: {}, detail: null },
  'not-survived': {
    ...{ kind: 'latent', of: 'not-survived', detail: null },
    numbers: { redelivery: 3, crash: 1, resize: 0, rebalance: 0, partitions: 0 },
  },
  'several-publishers': {
    ...{ kind: 'latent', of: 'several-publishers', detail: null },
    numbers: { acrossPublishers: 7, withinPublisher: 1 },
  },
  'no-key': { kind: 'latent', of: 'no-key', numbers: { partitions: 3 }, detail: null },
  overflow: { kind: 'latent', of: 'overflow', numbers: {}, detail: 'inline' },
  'unsafe-publish': { kind: 'latent', of: 'unsafe-publish', numbers: {}, detail: 'stored twice' },
  'gives-up': { kind: 'latent', of: 'gives-up', numbers: { maxDeliver: 3, mostDeliveries: 2 }, detail: null },
  'crash-replay': { kind: 'latent', of: 'crash-replay', numbers: {}, detail: null },
  'near-timeout': {
    ...{ kind: 'latent', of: 'near-timeout', detail: 'ack wait' },
    numbers: { timeoutMs: 100, longestMs: 81.4, boundMs: 2000 },
  },
};

const others: { readonly [Kind in Exclude<Reason['kind'], 'latent'>]: Extract<Reason, { kind: Kind }> } = {
  anomaly: { kind: 'anomaly', of: 'regression', numbers: { count: 428 }, detail: null },
  'not-run': { kind: 'not-run', of: null, numbers: {}, detail: 'it has no groups' },
  interrupted: { kind: 'interrupted', of: null, numbers: {}, detail: null },
  'broker-lost': { kind: 'broker-lost', of: null, numbers: {}, detail: null },
  truncated: { kind: 'truncated', of: null, numbers: {}, detail: 'lines of this row are missing' },
  'drain-incomplete': { kind: 'drain-incomplete', of: null, numbers: { unseen: 12 }, detail: 'time-out after 30 s' },
  'open-gaps': { kind: 'open-gaps', of: null, numbers: { gaps: 300 }, detail: null },
  'too-few-at-risk': {
    ...{ kind: 'too-few-at-risk', of: null, detail: null },
    numbers: { atRiskPairs: 12, wanted: 30, contestedPairs: 40, pairs: 90 },
  },
  'not-exercised': {
    ...{ kind: 'not-exercised', of: 'crash', detail: 'crash:300ms@98%' },
    numbers: { effects: 1, metAtRisk: 0 },
  },
  told: { kind: 'told', of: null, numbers: {}, detail: 'none of 9 pairs was contested' },
};

export const everyReason: readonly Reason[] = [...Object.values(others), ...Object.values(latent)];
