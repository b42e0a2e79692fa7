/** What a strategy does not claim to survive is luck where it met a pair at risk. */
import { describe, expect, it } from 'vitest';
import { notSurvived } from '../../../src/judge/latent/not-survived.js';
import type { DisruptionKind } from '../../../src/domain/report/verdict.js';
import { claims, evidence, queueClaim, queueEvidence, survivesAll, survivesNothing, told } from '../support.js';

const threats = ['redelivery', 'crash', 'resize', 'rebalance', 'partitions'] as const;
const none = { redelivery: 0, crash: 0, resize: 0, rebalance: 0, partitions: 0 };
const fragile = claims({ guarantee: { order: 'per-aggregate', survives: survivesNothing } });

function seen(kind: DisruptionKind, metInFlight: number, metWaiting = 0) {
  return evidence({ queues: [queueEvidence({}, { [kind]: { count: 7, metInFlight, metWaiting } })] });
}

describe('what happened in the middle of a run', () => {
  it.each(threats)('is told: %s, unless the strategy claims to survive it', (threat) => {
    expect(told(notSurvived(fragile, seen(threat, 2)))).toEqual([['not-survived', { ...none, [threat]: 2 }]]);
    const survives = { ...survivesNothing, [threat]: true };
    expect(notSurvived(claims({ guarantee: { order: 'total', survives } }), seen(threat, 2))).toEqual([]);
    const others = { ...survivesAll, [threat]: false };
    expect(notSurvived(claims({ guarantee: { order: 'total', survives: others } }), seen(threat, 2))).toHaveLength(1);
  });

  it('is nothing where no pair was at risk', () => {
    expect(notSurvived(fragile, seen('redelivery', 0))).toEqual([]);
  });

  it('counts a pair that waits at the broker only where the queue lets out one at a time', () => {
    const oneByOne = { ...fragile, queues: [queueClaim({ limit: 1 })] };
    expect(notSurvived(fragile, seen('crash', 0, 3))).toEqual([]);
    expect(told(notSurvived(oneByOne, seen('crash', 0, 3)))).toEqual([['not-survived', { ...none, crash: 3 }]]);
  });

  it('is not survived by a strategy of which nothing is known', () => {
    expect(notSurvived(claims({ guarantee: null }), seen('crash', 1))).toHaveLength(1);
  });

  it.each([
    ['crash', 'crash'],
    ['workers', 'resize'],
    ['join', 'rebalance'],
    ['leave', 'rebalance'],
    ['stall', 'rebalance'],
    ['partitions', 'partitions'],
  ] as const)('is told by the effects of a disturbance, too: %s is a %s', (what, threat) => {
    const effects = (metInFlight: number, metWaiting = 0) =>
      evidence({ disturbances: [{ what, effects: 4, metInFlight, metWaiting }] });
    expect(told(notSurvived(fragile, effects(1)))).toEqual([['not-survived', { ...none, [threat]: 1 }]]);
    expect(notSurvived(fragile, effects(0, 1))).toEqual([]);
    expect(notSurvived({ ...fragile, queues: [queueClaim({ limit: 1 })] }, effects(0, 1))).toHaveLength(1);
    const survives = { ...survivesNothing, [threat]: true };
    expect(notSurvived(claims({ guarantee: { order: 'total', survives } }), effects(1))).toEqual([]);
  });

  it('does not count a failure by itself: what comes of it is a redelivery, or nothing', () => {
    expect(notSurvived(fragile, seen('failure', 5))).toEqual([]);
  });
});
