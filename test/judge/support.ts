/** A sound run, judged by sound claims: each test changes the one thing that it is about. */
import type { Claims, QueueClaim } from '../../src/domain/report/claims.js';
import type { LatentReason } from '../../src/domain/report/reason.js';
import {
  disruptionKinds,
  type Disruption,
  type DisruptionKind,
  type Evidence,
  type Exposure,
  type QueueEvidence,
} from '../../src/domain/report/verdict.js';

export const survivesAll = { redelivery: true, crash: true, resize: true, rebalance: true, partitions: true };
export const survivesNothing = { redelivery: false, crash: false, resize: false, rebalance: false, partitions: false };

export function queueClaim(of: Partial<QueueClaim> = {}): QueueClaim {
  return {
    name: 'q',
    protocol: 'jetstream',
    limit: 1_000,
    isPinned: false,
    subscriptionsAtOnce: 1,
    maxDeliver: null,
    ackTimeoutMs: 30_000,
    ackTimeoutIs: 'ack wait',
    sessionTimeoutMs: null,
    ...of,
  };
}

export function claims(of: Partial<Claims> = {}): Claims {
  return {
    guarantee: { order: 'per-aggregate', survives: survivesAll },
    repairsInput: false,
    queues: [queueClaim()],
    partitions: 1,
    key: null,
    sourcesPerAggregate: 1,
    overflow: 'block',
    publishersPerAggregate: 1,
    clientKeepsSendOrder: true,
    commitsHandled: null,
    handlerTailMs: null,
    producer: null,
    disturb: [],
    handlerFailShare: 0,
    clock: 'wall',
    minAtRisk: 30,
    ...of,
  };
}

/** @param disruptions those that happened; the others did not */
export function queueEvidence(
  of: Partial<Omit<QueueEvidence, 'disruptions'>> = {},
  disruptions: Partial<Record<DisruptionKind, Disruption>> = {},
): QueueEvidence {
  const none = disruptionKinds.map((kind) => [kind, { count: 0, metInFlight: 0, metWaiting: 0 }] as const);
  return {
    queue: 'q',
    inFlightPairs: 100,
    alonePairs: 0,
    splitPairs: 0,
    sharedAggregates: 0,
    mostDeliveries: 1,
    longestUnackedMs: 10,
    longestHeartbeatMs: null,
    ...of,
    disruptions: { ...(Object.fromEntries(none) as QueueEvidence['disruptions']), ...disruptions },
  };
}

export function evidence(of: Partial<Evidence> = {}): Evidence {
  return {
    partitionSwitches: 0,
    publishOverlaps: { acrossPublishers: 0, withinPublisher: 0 },
    attemptedGaps: 0,
    givenUp: 0,
    queues: [queueEvidence()],
    timeline: {
      resizes: 0,
      rebalances: 0,
      putOuts: 0,
      memberChanges: 0,
      deaths: 0,
      produceRetries: 0,
      publisherDisconnects: 0,
      naks: 0,
      acks: 0,
      failures: 0,
      pooledPublishers: 0,
    },
    silence: null,
    disturbances: [],
    ...of,
  };
}

export function exposure(of: Partial<Exposure> = {}): Exposure {
  return {
    pairs: 200,
    contestedPairs: 150,
    inFlightPairs: 100,
    heldBackPairs: 0,
    atRiskPairs: 100,
    splitPairs: 0,
    invertedPairs: 0,
    regressionRate: { value: 0, low95: null, high95: null },
    ...of,
  };
}

/** What the reasons are of, with their numbers. */
export function told(reasons: readonly LatentReason[]): unknown[] {
  return reasons.map(({ of, numbers }) => [of, numbers]);
}
