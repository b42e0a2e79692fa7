/**
 * A file of NDJSON that two threads share, in segments of whatever length, comes to the report that it comes to where one
 * thread reads and checks. The threads are real, and run what was built.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sharing } from '../../../src/record/ahead/two-threads.js';
import { check, expectSame, type Asked } from './check-built.js';
import { drawn, mixed, plain } from './lines.js';

// Threads compete with whatever else the machine does.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-together-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(content: string): string {
  const path = join(folder, 'record.ndjson');
  writeFileSync(path, content);
  return path;
}

/** The checking thread reads the first segment and the end of the file, and the other one all between. */
const other = (bytes: number): Sharing => ({ bytes, claims: () => false });
/** The checking thread reads all but what the other one claims while it is slower. */
const checking = (bytes: number): Sharing => ({ bytes, claims: () => true });
/** Once the other thread has begun, the checking one reads a segment for each pack of it. */
function both(bytes: number): Sharing {
  let last = 0;
  return {
    bytes,
    claims: (_, taken) => {
      const isNext = taken > last;
      last = taken;
      return isNext;
    },
  };
}

const kinds: readonly (readonly [name: string, (bytes: number) => Sharing])[] = [
  ['the other', other],
  ['the checking', checking],
  ['both', both],
];

async function expectSameShared(content: string, bytes: readonly number[], asked: Asked = {}): Promise<unknown> {
  const path = written(content);
  let result: unknown = null;
  for (const [name, sharing] of kinds) {
    for (const one of bytes) {
      result = await expectSame([path], { ...asked, sharing: sharing(one) }, `${name}, ${one} bytes`);
    }
  }
  return result;
}

const crlf: typeof mixed = (aggregate, version, at) => mixed(aggregate, version, at).replaceAll('\n', '\r\n');
const blank: typeof mixed = (aggregate, version, at) => `${mixed(aggregate, version, at)}${'\n'.repeat(at % 7)}`;
/** Each line is of 64 bytes. */
const even: typeof mixed = (_, version, at) =>
  `${`{"aggregate":"a${at % 9}","version":${version},"topic":"t"`.padEnd(62)}}\n`;

describe('a file that two threads share', () => {
  it.each<[name: string, content: () => string, asked: Asked]>([
    ['lines of many kinds', () => drawn(1, 1_500, mixed), {}],
    ['versions that rise', () => drawn(2, 1_500, mixed), { versions: 'rising' }],
    ['lines that end as on Windows', () => drawn(3, 1_500, crlf), {}],
    ['blank lines', () => drawn(4, 1_500, blank), {}],
    ['no end of its last line', () => drawn(5, 1_500, mixed).trimEnd(), {}],
    ['a mark at its beginning', () => `\ufeff${drawn(6, 1_500, mixed)}`, {}],
    ['a mark at the beginning of each line', () => drawn(7, 1_000, (...line) => `\ufeff${plain(...line)}`), {}],
    ['fields elsewhere', () => drawn(8, 1_500, (a, version) => `${JSON.stringify({ p: { a }, version })}\n`), { map: "aggregate=.p.a,topic='t'" }], // prettier-ignore
  ])('has the report of one that is not, with %s', async (_, content, asked) => {
    expect(await expectSameShared(content(), [1_700], asked)).toMatchObject({ kind: 'record' });
  });

  it('has the same report where segments are shorter than its lines', async () => {
    await expectSameShared(drawn(9, 400, mixed), [33]);
  });

  it('has the same report where segments end about where lines do', async () => {
    await expectSameShared(drawn(10, 500, even), [63, 64]);
  });

  it('has the same report where a line is longer than many segments, and where the last one is and has no end', async () => {
    const long = plain('n'.repeat(500_000), 1, 0);
    await expectSameShared(`${drawn(11, 300, mixed)}${long}${drawn(12, 300, mixed)}`, [1_000]);
    await expectSameShared(`${drawn(11, 300, mixed)}${long.trimEnd()}`, [1_000]);
  });

  it('has the same report where its odd lines are all in what the other thread reads', async () => {
    const begin = drawn(13, 1_000, plain);
    const end = drawn(14, 1_000, plain);
    const bytes = begin.length;
    for (const odd of [
      drawn(15, 2_000, mixed),
      '{"ev":"publish","aggregate":"a","version":1,"topic":"t"}\n',
      '{"aggregate":"a","version":1}\n',
      `{"aggregate":"a","version":${2n ** 62n + 2n},"topic":"t"}\n{"aggregate":"a","version":${2n ** 62n},"topic":"t"}\n`,
      'nothing\n'.repeat(9_000),
    ]) {
      await expectSame([written(`${begin}${odd}${end}${end}`)], { sharing: other(bytes) }, odd.slice(0, 80));
    }
  });

  it('stops at its first bad line, wherever that is, where that was asked for', async () => {
    for (const [, sharing] of kinds) {
      const path = written(`${drawn(16, 3_000, plain)}\n\nnot JSON\n${drawn(17, 1_000, plain)}`);
      const asked: Asked = { options: { badLines: 'stop' }, sharing: sharing(5_000) };
      expect(await expectSame([path], asked)).toContain('line 3003');
    }
  });

  it('has a verdict on what was read when it is interrupted', async () => {
    for (const [name, sharing] of kinds) {
      const stop = new AbortController();
      let told = 0;
      const options = { signal: stop.signal, onProgress: () => ++told === 3 && stop.abort() };
      const report = await check([written(drawn(18, 30_000, plain))], 0, { options, sharing: sharing(20_000) });
      expect(report.lines.record, name).toBeGreaterThan(0);
      expect(report.lines.record, name).toBeLessThan(30_000);
      expect(report.reasons.map(({ kind }) => kind)).toContain('interrupted');
    }
  });

  it('is read by both', async () => {
    const { bytes, claims } = both(2_000);
    let most = 0;
    const counted = (ready: number, taken: number): boolean => claims(ready, (most = taken));
    await check([written(drawn(19, 3_000, plain))], 0, { sharing: { bytes, claims: counted } });
    expect(most).toBeGreaterThan(10);
  });

  it('tells how far it has come', async () => {
    const content = drawn(20, 3_000, plain);
    const bytes: number[] = [];
    const options = { onProgress: (progress: { readonly bytes: number }) => bytes.push(progress.bytes) };
    await check([written(content)], 0, { options, sharing: both(10_000) });
    expect(bytes.every((one, at) => one <= content.length && (at === 0 || one >= bytes[at - 1]!))).toBe(true);
  });
});
