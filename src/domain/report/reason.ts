/**
 * The reasons of an outcome: one for each kind of anomaly that decided, or for each thing that keeps a run without
 * anomalies from being a pass. A reason is data, a kind with its numbers; `report/words/reason-text.ts` is the only
 * place that puts it into words, and nothing reads those words back.
 */
import type { DisturbanceAction } from '../scenario/disturbance.js';
import type { AnomalyKind } from '../scenario/scenario.js';
import { decidingAnomalies, type DecidingCounts } from './violations.js';

/** Kinds of latent reasons: order held, and the evidence says that it held by luck. docs/CHECKER.md defines each. */
export const latentKinds = [
  'shared-source',
  'several-sources',
  'no-order-claimed',
  'not-survived',
  'several-publishers',
  'no-key',
  'overflow',
  'unsafe-publish',
  'gives-up',
  'crash-replay',
  'near-timeout',
] as const;
export type LatentKind = (typeof latentKinds)[number];

/** What a run can be asked to go through: a disturbance, or handlers that fail. */
export type Ordeal = DisturbanceAction['kind'] | 'handler-fail';

interface ReasonOf<Kind extends string, Of extends string | null, Numbers extends string> {
  readonly kind: Kind;
  /** The subkind; null where the kind has none. */
  readonly of: Of;
  readonly numbers: Readonly<Record<Numbers, number>>;
  /** Words or a setting from elsewhere: what a broker, a trace or a flag said. Shown as it is; null: there are none. */
  readonly detail: string | null;
}

/** A kind of anomaly decided against the bus. */
export type AnomalyReason = ReasonOf<'anomaly', AnomalyKind, 'count'>;

export type LatentReason =
  /** Two subscriptions took from one queue, and nothing kept an aggregate's events to one of them. */
  | ReasonOf<'latent', 'shared-source', 'inFlightPairs' | 'splitPairs' | 'sharedAggregates'>
  /** Order is promised across topics, and nothing orders the queues or logs that an aggregate's events come from. */
  | ReasonOf<'latent', 'several-sources', 'sources'>
  | ReasonOf<'latent', 'no-order-claimed', never>
  /** Each number: how often it happened while a pair at risk was open, the strategy not claiming to survive it. */
  | ReasonOf<'latent', 'not-survived', 'redelivery' | 'crash' | 'resize' | 'rebalance' | 'partitions'>
  /** Publish calls of an aggregate that began while an earlier one was open: of another publisher, of the same one. */
  | ReasonOf<'latent', 'several-publishers', 'acrossPublishers' | 'withinPublisher'>
  | ReasonOf<'latent', 'no-key', 'partitions'>
  /** What a full queue does to an event puts it out of order. `detail`: reject, inline. */
  | ReasonOf<'latent', 'overflow', never>
  /**
   * What may become of a publish that is under way when the broker restarts or refuses. `detail`: lost, given up,
   * stored twice, mixed up.
   */
  | ReasonOf<'latent', 'unsafe-publish', never>
  /** An event came so often that one failure more would have been the last that the broker grants. */
  | ReasonOf<'latent', 'gives-up', 'maxDeliver' | 'mostDeliveries'>
  /** What a member of a group handled since its last commit comes again after a crash. */
  | ReasonOf<'latent', 'crash-replay', never>
  /** `detail` names the time-out: ack wait, backoff, session time-out. */
  | ReasonOf<'latent', 'near-timeout', 'timeoutMs' | 'longestMs' | 'boundMs'>;

export type Reason =
  | AnomalyReason
  | LatentReason
  /** The broker or the mode lacks what the row needs. */
  | ReasonOf<'not-run', null, never>
  | ReasonOf<'interrupted', null, never>
  | ReasonOf<'broker-lost', null, never>
  /** Observations are missing. */
  | ReasonOf<'truncated', null, never>
  /** `detail`: what was still open. */
  | ReasonOf<'drain-incomplete', null, 'unseen'>
  /** Events whose publish was attempted never arrived, and later ones were handled. */
  | ReasonOf<'open-gaps', null, 'gaps'>
  | ReasonOf<'too-few-at-risk', null, 'atRiskPairs' | 'wanted' | 'contestedPairs' | 'pairs'>
  /**
   * What was asked for had no effect that could be seen (`effects` is 0), or met no pair at risk. `detail`: the flag's
   * value.
   */
  | ReasonOf<'not-exercised', Ordeal, 'effects' | 'metAtRisk'>
  /** Words of a report of schema version 1. */
  | ReasonOf<'told', null, never>;

/** A reason that has no numbers. */
export function plainReason(
  kind: 'not-run' | 'interrupted' | 'broker-lost' | 'truncated' | 'told',
  detail: string | null = null,
): Reason {
  return { kind, of: null, numbers: {}, detail };
}

/** One reason for each kind that decides against the bus. @param allow kinds that do not decide */
export function anomalyReasons(counts: DecidingCounts, allow: readonly AnomalyKind[]): AnomalyReason[] {
  return decidingAnomalies(counts)
    .filter(([kind, count]) => count > 0 && !allow.includes(kind))
    .map(([of, count]) => ({ kind: 'anomaly', of, numbers: { count }, detail: null }));
}
