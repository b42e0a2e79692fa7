/** A time-out that lies within three times what it times is luck; in the simulator, within two seconds too. */
import { describe, expect, it } from 'vitest';
import { nearTimeout } from '../../../src/judge/latent/near-timeout.js';
import type { Claims } from '../../../src/domain/report/claims.js';
import { claims, evidence, queueClaim, queueEvidence, told } from '../support.js';

const acked = (ackTimeoutMs: number | null, of: Partial<Claims> = {}): Claims =>
  claims({ queues: [queueClaim({ ackTimeoutMs })], ...of });
const seen = (longestUnackedMs: number | null) => evidence({ queues: [queueEvidence({ longestUnackedMs })] });

describe('an ack wait', () => {
  it('is near below three times the longest time to an ack', () => {
    expect(nearTimeout(acked(2_999), seen(1_000))).toEqual([
      { kind: 'latent', of: 'near-timeout', numbers: { timeoutMs: 2_999, longestMs: 1_000, boundMs: 3_000 }, detail: 'ack wait' },
    ]); // prettier-ignore
    expect(nearTimeout(acked(3_000), seen(1_000))).toEqual([]);
  });

  it('is near below two seconds in the simulator, whatever was seen', () => {
    expect(nearTimeout(acked(1_999, { clock: 'virtual' }), seen(1))[0]?.numbers).toMatchObject({ boundMs: 2_000 });
    expect(nearTimeout(acked(2_000, { clock: 'virtual' }), seen(1))).toEqual([]);
    expect(nearTimeout(acked(2_999, { clock: 'virtual' }), seen(1_000))).toHaveLength(1);
  });

  it('is near below a quarter of a second on a server, whose longest time differs from run to run', () => {
    expect(nearTimeout(acked(249), seen(1))[0]?.numbers).toMatchObject({ boundMs: 250 });
    expect(nearTimeout(acked(250), seen(1))).toEqual([]);
  });

  it('is named a backoff where a step of it is shorter', () => {
    const backoff = claims({ queues: [queueClaim({ ackTimeoutMs: 100, ackTimeoutIs: 'backoff' })] });
    expect(nearTimeout(backoff, seen(50))[0]?.detail).toBe('backoff');
  });

  it('is not asked of a consumer without acks, nor where nothing was acknowledged', () => {
    expect(nearTimeout(acked(null), seen(1_000))).toEqual([]);
    expect(nearTimeout(acked(10), seen(null))).toEqual([]);
  });
});

describe('a session', () => {
  const member = claims({ queues: [queueClaim({ protocol: 'kafka', ackTimeoutMs: null, sessionTimeoutMs: 6_000 })] });
  const beats = (longestHeartbeatMs: number | null) =>
    evidence({ queues: [queueEvidence({ longestHeartbeatMs, longestUnackedMs: 50_000 })] });

  it('is near below three times the longest time without a heartbeat', () => {
    expect(nearTimeout(member, beats(2_001))).toMatchObject([
      { detail: 'session time-out', numbers: { boundMs: 6_003 } },
    ]);
    expect(nearTimeout(member, beats(2_000))).toEqual([]);
    expect(nearTimeout(member, beats(null))).toEqual([]);
  });
});

it('tells once of each time-out, by the queue that came nearest', () => {
  const queues = [queueClaim({ name: 'a', ackTimeoutMs: 900 }), queueClaim({ name: 'b', ackTimeoutMs: 900 })];
  const both = [
    queueEvidence({ queue: 'a', longestUnackedMs: 400 }),
    queueEvidence({ queue: 'b', longestUnackedMs: 800 }),
  ];
  const reasons = nearTimeout(claims({ queues }), evidence({ queues: both }));
  expect(reasons.map(({ numbers }) => numbers)).toEqual([{ timeoutMs: 900, longestMs: 800, boundMs: 2_400 }]);
});

it('is told of an ack wait that a handling may outlast which this run did not draw', () => {
  const queues = [queueClaim({ ackTimeoutMs: 30_000 })];
  const seen = evidence({ queues: [queueEvidence({ longestUnackedMs: 700 })] });
  const tail = (handlerTailMs: number | null): unknown[] => told(nearTimeout(claims({ queues, handlerTailMs }), seen));
  expect(tail(89_000)).toEqual([['near-timeout', { timeoutMs: 30_000, longestMs: 700, boundMs: 89_700 }]]);
  expect(tail(29_000)).toEqual([]);
  expect(tail(null)).toEqual([]);
});
