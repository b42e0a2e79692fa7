/** The built program on records with something wrong in them: what was read is kept, and the rest is said. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { runCli, startCli, temporaryFolder } from './cli-process.js';

const cwd = temporaryFolder();

const line = (aggregate: string, version: number | string): string =>
  `{"aggregate":"${aggregate}","version":${version}}\n`;

async function checked(content: string | Buffer, ...args: readonly string[]): Promise<RecordReport> {
  writeFileSync(join(cwd, 'a.log'), content);
  const { exitCode, stdout, stderr } = await runCli(['check', 'a.log', ...args, '--json'], { cwd });
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as RecordReport;
  expect(exitCode).toBe(report.outcome === 'violated' ? 1 : 2);
  return report;
}

describe('check of a record that is damaged', () => {
  it.each<
    readonly [what: string, content: string | Buffer, record: number, bad: readonly [line: number, says: string][]]
  >([
    [
      'a line far below is no JSON',
      `${line('a', 1).repeat(300_000)}oops\n${line('a', 2)}`,
      300_001,
      [[300_001, 'it is not JSON']],
    ],
    ['it is cut off in the middle of a line', line('a', 1) + line('a', 2).slice(0, 20), 1, [[2, 'it is not JSON']]],
    [
      'it has NUL bytes',
      `${line('a', 1)}\0\0\0\n${line('a\0b', 2)}${line('a', 2)}`,
      2,
      [
        [2, 'it is not JSON'],
        [3, 'it is not JSON'],
      ],
    ],
    [
      'versions are no numbers',
      line('a', 1) + line('a', '"v2"') + line('a', 2.5),
      1,
      [
        [2, 'no integer'],
        [3, 'no integer'],
      ],
    ],
    [
      'it has a line of 200 MB',
      Buffer.concat([Buffer.from(line('a', 1)), Buffer.alloc(2e8, 'x'), Buffer.from(`\n${line('a', 2)}`)]),
      2,
      [[2, 'it is too long']],
    ],
  ])('keeps what was read where %s', async (_, content, record, bad) => {
    const { lines, badLines } = await checked(content);
    expect(lines).toMatchObject({ record, bad: bad.length });
    expect(badLines.map(({ line: number }) => number)).toEqual(bad.map(([number]) => number));
    for (const [index, [, says]] of bad.entries()) expect(badLines[index]!.problem).toContain(says);
  });

  it('reads a line of 100 MB', async () => {
    const long = line('a', 2).replace('{', `{"x":"${'y'.repeat(100 * 1_048_576)}",`);
    const { lines, counts } = await checked(line('a', 3) + long);
    expect(lines).toMatchObject({ record: 2, bad: 0 });
    expect(counts.regressions).toBe(1);
  });

  it('compares versions beyond 2^53 to the last digit', async () => {
    const versions = ['9007199254740993', '9007199254740992', '9007199254740994'];
    const { counts } = await checked(versions.map((version) => line('a', version)).join(''));
    expect(counts).toMatchObject({ handled: 3, regressions: 1, duplicates: 0 });
  });

  it('reads keys with escapes, and cells of CSV with quotes and line ends', async () => {
    const escaped = String.raw`{"\u0061ggregate":"\u0061","v\u0065rsion":3}`;
    expect((await checked(`${escaped}\n${line('a', 2)}`)).counts.regressions).toBe(1);
    const csv = 'aggregate,version,note\n"a ""x""\nb",3,"two\nlines, and more"\n"a ""x""\nb",2,ok\n';
    const { aggregates } = await checked(csv);
    expect(aggregates[0]).toMatchObject({
      aggregate: 'a "x"\nb',
      regressions: 1,
      examples: [{ version: 2, after: 3, line: 5 }],
    });
  });

  it('says of an aggregate in two sources that nothing tells which came first', async () => {
    writeFileSync(join(cwd, 's1'), line('a', 1) + line('a', 3));
    writeFileSync(join(cwd, 's2'), line('a', 2));
    const { exitCode, stdout } = await runCli(['check', 's1', 's2', '--json'], { cwd });
    expect(exitCode).toBe(2);
    expect((JSON.parse(stdout) as RecordReport).reasons).toContainEqual({ kind: 'several-sources', aggregates: 1 });
  });
});

describe('check of what is no plain file', () => {
  it('keeps what a named pipe had until its writer went away in the middle of a line', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const writer = spawn('sh', ['-c', 'cat > pipe'], { cwd });
    writer.stdin.end(line('a', 2) + line('a', 1) + line('a', 3).slice(0, 9));
    const { exitCode, stdout } = await runCli(['check', 'pipe', '--json'], { cwd });
    expect(exitCode).toBe(1);
    expect((JSON.parse(stdout) as RecordReport).lines).toMatchObject({ record: 2, bad: 1 });
  });

  it('refuses a socket', async () => {
    const server = createServer().listen(join(cwd, 'sock'));
    await once(server, 'listening');
    const { exitCode, stdout, stderr } = await runCli(['check', 'sock'], { cwd });
    server.close();
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
    expect(stderr).toMatch(/^error: sock cannot be read: .*\n {2}name a file that has the record/);
  });
});

describe('check that is disturbed', () => {
  it('keeps its exit code where the reader of its output goes away', async () => {
    writeFileSync(join(cwd, 'turned'), line('a', 2) + line('a', 1));
    const child = startCli(['check', 'turned', '--details'], { cwd });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.destroy();
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'gives the verdict on what was read at %s, and exits 130',
    async (signal) => {
      const child = spawn(process.execPath, [join(process.cwd(), 'dist', 'cli', 'main.js'), 'check', '-', '--json'], {
        cwd,
      });
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      const said = once(child.stderr, 'data');
      // More than a block, so that some of it is read before the signal comes; and it does not end.
      child.stdin.on('error', () => {}).write(line('a', 2) + line('a', 1).repeat(100_000), () => child.kill(signal));
      const [exitCode] = (await once(child, 'close')) as [number | null];
      expect(String(await said)).toContain('interrupted: ending the check');
      expect(exitCode).toBe(130);
      expect((JSON.parse(stdout) as RecordReport).reasons.map(({ kind }) => kind)).toContain('interrupted');
    },
  );
});
