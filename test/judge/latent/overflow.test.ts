/** A full queue that does not block puts events out of turn; that it did not get full was chance. */
import { expect, it } from 'vitest';
import { overflow } from '../../../src/judge/latent/overflow.js';
import { claims, queueClaim } from '../support.js';

it('is told where a full queue rejects events or handles them on the spot', () => {
  for (const policy of ['reject', 'inline'] as const) {
    expect(overflow(claims({ overflow: policy }))).toEqual([
      { kind: 'latent', of: 'overflow', numbers: {}, detail: policy },
    ]);
  }
});

it('is not told where it blocks, where nothing is known, or where it cannot put anything out of order', () => {
  expect(overflow(claims({ overflow: 'block' }))).toEqual([]);
  expect(overflow(claims({ overflow: null }))).toEqual([]);
  expect(overflow(claims({ overflow: 'reject', repairsInput: true }))).toEqual([]);
  expect(overflow(claims({ overflow: 'reject', queues: [queueClaim({ limit: 1 })] }))).toEqual([]);
});
