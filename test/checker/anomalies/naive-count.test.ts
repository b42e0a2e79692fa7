/**
 * The naive count is what `version <= highest so far` counts; a descent is a version lower than the previous one. Both
 * are reported so that a team can find its own number again. The naive count is always regressions plus duplicates.
 */
import { expect, it } from 'vitest';
import { handledInOrder } from '../support/history.js';

it('counts regressions and duplicates alike', () => {
  const counts = handledInOrder([1, 3, 2, 2, 3, 4]).counts();
  expect(counts).toMatchObject({ naive: 3, regressions: 1, duplicates: { total: 2 } });
});

it('counts descents against the previous observation only', () => {
  expect(handledInOrder([1, 5, 2, 3, 4]).counts()).toMatchObject({ descents: 1, naive: 3 });
  expect(handledInOrder([5, 4, 3, 2, 1]).counts()).toMatchObject({ descents: 4, naive: 4 });
  expect(handledInOrder([1, 1]).counts()).toMatchObject({ descents: 0, naive: 1 });
});
