/** Names keep their order, but for those that come right after another one. */
import { expect, it } from 'vitest';
import { inOrder } from '../../../../src/domain/scenario/fields/in-order.js';

it('keeps the order where nothing is said', () => {
  expect(inOrder(['a', 'b', 'c'], {})).toEqual(['a', 'b', 'c']);
});

it('puts a name right after the one that it follows, forwards and backwards, and what follows it behind', () => {
  expect(inOrder(['a', 'b', 'c', 'd'], { d: 'a', b: 'c' })).toEqual(['a', 'd', 'c', 'b']);
  expect(inOrder(['a', 'b', 'c', 'd'], { c: 'a', d: 'c' })).toEqual(['a', 'c', 'd', 'b']);
});

it('keeps several that follow the same one in their own order', () => {
  expect(inOrder(['a', 'b', 'c', 'd'], { c: 'a', d: 'a' })).toEqual(['a', 'c', 'd', 'b']);
});
