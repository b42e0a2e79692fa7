/** Reports arrive whole, under a name of their own, inside their folder, or not at all and with a way out. */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToolError } from '../../src/domain/errors.js';
import { UsageError } from '../../src/domain/errors.js';
import { renderJson } from '../../src/report/contract/json.js';
import { explainWriteError, writeRendered, writeReport, writeReportAtOnce } from '../../src/run/report-files.js';
import { report, threeModes } from '../report/fixtures.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-files-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function failure(reportDir: string, name = 'run'): Promise<ToolError> {
  const error: unknown = await writeReport(threeModes(), { reportDir, name }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UsageError);
  return error as ToolError;
}

describe('writeReport', () => {
  it('writes the report under the time at which it began and its name, and as latest.json', async () => {
    const reportDir = join(folder, 'made', 'for', 'it');
    const written = await writeReport(threeModes(), { reportDir, name: 'run' });
    expect(written.path).toBe(join(reportDir, '20261122T150405Z-run.json'));
    expect(written.latestPath).toBe(join(reportDir, 'latest.json'));
    expect(readFileSync(written.path, 'utf8')).toBe(renderJson(threeModes()));
    expect(readFileSync(written.latestPath, 'utf8')).toBe(renderJson(threeModes()));
    expect(readdirSync(reportDir).sort()).toEqual(['20261122T150405Z-run.json', 'latest.json']);
  });

  it('takes the time that it is given, wherever on earth it was noted', async () => {
    const at = { reportDir: folder, name: 'x', startedAt: '2026-01-01T01:30:00.250+02:00' };
    expect((await writeReport(threeModes(), at)).path).toBe(join(folder, '20251231T233000Z-x.json'));
    const asDate = { ...at, startedAt: new Date('2026-01-01T00:00:00Z') };
    expect((await writeReport(threeModes(), asDate)).path).toBe(join(folder, '20260101T000000Z-x.json'));
  });

  it('numbers reports of the same second and name, also of runs side by side', async () => {
    const target = { reportDir: folder, name: 'run' };
    const written = await Promise.all([1, 2, 3].map((seed) => writeReport(report([], { seed }), target)));
    expect(written.map(({ path }) => path).sort()).toEqual(
      ['-2.json', '-3.json', '.json'].map((end) => join(folder, `20261122T150405Z-run${end}`)),
    );
    const seeds = written.map(({ path }) => (JSON.parse(readFileSync(path, 'utf8')) as { seed: number }).seed);
    expect(seeds).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toHaveLength(4);
  });

  it('replaces latest.json by the newer report', async () => {
    await writeReport(report([], { seed: 1 }), { reportDir: folder, name: 'a' });
    await writeReport(report([], { seed: 2 }), { reportDir: folder, name: 'b' });
    expect(readFileSync(join(folder, 'latest.json'), 'utf8')).toContain('"seed": 2');
  });

  it.each([
    '../escaped',
    '..',
    '.',
    '',
    'a/b',
    'a\\b',
    '/etc/passwd',
    '.hidden',
    'a:b',
    'a\u0000b',
    'ä',
    'x'.repeat(101),
  ])('refuses the name %j, which would leave the folder or not be safe in every one', async (name) => {
    const inner = join(folder, 'inner');
    expect((await failure(inner, name)).message).toContain(JSON.stringify(name));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so where the folder is a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const reportDir of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      const error = await failure(reportDir);
      expect(error.message).toMatch(/is not a folder$/);
      expect(error.wayOut).toContain('--report-dir');
    }
  });

  it('says so where a folder stands in its way, and leaves nothing behind', async () => {
    mkdirSync(join(folder, 'latest.json'));
    const error = await failure(folder);
    expect(error.message).toMatch(/a folder stands where|is not a folder|no permission/);
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  it.each([
    ['ENOSPC', 'no space is left for it in out'],
    ['EDQUOT', 'no space is left for it in out'],
    ['EACCES', 'no permission to write in out'],
    ['EROFS', 'out is on a file system that is read-only'],
    ['ENOTDIR', 'out is not a folder'],
    ['EIO', 'the device reports an error'],
  ])('tells the way out of %s', (code, what) => {
    const error = explainWriteError(Object.assign(new Error('i/o error'), { code }), 'out');
    expect(error.message).toBe(`the report could not be written: ${what}`);
    expect(error.wayOut).toContain('--report-dir');
  });
});

describe.skipIf(process.platform !== 'linux')('a folder in which nothing can be made', () => {
  it('is said, and does not keep the program waiting', async () => {
    const target = { reportDir: '/proc/eventbus-bench', name: 'run' };
    await expect(writeReport(threeModes(), target)).rejects.toThrow('the report could not be written');
  });

  it('is said at once in the last moment before the process is ended, too', () => {
    for (const reportDir of ['/proc/eventbus-bench', '/proc/eventbus-bench/reports']) {
      expect(() => writeReportAtOnce(threeModes(), { reportDir, name: 'run' })).toThrow(UsageError);
    }
  });
});

describe('writeReportAtOnce', () => {
  it('makes its folders, and numbers reports of the same second and name', () => {
    const reportDir = join(folder, 'made', 'for', 'it');
    const paths = [1, 2].map(() => writeReportAtOnce(threeModes(), { reportDir, name: 'run' }));
    expect(paths).toEqual(['', '-2'].map((end) => join(reportDir, `20261122T150405Z-run${end}.json`)));
    expect(readdirSync(reportDir).sort()).toEqual(
      [...paths.map((path) => path.slice(reportDir.length + 1)), 'latest.json'].sort(),
    );
  });

  it('says what is in the way of its folder', () => {
    writeFileSync(join(folder, 'taken'), 'x');
    const target = { reportDir: join(folder, 'taken', 'reports'), name: 'run' };
    expect(() => writeReportAtOnce(threeModes(), target)).toThrow('the report could not be written');
  });
});

describe('writeRendered', () => {
  it('replaces a file, and leaves nothing beside it', async () => {
    const path = join(folder, 'junit.xml');
    await writeRendered('first', path);
    await writeRendered('second', path);
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['junit.xml']);
  });

  it('writes through a link, which stays one', async () => {
    const link = join(folder, 'link.xml');
    writeFileSync(join(folder, 'file.xml'), 'old');
    symlinkSync('file.xml', link);
    await writeRendered('new', link);
    expect(readFileSync(join(folder, 'file.xml'), 'utf8')).toBe('new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it('says of a folder, and of a folder that is not there, what to do', async () => {
    const write = (path: string): Promise<void> => writeRendered('text', path);
    await expect(write(folder)).rejects.toThrow(/could not be written: it is a folder/);
    await expect(write(join(folder, 'no', 'x.xml'))).rejects.toThrow(/there is no folder/);
    await expect(write(join(folder, 'no', 'x.xml'))).rejects.toBeInstanceOf(UsageError);
  });
});
