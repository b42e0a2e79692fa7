/** One figure a thing and commit: medians over repeats, nothing false, nothing twice. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import type { RunReport, RunRow } from '../../../src/domain/report/run-report.js';
import { trackedRows } from '../../../src/report/exporters/tracked-figures.js';
import { counts, report, row, scenario } from '../fixtures.js';

const tracked = (...reports: RunReport[]): ReturnType<typeof trackedRows> =>
  trackedRows(reports.map((one) => ({ report: one, gate: null })));

function figureOf(rows: readonly RunRow[], id: string): { median: number; least: number; most: number } | undefined {
  return tracked(report(rows))[0]?.figures.find((figure) => figure.id === id);
}

const withViolations = (repeat: number, violations: number): RunRow =>
  row(`single#${repeat}`, { counts: counts({ violations }) });

describe('trackedRows', () => {
  it('makes one of all repeats of a row, named without the repeat and with the scenario', () => {
    const rows = [row('multi/shared#1'), row('single#1'), row('multi/shared#2'), row('single#2')];
    expect(tracked(report(rows)).map(({ name }) => name)).toEqual(['run multi/shared', 'run single']);
  });

  it('takes the median, with the least and the most', () => {
    const odd = [withViolations(1, 9), withViolations(2, 1), withViolations(3, 4)];
    expect(figureOf(odd, 'violations')).toMatchObject({ median: 4, least: 1, most: 9 });
    expect(figureOf([...odd, withViolations(4, 10)], 'violations')).toMatchObject({ median: 6.5, least: 1, most: 10 });
    expect(figureOf(odd.slice(0, 1), 'violations')).toMatchObject({ median: 9, least: 9, most: 9 });
  });

  it('leaves out what is not known, which is not 0', () => {
    const unknown = row('single#1', {
      throughput: { publishedPerSecond: null, handledPerSecond: null },
      peakRssBytes: null,
    });
    const ids = tracked(report([unknown]))[0]!.figures.map(({ id }) => id);
    expect(ids).toEqual(['violations', 'end-to-end-p50', 'end-to-end-p99']);
    const half = figureOf([unknown, row('single#2')], 'handled');
    expect(half).toMatchObject({ median: 5020.2, least: 5020.2 });
  });

  it('leaves out rows that an error ended, and what has no other', () => {
    const error = { code: 'broker-unavailable', message: 'gone', wayOut: 'start it' };
    const ended = { ...withViolations(2, 100), error };
    expect(figureOf([withViolations(1, 1), ended], 'violations')).toMatchObject({ median: 1, most: 1 });
    expect(tracked(report([ended]))).toEqual([]);
  });

  it('says of every figure which way is better', () => {
    const better = Object.fromEntries(
      tracked(report([row('single#1')]))[0]!.figures.map(({ id, better }) => [id, better]),
    );
    expect(better).toEqual({
      violations: 'smaller',
      'end-to-end-p50': 'smaller',
      'end-to-end-p99': 'smaller',
      'peak-rss': 'smaller',
      published: 'bigger',
      handled: 'bigger',
    });
  });

  it('refuses several reports whose rows have one name', () => {
    const [one, other] = [
      report([row('single#1')]),
      report([row('single#1')], { scenario: { ...scenario, name: 'other' } }),
    ];
    expect(tracked(one, other).map(({ name }) => name)).toEqual(['run single', 'other single']);
    expect(() => tracked(one, one)).toThrow(UsageError);
    expect(() => tracked(one, one)).toThrow(/two of the reports have a row "run single"/);
  });
});
