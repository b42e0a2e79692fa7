import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/scenario/nearest.js';

describe('the nearest known name', () => {
  const known = ['keyed-pool', 'aggregate-queue', 'serial', 'unkeyed-pool'];

  it.each([
    ['keyd-pool', 'keyed-pool'],
    ['seriel', 'serial'],
    ['SERIAL', 'serial'],
    ['aggregate', 'aggregate-queue'],
    ['unkeyd-pool', 'unkeyed-pool'],
    ['queue', 'aggregate-queue'],
  ])('of %s is %s', (name, wanted) => {
    expect(nearest(name, known)).toBe(wanted);
  });

  it.each(['', 'x', 'actor', 'something-else', 'pool', 'version-queue', 'another-keyed-pool'])(
    '%j is near to none of them',
    (name) => {
      expect(nearest(name, known)).toBeNull();
    },
  );

  it('is none where nothing is known', () => {
    expect(nearest('serial', [])).toBeNull();
  });
});
