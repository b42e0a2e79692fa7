/** Slower for sure, not slower for sure, or not sure: the interval against the threshold. */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { compareSpeed, comparedSpeeds } from '../../src/gate/baseline-speed.js';
import { row } from '../report/fixtures.js';

const quantiles = (p50: number, p99: number): RunRow['latencyMs']['endToEnd'] => ({
  p50,
  p90: p99,
  p99,
  p999: p99,
  max: p99,
});

/** Rows that differ in one figure. */
function rows(values: readonly number[], figure: 'rate' | 'latency'): RunRow[] {
  return values.map((value) =>
    row('single#1', {
      throughput: { publishedPerSecond: 100, handledPerSecond: figure === 'rate' ? value : 100 },
      latencyMs: { ...row('x').latencyMs, endToEnd: quantiles(10, figure === 'latency' ? value : 10) },
    }),
  );
}

function result(figure: 'rate' | 'latency', now: readonly number[], before: readonly number[], exact = false): string {
  const path = figure === 'rate' ? 'throughput.handledPerSecond' : 'latencyMs.endToEnd.p99';
  const at = comparedSpeeds.findIndex((speed) => speed.path === path);
  return compareSpeed(rows(now, figure), rows(before, figure), { threshold: 0.1, exact })[at]!.result;
}

describe('a rate', () => {
  it('may fall by the threshold and no further', () => {
    expect(result('rate', [91, 91], [100, 100])).toBe('held');
    expect(result('rate', [89, 89], [100, 100])).toBe('slower');
    expect(result('rate', [300, 300], [100, 100])).toBe('held');
  });
});

describe('a latency', () => {
  it('may rise by the threshold and no further', () => {
    expect(result('latency', [10.9, 10.9], [10, 10])).toBe('held');
    expect(result('latency', [11.1, 11.1], [10, 10])).toBe('slower');
    expect(result('latency', [1, 1], [10, 10])).toBe('held');
  });
});

describe('either', () => {
  it('is not slower as long as the interval reaches back over the threshold', () => {
    expect(result('rate', [60, 100, 80], [100, 101, 99])).toBe('inconclusive');
    expect(result('latency', [10, 15, 12], [10, 10.1, 9.9])).toBe('inconclusive');
  });

  it('is undecided where it is not known, is 0, or was measured once', () => {
    expect(result('rate', [100], [100])).toBe('inconclusive');
    expect(result('rate', [0, 0], [100, 100])).toBe('inconclusive');
    const [unknown] = rows([1], 'rate').map((one) => ({
      ...one,
      throughput: { publishedPerSecond: null, handledPerSecond: null },
    }));
    const [first] = compareSpeed([unknown!], rows([1], 'rate'), { threshold: 0.1, exact: true });
    expect(first).toEqual({ result: 'inconclusive', text: 'throughput.handledPerSecond is not known of this report' });
  });

  it('is exact by pairs of the same seed, zeros that stayed zero included', () => {
    expect(result('rate', [91], [100], true)).toBe('held');
    expect(result('rate', [89], [100], true)).toBe('slower');
    expect(result('rate', [50, 200], [100, 100], true)).toBe('held');
    expect(result('latency', [0], [0], true)).toBe('held');
    expect(result('latency', [0], [5], true)).toBe('inconclusive');
  });
});
