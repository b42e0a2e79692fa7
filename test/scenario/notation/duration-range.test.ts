import { describe, expect, it } from 'vitest';
import { parseDurationRange } from '../../../src/scenario/notation/duration-range.js';

describe('a range of durations', () => {
  it.each([
    ['0', 0, 0],
    ['1ms', 1, 1],
    ['0-5ms', 0, 5],
    ['500us-2ms', 0.5, 2],
    ['1-2s', 1000, 2000],
    ['3ms-3ms', 3, 3],
  ])('%s is from %d to %d ms', (text, minMs, maxMs) => {
    expect(parseDurationRange(text)).toEqual({ minMs, maxMs });
  });

  it.each(['5-0ms', '2s-500ms'])('%s runs backwards, so it is none', (text) => {
    expect(parseDurationRange(text)).toBeNull();
  });

  it.each(['', '-', '5', '0-5', '-5ms', '1ms-', '1-2-3ms', 'a-bms'])('%j is none', (text) => {
    expect(parseDurationRange(text)).toBeNull();
  });
});
