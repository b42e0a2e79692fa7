/**
 * Random histories, written as the record that a bus of one's own would have: the check has the counts of the
 * definitions, from whole records, and from handled lines alone the counts that those allow.
 */
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { bytesOpener, checkOpeners, type LinesOptions } from '../../record/check-lines.js';
import { HistoryDrawer, type HistoryLine } from './history.js';
import { extentMaxOf, inFlightOf, oracleOf } from './oracle.js';
import { writers, type Written } from './writers.js';

const histories = Number(process.env['EVENTBUS_BENCH_RECORDS'] ?? 150);

function check({ text, map }: Written, options: LinesOptions): Promise<RecordReport> {
  return checkOpeners([bytesOpener('bus', new TextEncoder().encode(text))], { map, ...options });
}

/** Where no line ends a handling, a start is all that is known of one. */
function asShown(lines: readonly HistoryLine[]): readonly HistoryLine[] {
  if (lines.some(({ ev }) => ev === 'finish')) return lines;
  return lines.map((line) => (line.ev === 'start' ? { ...line, ev: 'handled' } : line));
}

/** What handlings alone would say of it. */
function handledOf(lines: readonly HistoryLine[]): HistoryLine[] {
  const begun = new Set<string>();
  return lines.flatMap(({ ev, aggregate, topic, source, version, delivery = '' }) => {
    if (ev !== 'start' || begun.has(delivery)) return [];
    begun.add(delivery);
    return [{ ev: 'handled' as const, aggregate, topic, source, version }];
  });
}

describe('a random history', () => {
  for (const [format, write] of Object.entries(writers)) {
    it(`has the counts of the definitions, as ${format}`, async () => {
      const seen: Record<string, number> = {};
      for (let seed = 0; seed < histories; seed++) {
        const prng = new SeededPrng(seed, 'record');
        const lines = asShown(new HistoryDrawer(prng).draw());
        if (lines.length === 0) continue;
        const told = { firstVersion: prng.float() < 0.5 ? null : 1n, complete: prng.float() < 0.5 };
        const options = { firstVersion: told.firstVersion === null ? null : 1, complete: told.complete };
        const report = await check(write(lines, prng), options);
        const expected = oracleOf(lines, told);
        expect(report.lines, `${seed}`).toMatchObject({ bad: 0, record: lines.length });
        expect(report.counts, `${seed}`).toMatchObject(expected);
        expect(report.extentMax, `${seed}`).toBe(extentMaxOf(lines, told));
        // What was in the bus at once is told by deliveries.
        const inFlight = lines.some(({ ev }) => ev === 'deliver') ? inFlightOf(lines, told) : 0;
        expect(report.exposure?.atRiskPairs ?? 0, `${seed}`).toBe(inFlight);
        for (const [name, count] of Object.entries(expected)) seen[name] = (seen[name] ?? 0) + (count ?? 0);
      }
      // The histories have everything that is counted.
      for (const [name, count] of Object.entries(seen)) expect(count, name).toBeGreaterThan(0);
    });
  }

  it('has the same counts from handled lines alone in both engines', async () => {
    for (let seed = 0; seed < histories; seed++) {
      const prng = new SeededPrng(seed, 'record');
      const lines = handledOf(new HistoryDrawer(prng).draw());
      if (lines.length === 0) continue;
      const told = { firstVersion: prng.float() < 0.5 ? null : 1n, complete: false };
      const options = { firstVersion: told.firstVersion === null ? null : 1 };
      const alone = await check(writers['ndjson']!(lines, prng), options);
      const expected = oracleOf(lines, told);
      expect(alone.counts, `${seed}`).toMatchObject({ ...expected, lost: null, unseen: null });
      expect(alone.extentMax, `${seed}`).toBe(extentMaxOf(lines, told));
      // A field that says more sends them to the other engine.
      const named = lines.map((line, index) => ({ ...line, delivery: `d${index}` }));
      const observed = await check(writers['ndjson']!(named, prng), options);
      expect(observed.counts, `${seed}`).toEqual(alone.counts);
      expect(observed.extentMax).toBe(alone.extentMax);
      expect(observed.aggregatesWithAnomalies).toBe(alone.aggregatesWithAnomalies);
    }
  });
});
