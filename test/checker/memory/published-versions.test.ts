/** Tests how many pairs of neighbours the published versions of a unit make. */
import { expect, it } from 'vitest';
import { publishedBefore, PublishedVersions } from '../../../src/checker/memory/published-versions.js';

function pairsOf(versions: readonly number[]): number[] {
  const published = new PublishedVersions();
  return versions.map((version) => published.publish(version));
}

it('completes a pair with each version in order', () => {
  expect(pairsOf([1, 2, 3])).toEqual([0, 1, 1]);
});

it('completes up to two pairs with a version that comes late', () => {
  expect(pairsOf([1, 3, 2])).toEqual([0, 0, 2]);
  expect(pairsOf([1, 5, 3, 4, 2])).toEqual([0, 0, 0, 2, 2]);
  expect(pairsOf([2, 1, 3])).toEqual([0, 1, 1]);
});

it('says so where a version was published before', () => {
  expect(pairsOf([1, 1, 3, 3, 2, 2])).toEqual([0, publishedBefore, 0, publishedBefore, 2, publishedBefore]);
});

it('lists what has not been published in a range', () => {
  const published = new PublishedVersions();
  for (const version of [1, 2, 5, 8]) published.publish(version);
  expect(published.unpublished(2, 10)).toEqual([
    [3, 4],
    [6, 7],
    [9, 10],
  ]);
});
