/** A strategy that claims no order never passes. */
import { expect, it } from 'vitest';
import { noOrderClaimed } from '../../../src/judge/latent/no-order-claimed.js';
import { claims, survivesAll, told } from '../support.js';

it('is told of a strategy that claims none, or of which nothing is known, and of no other', () => {
  const none = claims({ guarantee: { order: 'none', survives: survivesAll } });
  expect(told(noOrderClaimed(none))).toEqual([['no-order-claimed', {}]]);
  expect(noOrderClaimed(claims())).toEqual([]);
  expect(told(noOrderClaimed(claims({ guarantee: null })))).toEqual([['no-order-claimed', {}]]);
});
