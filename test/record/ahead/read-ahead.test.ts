/**
 * A file that is read ahead, by a thread of its own, comes to the report that it comes to where one thread reads and
 * checks. The threads are real, and run what was built.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import { check, expectSame, type Asked } from './check-built.js';
import { drawn, mixed, plain } from './lines.js';

// Threads compete with whatever else the machine does.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-ahead-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a file that is read ahead', () => {
  it.each<[name: string, content: () => string | Buffer, asked: Asked]>([
    ['plain.ndjson', () => drawn(1, 30_000, plain), {}],
    ['rising.ndjson', () => drawn(2, 30_000, plain), { versions: 'rising' }],
    ['first.ndjson', () => drawn(3, 30_000, plain), { firstVersion: 1 }],
    ['mixed.ndjson', () => drawn(4, 30_000, mixed), {}],
    ['mixed.ndjson.gz', () => gzipSync(drawn(5, 30_000, mixed)), {}],
    ['cut.ndjson.gz', () => gzipSync(drawn(6, 30_000, mixed)).subarray(0, -5_000), {}],
    ['rows.csv', () => `Order,Seq\n${drawn(7, 30_000, (aggregate, version) => `${aggregate},${version}\n`)}`, { map: "aggregate=Order,version=Seq,topic='t'" }], // prettier-ignore
    ['ids.ndjson', () => drawn(8, 30_000, (aggregate, version, at) => `${JSON.stringify({ aggregate, version, id: `e${at % 9}` })}\n`), { versions: 'rising' }], // prettier-ignore
    ['no-end.ndjson', () => drawn(9, 9_000, plain).trimEnd(), {}],
    ['only-bad.ndjson', () => '{"aggregate":"a"}\n'.repeat(20_000), {}],
    ['mostly-bad.ndjson', () => `${plain('a', 1, 0)}${'{"aggregate":"a"}\n'.repeat(20_000)}${plain('a', 2, 0)}`, {}],
    ['others.ndjson', () => `${'{"level":"info"}\n'.repeat(20_000)}${plain('a', 2, 0)}${plain('a', 1, 0)}`, {}],
    ['empty.ndjson', () => '', {}],
  ])('has the report of one that is not: %s', async (name, content, asked) => {
    await expectSame([written(name, content())], asked);
  });

  it('has the same report where a name is longer than a pack', async () => {
    const long = 'n'.repeat(400_000);
    const content = `${plain('a', 1, 0)}${plain(long, 2, 0)}${plain(long, 1, 0)}${plain('a', 2, 0)}`;
    expect(await expectSame([written('long.ndjson', content)])).toMatchObject({ counts: { regressions: 1 } });
  });

  it('has the same report where versions are too far from 0 for a pack', async () => {
    const far = 2n ** 62n;
    const line = (version: bigint): string => `{"aggregate":"far","version":${version},"topic":"t"}\n`;
    const content = `${drawn(1, 9_000, plain)}${line(far + 2n)}${line(far + 1n)}${drawn(1, 9_000, plain)}`;
    expect(await expectSame([written('far.ndjson', content)])).toMatchObject({
      aggregates: expect.arrayContaining([expect.objectContaining({ aggregate: 'far', regressions: 1 })]) as unknown,
    });
  });

  it('has the same report where a line behind many shows more than a handling', async () => {
    const content = `${drawn(1, 20_000, plain)}{"ev":"publish","aggregate":"a","version":1,"topic":"t"}\n`;
    expect(await expectSame([written('late.ndjson', content)])).toMatchObject({ events: { publish: 1 } });
  });

  it('has the same report where only some lines have a topic', async () => {
    const bare = (aggregate: string, version: number): string => `${JSON.stringify({ aggregate, version })}\n`;
    const content = `${drawn(1, 9_000, plain)}${drawn(1, 500, bare)}`;
    expect(await expectSame([written('topics.ndjson', content)])).toMatchObject({ lines: { bad: 500 } });
  });

  it('is one of several, each with its own source', async () => {
    const paths = [1, 2, 3].map((seed) => written(`${seed}.ndjson`, drawn(seed, 9_000, mixed)));
    const report = (await expectSame(paths)) as RecordReport;
    expect(report.sources.map(({ name }) => name)).toEqual(paths);
  });

  it('is missing for both', async () => {
    expect(await expectSame([join(folder, 'nothing.ndjson')])).toContain('there is no file');
  });

  it('stops at its first bad line where that was asked for', async () => {
    const path = written('stop.ndjson', drawn(1, 9_000, mixed));
    expect(await expectSame([path], { options: { badLines: 'stop' } })).toContain('line ');
  });

  it('has a verdict on what was read when it is interrupted', async () => {
    const path = written('interrupted.ndjson', drawn(1, 60_000, plain));
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    const report = await check([path], 0, { options });
    expect(report.lines.record).toBeGreaterThan(0);
    expect(report.lines.record).toBeLessThan(60_000);
    expect(report.reasons.map(({ kind }) => kind)).toContain('interrupted');
  });
});
