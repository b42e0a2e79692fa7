/** Whether rows differ in speed: by intervals of repeats, never by one run. */
import { describe, expect, it } from 'vitest';
import type { SpeedDifference } from '../../../src/domain/report/report-difference.js';
import { speedDifferences } from '../../../src/gate/difference/speed-difference.js';
import { atRates, repeats } from './difference-fixtures.js';

function rate(a: readonly number[], b: readonly number[], basis: 'exact' | 'sampled' = 'sampled'): SpeedDifference {
  return speedDifferences(atRates(...a), atRates(...b), basis)[0]!;
}

describe('the speed of a row', () => {
  it('differs if the interval of the ratio excludes 1', () => {
    const { a, b, ratio, result } = rate([100, 102, 98], [150, 151, 149]);
    expect({ a, b, result }).toEqual({ a: 100, b: 150, result: 'differs' });
    expect(ratio!.ratio).toBeCloseTo(1.5, 2);
    expect(ratio!.low95).toBeGreaterThan(1);
  });

  it('shows no difference if the interval includes 1', () => {
    const { ratio, result } = rate([100, 140, 80], [110, 90, 150]);
    expect(result).toBe('none-seen');
    expect(ratio!.low95 < 1 && ratio!.high95 > 1).toBe(true);
  });

  it('is not proven to differ by one run of a side, however far apart they are', () => {
    expect(rate([100], [900])).toMatchObject({ ratio: null, result: 'one-run', a: 100, b: 900 });
    expect(rate([100, 100, 100], [900])).toMatchObject({ ratio: null, result: 'one-run' });
  });

  it('is exact where load and seeds are the same', () => {
    expect(rate([100], [100], 'exact')).toMatchObject({ result: 'same' });
    const { ratio, result } = rate([100], [110], 'exact');
    expect(result).toBe('differs');
    expect(ratio!.low95).toBe(ratio!.high95);
    expect(ratio!.ratio).toBeCloseTo(1.1, 10);
  });

  it('is not compared if it is not known or 0, or if the clocks are two', () => {
    expect(rate([0, 0], [5, 6])).toMatchObject({ ratio: null, result: 'unknown' });
    const unknown = repeats(2, 0, { throughput: { publishedPerSecond: null, handledPerSecond: null } });
    expect(speedDifferences(unknown, atRates(5, 6), 'sampled')[0]).toMatchObject({
      a: null,
      b: 5.5,
      result: 'unknown',
    });
    const wall = atRates(5, 6).map((one) => ({ ...one, clock: 'wall' as const }));
    expect(speedDifferences(atRates(5, 6), wall, 'sampled')[0]).toMatchObject({ ratio: null, result: 'clocks' });
  });

  it('is that of the runs that no error ended', () => {
    const [ended] = atRates(1).map((one) => ({ ...one, error: { code: 'x', message: 'x', wayOut: 'x' } }));
    expect(speedDifferences([...atRates(5, 6), ended!], atRates(5, 6), 'sampled')[0]).toMatchObject({ a: 5.5, b: 5.5 });
  });
});
