/** How many pairs of neighbours within one unit do the published versions of an aggregate make? */
import { expect, it } from 'vitest';
import { publishedBefore, PublishedVersions } from '../../src/checker/published-versions.js';

function pairsOf(calls: readonly (readonly [version: number, unit: number])[]): number[] {
  const published = new PublishedVersions();
  return calls.map(([version, unit]) => published.publish(version, unit));
}

it('completes a pair with each version in order', () => {
  expect(pairsOf([[1, 0], [2, 0], [3, 0]])).toEqual([0, 1, 1]); // prettier-ignore
});

it('makes no pair across units', () => {
  expect(pairsOf([[1, 0], [2, 1], [3, 1], [4, 0]])).toEqual([0, 0, 1, 0]); // prettier-ignore
});

it('completes up to two pairs with a version that comes late', () => {
  expect(pairsOf([[1, 0], [3, 0], [2, 0]])).toEqual([0, 0, 2]); // prettier-ignore
  expect(pairsOf([[1, 0], [5, 1], [3, 1], [4, 1], [2, 0]])).toEqual([0, 0, 0, 2, 1]); // prettier-ignore
  expect(pairsOf([[2, 0], [1, 0], [3, 0]])).toEqual([0, 1, 1]); // prettier-ignore
});

it('says so where a version was published before', () => {
  expect(pairsOf([[1, 0], [1, 0], [3, 0], [3, 1], [2, 0], [2, 0]])).toEqual([
    ...[0, publishedBefore, 0, publishedBefore, 2, publishedBefore],
  ]); // prettier-ignore
});

it('lists what has not been published in a range', () => {
  const published = new PublishedVersions();
  for (const version of [1, 2, 5, 8]) published.publish(version, 0);
  expect(published.unpublished(2, 10)).toEqual([
    [3, 4],
    [6, 7],
    [9, 10],
  ]);
});
