/**
 * Versions that only rise, of which each was published in the record, in rising order, before anything else was said of
 * it: what was at stake, what was stored in which order, and the outcome are those of the same history with versions
 * that rise by one (those that are ordered: test/record/rising-versions.test.ts). Where a history has any other version, it is no pass.
 *
 * EVENTBUS_BENCH_RECORDS=N   so many histories, instead of 400
 */
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { checkWritten } from './check-written.js';
import { HistoryDrawer, type HistoryLine } from './history.js';
import { risingOf } from './rising.js';
import { ndjson } from './writers/ndjson.js';

const histories = Number(process.env['EVENTBUS_BENCH_RECORDS'] ?? 400);

const unitOf = ({ aggregate, topic }: HistoryLine): string => `${aggregate} ${topic}`;

/** What one source publishes and another handles is joined by its version, and numbered anew it would be another event. */
function isWithinSources(lines: readonly HistoryLine[]): boolean {
  const sources = new Map(lines.map((line) => [unitOf(line), line.source]));
  return lines.every((line) => sources.get(unitOf(line)) === line.source);
}

/** The versions of each unit that are published above all before them, and the lines that speak of them after that. */
function ranked(lines: readonly HistoryLine[]): { lines: HistoryLine[]; places: Map<string, readonly bigint[]> } {
  const places = new Map<string, bigint[]>();
  const kept = lines.filter((line) => {
    const versions = places.get(unitOf(line)) ?? [];
    places.set(unitOf(line), versions);
    const last = versions.at(-1);
    if (line.ev === 'publish' && (last === undefined || line.version > last)) versions.push(line.version);
    return versions.includes(line.version);
  });
  return { lines: kept, places };
}

async function checked(lines: readonly HistoryLine[], versions: 'dense' | 'rising'): Promise<RecordReport> {
  return checkWritten({ bus: ndjson(lines, new SeededPrng(1, 'written')) }, { versions, complete: true, minAtRisk: 1 });
}

/** What the two have in common. */
function said({ outcome, reasons, exposure, counts, origins }: RecordReport): object {
  const { regressions, duplicates, lost, phantoms, storeInversions, overlaps, completionInversions } = counts;
  const found = { regressions, duplicates, lost, phantoms, storeInversions, overlaps, completionInversions };
  return { outcome, reasons, exposure, found, origins };
}

describe('a random history whose versions only rise', () => {
  it('is judged as the same one whose versions rise by one, if each was published before it is spoken of, in rising order', async () => {
    const seen = { violated: 0, atRisk: 0, storeInversions: 0 };
    for (let seed = 0; seed < histories; seed++) {
      const prng = new SeededPrng(seed, 'neighbours');
      const { lines, places } = ranked(risingOf(new HistoryDrawer(prng).draw(), prng, 0));
      if (!isWithinSources(lines)) continue;
      // Both need what the lines of a whole record have.
      if (!lines.some(({ ev }) => ev === 'finish') || !lines.some(({ ev }) => ev === 'deliver')) continue;
      const dense = lines.map((line) => ({
        ...line,
        version: BigInt(places.get(unitOf(line))!.indexOf(line.version) + 1),
      }));
      const report = await checked(lines, 'rising');
      expect(said(report), `${seed}`).toEqual(said(await checked(dense, 'dense')));
      if (report.outcome === 'violated') seen.violated++;
      seen.atRisk += report.exposure?.atRiskPairs ?? 0;
      seen.storeInversions += report.counts.storeInversions ?? 0;
    }
    for (const [name, count] of Object.entries(seen)) expect(count, name).toBeGreaterThan(0);
  });

  it('is no pass if it has any other version', async () => {
    let others = 0;
    for (let seed = 0; seed < histories; seed++) {
      const prng = new SeededPrng(seed, 'neighbours');
      const lines = risingOf(new HistoryDrawer(prng).draw(), prng, 0);
      if (ranked(lines).lines.length === lines.length) continue;
      others++;
      expect((await checked(lines, 'rising')).outcome, `${seed}`).not.toBe('ordered');
    }
    expect(others).toBeGreaterThan(0);
  });
});
