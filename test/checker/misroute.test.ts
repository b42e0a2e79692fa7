/**
 * A misroute is a delivery fetched by a subscription that does not own its topic. It is evidence and never decides: it
 * can be high while nothing is out of order.
 */
import { expect, it } from 'vitest';
import { handledInOrder } from './support/history.js';

it('counts deliveries to a subscription that does not own the topic, and judges nothing by them', () => {
  const { counts, aggregates } = handledInOrder([1, 2, 3], { owned: false }).verdict();
  expect(counts).toMatchObject({ misroutes: 3, violations: 0 });
  expect(aggregates).toEqual([]);
});
