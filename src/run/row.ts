/**
 * How does what the checker, the latency recorder and the runtime know become one row of the report? The live run and
 * the check of a trace both come through here, so a row means the same in both.
 */
import type {
  BrokerInfo,
  Cause,
  ClientInfo,
  Concurrency,
  Explained,
  LatencyHistograms,
  LatencyMs,
  RunError,
  RunRow,
} from '../domain/run-report.js';
import type { RunEvents } from '../observation/run-events.js';
import type { Reason } from '../domain/reason.js';
import type { Outcome } from '../domain/scenario.js';
import type { Verdict } from '../domain/verdict.js';
import type { RowIdentity } from './row-plan.js';

export interface RowParts {
  readonly identity: RowIdentity;
  readonly broker: BrokerInfo;
  readonly client: ClientInfo;
  readonly verdict: Verdict;
  readonly judgement: { readonly outcome: Outcome; readonly reasons: readonly Reason[] };
  readonly diagnosis: { readonly causes: readonly Cause[]; readonly unexplained: Explained };
  readonly events: Pick<RunEvents, 'rebalances' | 'disturbances' | 'bufferDepthMax'>;
  readonly latencyMs: LatencyMs;
  readonly latencyHistograms: LatencyHistograms;
  readonly throughput: RunRow['throughput'];
  readonly concurrency: Concurrency;
  readonly durationMs: number;
  readonly wallDurationMs: number;
  readonly peakRssBytes: number | null;
  readonly error: RunError | null;
}

export function assembleRow(parts: RowParts): RunRow {
  const { identity, verdict, judgement, diagnosis } = parts;
  return {
    id: identity.id,
    broker: parts.broker,
    client: parts.client,
    mode: identity.mode,
    durable: identity.durable,
    strategy: identity.strategy,
    repeat: identity.repeat,
    point: identity.point,
    clock: identity.clock,
    outcome: judgement.outcome,
    reasons: judgement.reasons,
    orderJudgedAt: 'start',
    counts: verdict.counts,
    exposure: verdict.exposure,
    reordering: verdict.reordering,
    origins: verdict.origins,
    // Order that held as the strategy promises was not held by luck.
    causes: diagnosis.causes.filter(({ latent }) => !latent || judgement.outcome !== 'ordered'),
    unexplained: diagnosis.unexplained,
    rebalances: parts.events.rebalances,
    disturbances: parts.events.disturbances,
    bufferDepthMax: parts.events.bufferDepthMax,
    throughput: parts.throughput,
    latencyMs: parts.latencyMs,
    concurrency: parts.concurrency,
    latencyHistograms: parts.latencyHistograms,
    aggregates: verdict.aggregates,
    aggregatesTotal: verdict.aggregatesTotal,
    aggregatesWithAnomalies: verdict.aggregatesWithAnomalies,
    durationMs: parts.durationMs,
    wallDurationMs: parts.wallDurationMs,
    peakRssBytes: parts.peakRssBytes,
    error: parts.error,
  };
}
