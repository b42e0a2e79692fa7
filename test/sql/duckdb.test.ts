import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsByUnit, countsOf, type LogCounts, type LogLine, type Terms } from './log-oracle.js';
import { duckDbTable, onDuckDb } from './duckdb.js';
import { countsIn, naiveQueryOf, queryOf, worstIn } from './query-of.js';
import { logs, terms as drawnTerms } from './random-logs.js';

const dense: Terms = { versions: 'dense', firstVersion: null, byTopic: false, hasIds: false };

/** A log of one aggregate whose versions were handled in this order, one after another. */
const handled = (...versions: readonly (number | bigint)[]): readonly LogLine[] =>
  versions.map((version, at) => ({
    ...{ topic: null, aggregate: 'a', version: BigInt(version), id: null, place: at, began: null, ended: null },
  }));

async function counted(lines: readonly LogLine[], terms: Partial<Terms> = {}): Promise<LogCounts> {
  const table = await duckDbTable(lines);
  return countsIn(await onDuckDb(queryOf('duckdb', table, { ...dense, ...terms })));
}

describe('the query on DuckDB', () => {
  it('calls the first observation of a version behind a higher one a regression, and a further one a duplicate', async () => {
    expect(await counted(handled(1, 5, 2, 3, 4))).toMatchObject({ regressions: 3, duplicates: 0, gaps: 3, naive: 3 });
    expect(await counted(handled(1, 2, 3, 2))).toMatchObject({ regressions: 0, duplicates: 1, gaps: 0, naive: 1 });
    expect(await counted(handled(3, 2, 2))).toMatchObject({ regressions: 1, duplicates: 1, descents: 1, naive: 2 });
  });

  it('claims nothing before the first version seen, unless it is told with which version an aggregate begins', async () => {
    expect(await counted(handled(4, 6, 3))).toMatchObject({ gaps: 1, regressions: 1 });
    expect(await counted(handled(4, 6, 3), { firstVersion: 1n })).toMatchObject({ gaps: 4, regressions: 1 });
    expect(await counted(handled(2, 7), { firstVersion: 5n })).toMatchObject({ gaps: 4, regressions: 0 });
    expect(await counted(handled(6, 3, 8), { firstVersion: 5n })).toMatchObject({ gaps: 2, regressions: 1 });
    expect(await counted(handled(2), { firstVersion: 0n })).toMatchObject({ gaps: 2 });
  });

  it('has no gaps where versions only rise', async () => {
    const table = await duckDbTable(handled(10, 30, 20));
    const [all] = await onDuckDb(queryOf('duckdb', table, { ...dense, versions: 'rising' }));
    expect(all).toMatchObject({ regressions: '1', naive: '1' });
    expect(all).not.toHaveProperty('gaps');
  });

  it('calls an equal version with another id a tie, and with the same one, or none like it, a duplicate', async () => {
    const lines = handled(1, 2, 2, 2, 1, 2, 2).map((line, at) => ({
      ...line,
      id: [null, 'i', 'I', 'i', 'k', null, null][at]!,
    }));
    const rising = { versions: 'rising', hasIds: true } as const;
    expect(await counted(lines, rising)).toMatchObject({
      regressions: 0,
      duplicates: 2,
      ties: 3,
      naive: 5,
      descents: 1,
    });
    expect(await counted(lines, { versions: 'rising' })).toMatchObject({
      regressions: 0,
      duplicates: 5,
      ties: 0,
      naive: 5,
    });
    expect(await counted(handled(2, 1, 1), rising)).toMatchObject({ regressions: 1, duplicates: 1, ties: 0 });
  });

  it('compares versions exactly, up to the highest of 64 bits, and sums gaps beyond it', async () => {
    const highest = 2n ** 63n - 1n;
    expect(await counted(handled(highest, highest - 1n, highest))).toMatchObject({ regressions: 1, duplicates: 1 });
    expect(await counted(handled(2n ** 53n, 2n ** 53n + 1n))).toMatchObject({ gaps: 0, naive: 0 });
    const twice = ['a', 'b'].flatMap((aggregate) => handled(0, highest).map((line) => ({ ...line, aggregate })));
    const [all] = await onDuckDb(queryOf('duckdb', await duckDbTable(twice), dense));
    expect(all!['gaps']).toBe(String(2n * (highest - 1n)));
    expect(await counted(handled(highest), { firstVersion: highest })).toMatchObject({ gaps: 0 });
  });

  it('takes lines that share their place in the order of their versions, and says how many they are', async () => {
    const tied = handled(1, 3, 2, 4).map((line) => ({ ...line, place: Math.min(line.place!, 1) }));
    expect(await counted(tied)).toMatchObject({ regressions: 0, gaps: 0, tied_lines: 3 });
  });

  it('leaves out lines without an aggregate, a whole number as their version, or a place, and says how many', async () => {
    const [line] = handled(1);
    const unusable = [
      ...['x', '1.5', '', ' 2', '9223372036854775808', '1e3'].map((version) => ({ ...line!, version })),
      ...[
        { ...line!, aggregate: null },
        { ...line!, version: null },
        { ...line!, place: null },
      ],
    ];
    expect(await counted([...handled(1, 2), ...unusable])).toMatchObject({
      observations: 2,
      unusable_lines: 9,
      naive: 0,
    });
    expect(await counted(unusable)).toMatchObject({
      observations: 0,
      unusable_lines: 9,
      aggregates: 0,
      regressions: 0,
    });
  });

  it('counts overlaps of different versions only, and none where one handling begins as the other ends', async () => {
    const times = [
      [1, 5],
      [5, 8],
      [6, 6],
      [6, 6],
      [7, 9],
    ] as const;
    const lines = times.map(([began, ended], at) => ({
      ...handled(1)[0]!,
      version: BigInt(at),
      place: at,
      began,
      ended,
    }));
    // 5-8 with both of 6, and with 7-9.
    expect(await counted(lines)).toMatchObject({ overlaps: 3, without_interval: 0 });
    expect(await counted(lines.map((line) => ({ ...line, version: 1n })))).toMatchObject({ overlaps: 0 });
    const open = lines.map((line) => ({ ...line, ended: line.ended === 5 ? null : line.ended - 2 }));
    expect(await counted(open)).toMatchObject({ without_interval: 3 });
  });

  it('tells an empty log from one that it can judge', async () => {
    expect(await counted([])).toMatchObject({ aggregates: 0, observations: 0, regressions: 0, unusable_lines: 0 });
  });

  it('shows the ten worst aggregates, those with most regressions first, and where each had its first one', async () => {
    const lines = Array.from({ length: 12 }, (_, at) =>
      handled(...Array.from({ length: at + 1 }, (__, below) => 20 - below)).map((line) => ({
        ...line,
        aggregate: `agg-${String(at).padStart(2, '0')}`,
      })),
    ).flat();
    const rows = await onDuckDb(queryOf('duckdb', await duckDbTable(lines), dense));
    expect(rows.map((row) => row['aggregate'])).toEqual([
      null,
      ...['agg-11', 'agg-10', 'agg-09', 'agg-08', 'agg-07', 'agg-06', 'agg-05', 'agg-04', 'agg-03', 'agg-02'],
    ]);
    expect(rows[1]).toMatchObject({ regressions: '11', first_regression_at: '1' });
  });

  it('gives the counts of a brute-force count over the same log, as a whole and of each aggregate', async () => {
    const property = fc.asyncProperty(logs, drawnTerms, async (lines, terms) => {
      const table = await duckDbTable(lines);
      const rows = await onDuckDb(queryOf('duckdb', table, terms));
      const expected = countsOf(lines, terms);
      expect(countsIn(rows)).toEqual(expected);
      expect(expected.naive).toBe(expected.regressions + expected.duplicates + expected.ties);
      const units = countsByUnit(lines, terms);
      const bad = [...units].filter(([, one]) => one.regressions + one.duplicates + one.gaps + one.overlaps > 0);
      expect(Object.fromEntries(worstIn(rows))).toEqual(Object.fromEntries(bad));
      expect(await onDuckDb(naiveQueryOf('duckdb', table, terms))).toEqual([{ naive: String(expected.naive) }]);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
