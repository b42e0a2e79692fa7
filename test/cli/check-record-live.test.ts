/** The built program while it reads a record: interrupted, following, with ids hashed, and with what is wrong in its flags. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { expectUsageError, runCli, startCli, temporaryFolder } from './cli-process.js';

const handled = (version: number, aggregate = 'order-1'): string => `${JSON.stringify({ aggregate, version })}\n`;

function recordIn(folder: string, text: string): string {
  const path = join(folder, 'app.log');
  writeFileSync(path, text);
  return path;
}

/** What a started program comes to. */
async function endOf(child: ReturnType<typeof startCli>): Promise<{ code: number | null; report: RecordReport }> {
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, report: JSON.parse(stdout) as RecordReport };
}

/** Resolves once the program holds the file open, and does not only look into it. */
async function opened(pid: number, path: string): Promise<void> {
  const folder = `/proc/${pid}/fd`;
  const isOpen = (): boolean =>
    readdirSync(folder).some((name) => {
      try {
        return readlinkSync(join(folder, name)) === path;
      } catch {
        return false;
      }
    });
  for (let seen = 0; seen < 20; seen = isOpen() ? seen + 1 : 0) await pause(50);
}

describe('check of a record, interrupted', () => {
  it('gives the verdict on what was read of what has not ended, and exits 130', async () => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const child = startCli(['check', path, '--json', '--complete']);
    const ended = endOf(child);
    // The pipe opens once the program reads it, and takes little more than was read.
    const pipe = await open(path, 'w');
    await pipe.appendFile(handled(2) + handled(1));
    for (let i = 0; i < 20; i++) await pipe.appendFile(handled(1, `order-${i}`).repeat(5_000));
    child.kill('SIGINT');
    const { code, report } = await ended;
    await pipe.close();
    expect(code).toBe(130);
    expect(report.reasons).toContainEqual({ kind: 'interrupted' });
    expect(report).toMatchObject({ outcome: 'violated', complete: false });
    expect(report.lines.record).toBeGreaterThan(50_000);
  });
});

describe.runIf(existsSync('/proc/self/fd'))('check --follow', () => {
  it('gives the verdict when it is interrupted, and exits 130', async () => {
    const path = recordIn(temporaryFolder(), handled(1));
    const child = startCli(['check', path, '--follow', '--json', '--complete']);
    const ended = endOf(child);
    await opened(child.pid!, path);
    child.kill('SIGINT');
    const { code, report } = await ended;
    expect({ code, lines: report.lines.record, complete: report.complete }).toEqual({
      ...{ code: 130, lines: 1, complete: false },
    });
  });

  it('reads on through a rotation, and ends when nothing comes', async () => {
    const path = recordIn(temporaryFolder(), handled(1));
    const child = startCli(['check', path, '--follow', '--idle', '4s', '--json']);
    const ended = endOf(child);
    await opened(child.pid!, path);
    appendFileSync(path, handled(3));
    renameSync(path, `${path}.1`);
    writeFileSync(path, handled(2));
    const { code, report } = await ended;
    expect({ code, counts: report.counts, lines: report.lines.record }).toMatchObject({
      ...{ code: 1, lines: 3, counts: { regressions: 1 } },
    });
  });

  it.each([
    [['--follow', 'a', 'b'], 'more files than one'],
    [['--idle', '3s', 'a'], 'without --follow'],
    [['--follow', '--idle', '3', 'a'], '--idle should be a duration'],
    [['--events', 'publsh', 'a'], 'there is no event publsh'],
  ])('refuses %s', async (args, message) => {
    expectUsageError(await runCli(['check', ...args]), message);
  });
});

describe('check --redact', () => {
  const lines = `${handled(2)}${handled(1)}{"aggregate":"order-1","vers\n{"aggregate":"order-1"}\n`;

  it.each([[[]], [['--json']], [['--bad-lines', 'stop']]])('writes no id, with %s', async (args) => {
    const { stdout, stderr } = await runCli(['check', '-', '--redact', ...args], { stdin: lines });
    expect(stdout + stderr).not.toContain('order-1');
  });

  it('gives an id the same hash each time, and another one with a key', async () => {
    const hashOf = async (env: Record<string, string>): Promise<string> => {
      const { stdout } = await runCli(['check', '-', '--redact', '--json'], { stdin: lines, env });
      return (JSON.parse(stdout) as RecordReport).aggregates[0]!.aggregate;
    };
    const plain = await hashOf({});
    expect(plain).toMatch(/^[0-9a-f]{12}$/);
    expect(await hashOf({})).toBe(plain);
    const keyed = await hashOf({ EVENTBUS_BENCH_REDACT_KEY: 'ours' });
    expect(keyed).not.toBe(plain);
    expect(await hashOf({ EVENTBUS_BENCH_REDACT_KEY: 'ours' })).toBe(keyed);
  });
});

describe('check --events', () => {
  it('checks a long pipe whole that begins with handlings alone', async () => {
    const payload = 'x'.repeat(1_000);
    const line = (version: number): string => `${JSON.stringify({ aggregate: 'order-1', version, payload })}\n`;
    const many = Array.from({ length: 20_000 }, (_, index) => line(index + 1)).join('');
    const stdin = `${many}${JSON.stringify({ ev: 'publish', aggregate: 'order-1', version: 2 })}\n`;
    expectUsageError(await runCli(['check', '-'], { stdin }), 'says more than handlings only after', '--events');
    const { stdout } = await runCli(['check', '-', '--events', 'publish,handled', '--json'], { stdin });
    expect((JSON.parse(stdout) as RecordReport).lines.record).toBe(20_001);
  });
});
