import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkReportFolder, checkTracePath } from '../../src/cli/report-folder.js';
import { temporaryFolder } from './cli-process.js';

describe('before a run', () => {
  it('the report folder is tried, and left as it was', () => {
    const folder = temporaryFolder();
    checkReportFolder(folder);
    checkReportFolder(join(folder, 'to', 'be', 'made'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each<[string, (folder: string) => void, string, string]>([
    ['a file stands in its place', (at) => writeFileSync(at, ''), '', 'is not a folder'],
    ['a file stands on its way', (at) => writeFileSync(at, ''), 'deeper', 'is not a folder'],
    ['it is a link to nothing', (at) => symlinkSync('/nowhere', at), '', 'is a link that leads nowhere'],
    ['a link to nothing is on its way', (at) => symlinkSync('/nowhere', at), 'deeper', 'is a link that leads nowhere'],
    ['it is a link to itself', (at) => symlinkSync(at, at), '', 'a link that leads back to itself'],
    [
      'a folder stands where a report goes',
      (at) => mkdirSync(join(at, 'latest.json'), { recursive: true }),
      '',
      'is a folder, where a report should go',
    ],
  ])('the report folder is refused if %s', (_, make, below, message) => {
    const folder = join(temporaryFolder(), 'reports');
    make(folder);
    expect(() => checkReportFolder(join(folder, below))).toThrow(message);
  });

  it.runIf(process.platform === 'linux')('the report folder is refused where nothing can be made', () => {
    expect(() => checkReportFolder('/proc/reports')).toThrow('/proc cannot be written to: no file can be made there');
  });

  it('the trace is refused if it cannot be a file, or would replace the scenario', () => {
    const folder = temporaryFolder();
    const scenario = join(folder, 'mine.yaml');
    writeFileSync(scenario, 'topics: 5\n');
    expect(() => checkTracePath(folder, [])).toThrow('but that is a folder');
    expect(() => checkTracePath(join(folder, 'no', 'trace'), [])).toThrow('there is no folder');
    expect(() => checkTracePath(join(scenario, 'trace'), [])).toThrow('is not a folder');
    expect(() => checkTracePath(join(folder, '.', 'mine.yaml'), [scenario])).toThrow('the trace would replace it');
    expect(() => checkTracePath(join(folder, 'trace.ndjson'), [scenario])).not.toThrow();
  });
});
