import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/scenario/notation/duration.js';

describe('a duration', () => {
  it.each([
    ['100ms', 100],
    ['30s', 30_000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['500us', 0.5],
    ['0', 0],
    ['0ms', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['100', '', 'ms', '-1ms', '1 s', '1e3ms', '1sec', '.5s', '1.s', ' 1s', 'NaNms'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
