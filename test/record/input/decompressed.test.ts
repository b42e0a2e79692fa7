/** Compressed records say what they said before; what was cut off or damaged says so, and keeps what was read. */
import { execFileSync, spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checked, ndjson, turnedCounts } from '../fixtures.js';

const content = `${ndjson.join('\n')}\n`;
/** 20,000 lines that are hard to compress. */
const long = Array.from({ length: 20_000 }, (_, i) =>
  JSON.stringify({
    aggregate: `a${Math.imul(i % 100, 0x9e3779b1)}`,
    version: Math.floor(i / 100) + 1,
    note: Math.imul(i, i),
  }),
).join('\n');
const hasZstd = spawnSync('zstd', ['--version']).status === 0;
const zstd = (text: string): Buffer => execFileSync('zstd', ['-qc'], { input: text });

describe('a compressed record', () => {
  it.each([1, 1_000])('is read as gzip, also in several members, %i bytes at a time', async (blockBytes) => {
    const [first, second] = [content.slice(0, 60), content.slice(60)];
    const report = await checked(Buffer.concat([gzipSync(first), gzipSync(second)]), { blockBytes });
    expect(report.counts).toMatchObject(turnedCounts);
    expect(report.lines).toMatchObject({ record: 6, bad: 0 });
  });

  it.skipIf(!hasZstd).each([1, 1_000])(
    'is read as zstd, also in several frames, %i bytes at a time',
    async (blockBytes) => {
      const [first, second] = [content.slice(0, 60), content.slice(60)];
      const report = await checked(Buffer.concat([zstd(first), zstd(second)]), { blockBytes });
      expect(report.counts).toMatchObject(turnedCounts);
      expect(report.lines).toMatchObject({ record: 6, bad: 0 });
    },
  );

  it.each([
    ['gzip', (text: string) => gzipSync(text), true],
    ['zstd', zstd, hasZstd],
  ] as const)(
    'that is %s and cut off is read up to there, and that is counted as bad',
    async (name, compress, isThere) => {
      if (!isThere) return;
      const whole = compress(long);
      expect((await checked(whole)).lines).toMatchObject({ record: 20_000, bad: 0 });
      const report = await checked(whole.subarray(0, Math.floor(whole.length / 2)));
      expect(report.lines.bad).toBe(1);
      expect(report.badLines[0]!.problem).toBe(`the ${name} file is cut off here`);
      expect(report.lines.record).toBeGreaterThan(1_000);
      expect(report.badLines[0]!.line).toBe(report.lines.record + 1);
      expect(report.counts).toMatchObject({ regressions: 0, duplicates: 0, gaps: 0 });
      expect(report.outcome).toBe('inconclusive');
    },
  );

  it.each([
    ['gzip', (text: string) => gzipSync(text), true],
    ['zstd', zstd, hasZstd],
  ] as const)('that is %s and damaged is refused: nothing in it can be relied on', async (name, compress, isThere) => {
    if (!isThere) return;
    const bytes = compress(long);
    // Check sums of zstd are not looked at: this makes its first block one of a kind that there is not.
    if (name === 'zstd') bytes[6]! |= 0x06;
    else bytes.fill(0xff, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 64);
    await expect(checked(bytes)).rejects.toThrow(`made-up is a damaged ${name} file`);
  });

  it.each([
    ['BZh9', 'compressed by bzip2', 'bzip2 -dc made-up | eventbus-bench check -'],
    ['\xfd7zXZ', 'compressed by xz', 'xz -dc made-up | eventbus-bench check -'],
    ['PAR1', 'a Parquet file', 'write its rows as NDJSON or CSV, in the order in which they were written'],
  ])('of another kind is named, with the way out', async (begin, what, wayOut) => {
    const bytes = Buffer.from(`${begin}more`, 'latin1');
    await expect(checked(bytes)).rejects.toMatchObject({ message: `made-up is ${what}, which is not read`, wayOut });
  });
});
