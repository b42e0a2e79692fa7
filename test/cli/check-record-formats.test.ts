/** The built program on records of every format, and on what is no file at all. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './cli-process.js';

const cwd = temporaryFolder();
const lines = [1, 3, 2].map((version) => JSON.stringify({ aggregate: 'a', version })).join('\n');
const violated = '1 event was handled after a higher version of the same aggregate';

describe('check of a record', () => {
  it.each([
    ['orders.csv', 'Order;Seq\r\na;1\r\na;3\r\na;2\r\n', ['--map', 'aggregate=Order,version=Seq']],
    [
      'app.log',
      'up\norder=a seq=1\norder=a seq=3\norder=a seq=2\n',
      ['--pattern', 'order=(?<aggregate>\\S+) seq=(?<version>\\d+)'],
    ],
    ['node.log', lines.replaceAll(/^/gm, '2026-01-01T00:00:00.1Z stdout F '), ['--strip', 'kubernetes']],
    ['orders.ndjson.gz', gzipSync(lines), []],
  ])('reads %s', async (file, content, flags) => {
    writeFileSync(join(cwd, file), content);
    const { exitCode, stdout, stderr } = await runCli(['check', file, ...flags], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toContain(violated);
    expect(exitCode).toBe(1);
  });

  it('reads a named pipe to its end, and leaves its writer alone', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const writer = spawn('sh', ['-c', 'cat > pipe'], { cwd });
    const left = once(writer, 'exit');
    writer.stdin.end(lines);
    const { exitCode, stdout } = await runCli(['check', 'pipe'], { cwd });
    expect(stdout).toContain(violated);
    expect(exitCode).toBe(1);
    expect(await left).toEqual([0, null]);
  });

  it('reads a whole record from a named pipe, though it has to begin anew once a line says more than a handling', async () => {
    execFileSync('mkfifo', [join(cwd, 'whole')]);
    const writer = spawn('sh', ['-c', 'cat > whole'], { cwd });
    const left = once(writer, 'exit');
    const events = Array.from({ length: 2_000 }, (_, index) => index + 1);
    const whole = ['publish', 'deliver', 'start', 'finish'].flatMap((ev) =>
      events.map((version) => JSON.stringify({ ev, aggregate: 'a', version, delivery: `d${version}` })),
    );
    writer.stdin.end(`${whole.join('\n')}\n`);
    const { stdout } = await runCli(['check', 'whole', '--complete'], { cwd });
    expect(stdout).toContain('2,000 publish, 2,000 deliver, 2,000 start and 2,000 finish of 1 aggregate');
    expect(await left).toEqual([0, null]);
  });

  it('reads a short record from standard input, with and without an end of its line', async () => {
    const line = '{"aggregate":"a","version":1}';
    for (const stdin of [line, `${line}\n`]) {
      const { exitCode, stdout } = await runCli(['check', '-'], { cwd, stdin });
      expect(stdout).toContain('1 handled of 1 aggregate');
      expect(exitCode).toBe(2);
    }
    const { stderr } = await runCli(['check', '-'], { cwd, stdin: 'hello\n' });
    expect(stderr).toContain('standard input is neither JSON nor CSV with a header');
  });

  it.each([
    [['--format', 'text'], '--format text needs a pattern'],
    [['--format', 'csv', '--pattern', 'x'], '--pattern is for lines of text, and --format is csv'],
    [['--format', 'trace'], 'should be the header of a trace'],
    [['--pattern', 'x'], '--pattern has no group aggregate and version'],
    [['--min-at-risk', '-1'], '--min-at-risk should be 1 or more, but it is -1'],
  ])('exits 64 for %j', async (flags, message) => {
    writeFileSync(join(cwd, 'orders.ndjson'), lines);
    const { exitCode, stderr } = await runCli(['check', 'orders.ndjson', ...flags], { cwd });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(64);
  });
});
