/** What was asked for and had no effect, or met no pair at risk, shows nothing of the bus. */
import { describe, expect, it } from 'vitest';
import type { Disturbance } from '../../src/domain/scenario/disturbance.js';
import { notExercised } from '../../src/judge/not-exercised.js';
import { claims, evidence, queueClaim, queueEvidence, survivesAll } from './support.js';

const crash: Disturbance = { kind: 'crash', forMs: 300, at: 0.5 };
const came = (effects: number, metInFlight: number, metWaiting = 0) => ({
  what: 'crash',
  effects,
  metInFlight,
  metWaiting,
});

describe('a disturbance', () => {
  it('is fine if its effect met a pair in flight', () => {
    expect(notExercised(claims({ disturb: [crash] }), evidence({ disturbances: [came(9, 1)] }))).toEqual([]);
  });

  it('is told if it had no effect, and if none was recorded', () => {
    const none = [
      { kind: 'not-exercised', of: 'crash', numbers: { effects: 0, metAtRisk: 0 }, detail: 'crash:300ms@50%' },
    ];
    expect(notExercised(claims({ disturb: [crash] }), evidence({ disturbances: [came(0, 0)] }))).toEqual(none);
    expect(notExercised(claims({ disturb: [crash] }), evidence())).toEqual(none);
  });

  it('is told if its effects met no pair at risk', () => {
    const reasons = notExercised(claims({ disturb: [crash] }), evidence({ disturbances: [came(9, 0)] }));
    expect(reasons).toMatchObject([{ of: 'crash', numbers: { effects: 9, metAtRisk: 0 } }]);
  });

  it('may meet a pair that waits, where every queue lets out one at a time', () => {
    const disturbances = [came(9, 0, 1)];
    expect(notExercised(claims({ disturb: [crash] }), evidence({ disturbances }))).toHaveLength(1);
    const oneByOne = claims({ disturb: [crash], queues: [queueClaim({ limit: 1 })] });
    expect(notExercised(oneByOne, evidence({ disturbances }))).toEqual([]);
  });

  it('is one of several of its kind, in their order', () => {
    const twice = claims({ disturb: [crash, { ...crash, at: 0.9 }] });
    const reasons = notExercised(twice, evidence({ disturbances: [came(9, 1), came(0, 0)] }));
    expect(reasons.map(({ detail }) => detail)).toEqual(['crash:300ms@90%']);
  });
});

describe('handlers that are to fail', () => {
  const failing = claims({ handlerFailShare: 0.01 });
  const failed = (count: number, metInFlight: number) =>
    evidence({ queues: [queueEvidence({}, { failure: { count, metInFlight, metWaiting: 0 } })] });

  it('are fine if a failure met a pair in flight', () => {
    expect(notExercised(failing, failed(3, 1))).toEqual([]);
  });

  it('are told if a failure met one and its redelivery did not, which the strategy does not claim to survive', () => {
    const survives = { ...survivesAll, redelivery: false };
    const firstPass = { ...failing, guarantee: { order: 'per-aggregate, first pass', survives } as const };
    expect(notExercised(firstPass, failed(3, 1))).toMatchObject([{ of: 'handler-fail', numbers: { effects: 3 } }]);
    const came = { failure: { count: 3, metInFlight: 1, metWaiting: 0 }, redelivery: { count: 3, metInFlight: 1, metWaiting: 0 } }; // prettier-ignore
    expect(notExercised(firstPass, evidence({ queues: [queueEvidence({}, came)] }))).toEqual([]);
  });

  it('are told if none failed, or none at a time that mattered', () => {
    for (const count of [0, 3]) {
      expect(notExercised(failing, failed(count, 0))).toEqual([
        { kind: 'not-exercised', of: 'handler-fail', numbers: { effects: count, metAtRisk: 0 }, detail: null },
      ]);
    }
  });
});
