/**
 * Random histories, written as the record that a bus of one's own would have: the check has the counts of the
 * definitions, from whole records, and from handled lines alone the counts that those allow.
 *
 * EVENTBUS_BENCH_RECORDS=N   so many histories of each kind, instead of 60
 */
import { describe, expect, it } from 'vitest';
import type { Prng } from '../../../src/runtime/ports.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { checkWritten } from './check-written.js';
import { formats } from './formats.js';
import { HistoryDrawer, type HistoryLine } from './history.js';
import { extentMaxOf, inFlightOf, oracleOf, type Told } from './oracle.js';
import { ndjson } from './writers/ndjson.js';
import type { Writer, Written } from './writers/writer.js';

const histories = Number(process.env['EVENTBUS_BENCH_RECORDS'] ?? 60);

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

/** In one file whose lines name their source, or in a file for each source. */
function inFiles(lines: readonly HistoryLine[], write: Writer, prng: Prng): Record<string, Written> {
  if (prng.float() < 0.5) return { bus: write(lines, prng) };
  // Of several files each is read by one map and one pattern, so it is written as the others are.
  const seed = Math.floor(prng.float() * 1_000);
  const sources = [...new Set(lines.map(({ source }) => source))];
  if (sources.length > 1 && write === formats['text']!.write) return { bus: write(lines, prng) };
  return Object.fromEntries(
    sources.map((source) => {
      const own = lines.filter((line) => line.source === source).map(({ source: _, ...line }) => line as HistoryLine);
      return [source, write(own, new SeededPrng(seed, source))];
    }),
  );
}

function toldBy(prng: Prng, complete: boolean): Told {
  return { firstVersion: prng.float() < 0.5 ? null : 1n, complete };
}

function optionsOf({ firstVersion, complete }: Told): { firstVersion: number | null; complete: boolean } {
  return { firstVersion: firstVersion === null ? null : Number(firstVersion), complete };
}

const othersIn = (files: Record<string, Written>): number =>
  Object.values(files).reduce((sum, { others = 0 }) => sum + others, 0);

describe('a random history', () => {
  for (const [format, { write, sayable }] of Object.entries(formats)) {
    it(`has the counts of the definitions, as ${format}`, async () => {
      const seen: Record<string, number> = {};
      for (let seed = 0; seed < histories; seed++) {
        const prng = new SeededPrng(seed, 'record');
        const lines = asShown(sayable(new HistoryDrawer(prng).draw()));
        if (lines.length === 0) continue;
        const told = toldBy(prng, prng.float() < 0.5);
        const files = inFiles(lines, write, prng);
        const report = await checkWritten(files, optionsOf(told));
        const expected = oracleOf(lines, told);
        expect(report.lines, `${seed}`).toMatchObject({ bad: 0, record: lines.length, other: othersIn(files) });
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

  for (const [format, { write, saysHandled }] of Object.entries(formats)) {
    it.runIf(saysHandled)(`has the counts that handled lines alone allow, as ${format}`, async () => {
      for (let seed = 0; seed < histories; seed++) {
        const prng = new SeededPrng(seed, 'record');
        const lines = handledOf(new HistoryDrawer(prng).draw());
        if (lines.length === 0) continue;
        const told = toldBy(prng, false);
        const report = await checkWritten(inFiles(lines, write, prng), optionsOf(told));
        const expected = { ...oracleOf(lines, told), lost: null, unseen: null, phantoms: null };
        expect(report.counts, `${seed}`).toMatchObject(expected);
        expect(report.extentMax, `${seed}`).toBe(extentMaxOf(lines, told));
        expect(report.outcome, `${seed}`).not.toBe('ordered');
      }
    });
  }

  it('has the same counts from handled lines alone in both engines', async () => {
    for (let seed = 0; seed < histories; seed++) {
      const prng = new SeededPrng(seed, 'record');
      const lines = handledOf(new HistoryDrawer(prng).draw());
      if (lines.length === 0) continue;
      const told = toldBy(prng, false);
      const alone = await checkWritten({ bus: ndjson(lines, prng) }, optionsOf(told));
      // A field that says more sends them to the other engine.
      const named = lines.map((line, index) => ({ ...line, delivery: `d${index}` }));
      const observed = await checkWritten({ bus: ndjson(named, prng) }, optionsOf(told));
      expect(observed.counts, `${seed}`).toEqual(alone.counts);
      expect(observed.extentMax).toBe(alone.extentMax);
      expect(observed.aggregatesWithAnomalies).toBe(alone.aggregatesWithAnomalies);
    }
  });
});
