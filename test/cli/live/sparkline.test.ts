import { describe, expect, it } from 'vitest';
import { asciiBlocks, sparkline } from '../../../src/cli/live/sparkline.js';

describe('sparkline', () => {
  it('rises to a full block for the highest, and is lowest for nothing only', () => {
    expect(sparkline([0, 1, 50, 100], 10)).toBe('▁▂▅█');
    expect(sparkline([0, 0], 10)).toBe('▁▁');
    expect(sparkline([], 10)).toBe('');
  });

  it('shows a figure that does not change as one that is as high as it gets', () => {
    expect(sparkline([7, 7, 7], 10)).toBe('███');
  });

  it('takes the mean of what a column covers where there are more figures than columns', () => {
    expect(sparkline([100, 100, 50, 50, 0, 0], 3)).toBe('█▅▁');
    expect(sparkline([4, 4, 4, 0, 0], 2)).toBe('█▂');
  });

  it('has a form for terminals that show ASCII only', () => {
    expect(sparkline([0, 1, 50, 100], 10, asciiBlocks)).toBe('_.=#');
  });
});
