/**
 * Damaged records, checked from their bytes to their report: the counts are those of the lines that are whole, by brute
 * force, and what is damaged where it is compressed is never taken for whole.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import type { Prng } from '../../../src/runtime/ports.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { checked, type Asked } from '../../record/fixtures.js';
import { slowCounts } from './mutated/counts.js';
import { kinds } from './mutated/kinds.js';
import { mutated } from './mutated/mutations.js';
import { withoutMark } from './mutated/slow/ndjson.js';
import { mutatedFirstSeed, mutatedTimeoutMs, mutatedWanted } from './mutated/reading.js';

/** A whole check takes far longer than a reader. */
const records = Math.ceil(mutatedWanted / 500);
const hasZstd = spawnSync('zstd', ['--version']).status === 0;

/** @returns null: it was refused, as a record without lines is */
async function reportOf(content: Buffer, asked: Asked): Promise<RecordReport | null> {
  try {
    return await checked(content, asked);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

function asWritten(content: Buffer, prng: Prng): Buffer {
  if (prng.float() < 0.7) return content;
  const half = prng.below(content.length);
  return Buffer.concat([gzipSync(content.subarray(0, half)), gzipSync(content.subarray(half))]);
}

describe('a record with damaged lines', () => {
  it.each(Object.entries(kinds))(
    'has the counts of its whole lines, as %s',
    async (name, draw) => {
      const seen = { regressions: 0, duplicates: 0, compared: 0 };
      for (let seed = mutatedFirstSeed; seed < mutatedFirstSeed + records; seed++) {
        const prng = new SeededPrng(seed, `mutated counts ${name}`);
        const { header, lines, asked, slow } = draw(prng, 1 + prng.below(40));
        const share = prng.float() / 3;
        const damaged = lines.map((line) =>
          prng.float() < share ? mutated(Buffer.from(line), prng) : Buffer.from(line),
        );
        const content = Buffer.concat([Buffer.from(header ?? ''), ...damaged]);
        const expected = slowCounts(slow(header === null ? withoutMark(content) : content.subarray(header.length)));
        if (expected === null) continue;
        const report = await reportOf(asWritten(content, prng), { ...asked, blockBytes: 1 + prng.below(3_000) });
        if (report === null) {
          // UTF-16 is refused by its zeros, and a map by a name that no line has.
          if (!content.includes(0)) expect(expected.handled, `seed ${seed}`).toBe(0);
          continue;
        }
        const { handled, regressions, duplicates } = report.counts;
        const { bad, other } = report.lines;
        expect({ handled, regressions, duplicates, bad, other }, `seed ${seed}`).toEqual(expected);
        seen.regressions += regressions;
        seen.duplicates += duplicates;
        seen.compared++;
      }
      for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
    },
    mutatedTimeoutMs(records * 20),
  );
});

const lines = Array.from({ length: 3_000 }, (_, index) => `{"aggregate":"agg-${index % 7}","version":${index}}\n`);
const whole = Buffer.from(lines.join(''));

describe('a compressed record that is damaged', () => {
  it(
    'by gzip is refused, or known not to be whole, or has what it had',
    async () => {
      const packed = gzipSync(whole);
      for (let seed = mutatedFirstSeed; seed < mutatedFirstSeed + records; seed++) {
        const prng = new SeededPrng(seed, 'mutated gzip');
        const report = await reportOf(mutated(packed, prng), { format: 'ndjson', blockBytes: 1 + prng.below(9_000) });
        if (report === null) continue;
        // What is damaged and cut off as well cannot be told from what is cut off, but it is no whole record.
        if (report.lines.bad > 0) continue;
        expect(report.lines.record, `seed ${seed}`).toBe(lines.length);
        expect(report.counts, `seed ${seed}`).toMatchObject({ regressions: 0, duplicates: 0 });
      }
    },
    mutatedTimeoutMs(records * 20),
  );

  it.skipIf(!hasZstd)(
    'by zstd breaks nothing',
    async () => {
      const packed = execFileSync('zstd', ['-qc'], { input: whole });
      let read = 0;
      for (let seed = mutatedFirstSeed; seed < mutatedFirstSeed + records; seed++) {
        const prng = new SeededPrng(seed, 'mutated zstd');
        const damaged = Buffer.concat([packed.subarray(0, 4), mutated(packed.subarray(4), prng)]);
        if ((await reportOf(damaged, { format: 'ndjson', blockBytes: 1 + prng.below(9_000) })) !== null) read++;
      }
      expect(read).toBeGreaterThan(0);
    },
    mutatedTimeoutMs(records * 20),
  );
});
