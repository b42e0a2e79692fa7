/**
 * Random histories whose versions only rise, some shared by two events: the check has the counts of the definitions, in
 * both engines.
 *
 * EVENTBUS_BENCH_RECORDS=N   so many histories of each kind, instead of 60
 */
import { describe, expect, it } from 'vitest';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { checkWritten } from './check-written.js';
import { HistoryDrawer, type HistoryLine } from './history.js';
import { hasTies, risingOf, risingOracleOf } from './rising.js';
import { csv } from './writers/csv.js';
import { ndjson } from './writers/ndjson.js';

const histories = Number(process.env['EVENTBUS_BENCH_RECORDS'] ?? 60);
const versions = 'rising';

/** What handlings alone would say of it, each with its id. */
function handledOf(lines: readonly HistoryLine[]): HistoryLine[] {
  return lines.flatMap((line, at) => {
    const isFirst = !lines.slice(0, at).some(({ ev, delivery }) => ev === 'start' && delivery === line.delivery);
    if (line.ev !== 'start' || !isFirst) return [];
    const { aggregate, topic, source, version, id } = line;
    return [{ ev: 'handled' as const, aggregate, topic, source, version, ...(id === undefined ? {} : { id }) }];
  });
}

describe('a random history whose versions only rise', () => {
  it.each(Object.entries({ NDJSON: ndjson, CSV: csv }))(
    'has the counts of the definitions, as %s',
    async (_, write) => {
      const seen: Record<string, number> = {};
      for (let seed = 0; seed < histories; seed++) {
        const prng = new SeededPrng(seed, 'rising');
        const drawn = new HistoryDrawer(prng).draw();
        const lines = risingOf(drawn, prng, prng.float() < 0.5 ? 0 : 0.2);
        if (!lines.some(({ ev }) => ev === 'finish')) continue;
        const told = { firstVersion: null, complete: prng.float() < 0.5 };
        const report = await checkWritten({ bus: write(lines, prng) }, { versions, complete: told.complete });
        const expected = risingOracleOf(lines, told);
        expect(report.lines, `${seed}`).toMatchObject({ bad: 0, record: lines.length });
        expect(report.counts, `${seed}`).toMatchObject(expected);
        if (hasTies(lines)) expect(report.outcome, `${seed}`).not.toBe('ordered');
        for (const [name, count] of Object.entries(expected)) {
          if (count !== null) seen[name] = (seen[name] ?? 0) + count;
        }
      }
      for (const [name, count] of Object.entries(seen)) expect(count, name).toBeGreaterThan(0);
    },
  );

  it('has the same counts from handled lines alone in both engines', async () => {
    let ties = 0;
    for (let seed = 0; seed < histories; seed++) {
      const prng = new SeededPrng(seed, 'rising');
      const lines = handledOf(risingOf(new HistoryDrawer(prng).draw(), prng, 0.3));
      if (lines.length === 0) continue;
      const expected = risingOracleOf(lines, { firstVersion: null, complete: false });
      const alone = await checkWritten({ bus: ndjson(lines, prng) }, { versions });
      expect(alone.counts, `${seed}`).toMatchObject({ ...expected, lost: null, unseen: null, phantoms: null });
      const named = lines.map((line, index) => ({ ...line, delivery: `d${index}` }));
      const observed = await checkWritten({ bus: ndjson(named, prng) }, { versions });
      expect(observed.counts, `${seed}`).toEqual(alone.counts);
      ties += alone.counts.ties ?? 0;
    }
    expect(ties).toBeGreaterThan(0);
  });
});
