/** A durable that gives up on an event loses it; that none failed so often was chance, once one came near. */
import { expect, it } from 'vitest';
import { givesUp } from '../../../src/judge/latent/gives-up.js';
import { claims, evidence, queueClaim, queueEvidence, told } from '../support.js';

function toldOf(maxDeliver: number | null, mostDeliveries: number | null): unknown[] {
  const seen = evidence({ queues: [queueEvidence({ mostDeliveries })] });
  return told(givesUp(claims({ queues: [queueClaim({ maxDeliver })] }), seen, []));
}

it('is told where one delivery more would have been the last', () => {
  expect(toldOf(2, 2)).toEqual([['gives-up', { maxDeliver: 2, mostDeliveries: 2 }]]);
  expect(toldOf(3, 2)).toEqual([['gives-up', { maxDeliver: 3, mostDeliveries: 2 }]]);
  expect(toldOf(5, 4)).toHaveLength(1);
});

it('is not told where deliveries are left, nothing came again, or the broker never gives up', () => {
  expect(toldOf(5, 3)).toEqual([]);
  expect(toldOf(1, 1)).toEqual([]);
  expect(toldOf(2, 1)).toEqual([]);
  expect(toldOf(null, 9)).toEqual([]);
  expect(toldOf(2, null)).toEqual([]);
});

it('is not told where loss is allowed', () => {
  const seen = evidence({ queues: [queueEvidence({ mostDeliveries: 2 })] });
  expect(givesUp(claims({ queues: [queueClaim({ maxDeliver: 2 })] }), seen, ['loss'])).toEqual([]);
});
