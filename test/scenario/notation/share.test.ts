import { describe, expect, it } from 'vitest';
import { parseShare } from '../../../src/scenario/notation/share.js';

describe('a share', () => {
  it.each([
    [0, 0],
    [0.01, 0.01],
    [1, 1],
    ['1%', 0.01],
    ['0.5%', 0.005],
    ['100%', 1],
  ])('%j is %d', (value, share) => {
    expect(parseShare(value)).toBeCloseTo(share, 12);
  });

  it.each([-0.1, 1.1, NaN, '101%', '1', '%', '-1%', 'abc'])('%j is none', (value) => {
    expect(parseShare(value)).toBeNull();
  });
});
