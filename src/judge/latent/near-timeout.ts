/**
 * The latent reason "a time-out of the broker nearly expired". An ack wait, or a step of a backoff, is compared with
 * the longest time from a delivery to its ack, a session time-out with the longest time without a heartbeat; it is
 * close if it is less than three times as long. A time below a floor is close in any case: in the simulator, whose
 * latencies do not grow with the load, two seconds; on a server a quarter of one, since there the longest time of a run
 * was 35 to 95 ms in eight runs of one scenario. An ack wait is also compared with the longest handling that another run might draw.
 */
import type { Claims, QueueClaim } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { Evidence, QueueEvidence } from '../../domain/report/verdict.js';
import { judgedQueues } from '../judged-queues.js';

const nearFactor = 3;
const nearMs = { virtual: 2_000, wall: 250 } as const;

interface Timed {
  readonly what: string;
  readonly timeoutMs: number;
  readonly longestMs: number;
  /** Longest handling that another run may draw, in milliseconds. */
  readonly tailMs: number;
}

export function nearTimeout(claims: Claims, evidence: Evidence): LatentReason[] {
  const boundMsOf = ({ longestMs, tailMs }: Timed): number =>
    Math.max(nearFactor * longestMs, longestMs + tailMs, nearMs[claims.clock]);
  const near = judgedQueues(claims, evidence)
    .flatMap(({ claim, seen }) => timedOf(claim, seen, claims.handlerTailMs ?? 0))
    .filter((timed) => timed.timeoutMs < boundMsOf(timed));
  return [...new Set(near.map(({ what }) => what))].map((what) => {
    const nearest = near.filter((timed) => timed.what === what).reduce((a, b) => (marginOf(b) < marginOf(a) ? b : a));
    const { timeoutMs, longestMs } = nearest;
    const numbers = { timeoutMs, longestMs, boundMs: boundMsOf(nearest) };
    return { kind: 'latent', of: 'near-timeout', numbers, detail: what };
  });
}

function timedOf(claim: QueueClaim, { longestUnackedMs, longestHeartbeatMs }: QueueEvidence, tailMs: number): Timed[] {
  const { ackTimeoutMs, ackTimeoutIs, sessionTimeoutMs } = claim;
  return [
    ...(ackTimeoutMs === null || longestUnackedMs === null
      ? []
      : [{ what: ackTimeoutIs, timeoutMs: ackTimeoutMs, longestMs: longestUnackedMs, tailMs }]),
    ...(sessionTimeoutMs === null || longestHeartbeatMs === null
      ? []
      : [{ what: 'session time-out', timeoutMs: sessionTimeoutMs, longestMs: longestHeartbeatMs, tailMs: 0 }]),
  ];
}

function marginOf({ timeoutMs, longestMs }: Timed): number {
  return timeoutMs - nearFactor * longestMs;
}
