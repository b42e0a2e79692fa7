import { describe, expect, it } from 'vitest';
import { durationRangePattern, parseDurationRange } from '../../src/scenario/duration-range.js';

describe('the time of a handling', () => {
  it.each([
    ['0', 0, 0],
    ['1ms', 1, 1],
    ['0-5ms', 0, 5],
    ['500us-2ms', 0.5, 2],
    ['1-2s', 1000, 2000],
    ['3ms-3ms', 3, 3],
  ])('%s is from %d to %d ms', (text, minMs, maxMs) => {
    expect(parseDurationRange(text)).toEqual({ minMs, maxMs });
    expect(text).toMatch(durationRangePattern);
  });

  it.each(['5-0ms', '2s-500ms'])('%s runs backwards, so it is none', (text) => {
    expect(parseDurationRange(text)).toBeNull();
  });

  it.each(['', '-', '5', '0-5', '-5ms', '1ms-', '1-2-3ms', 'a-bms'])(
    '%j is none, for pattern and parser alike',
    (text) => {
      expect(parseDurationRange(text)).toBeNull();
      expect(text).not.toMatch(durationRangePattern);
    },
  );
});
