/** A reader that goes away ends no command, and no message tells of it. */
import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, smallRun, startCli, temporaryFolder } from './cli-process.js';

/** Starts the program and closes its standard output after the first piece, as `| head -1` does. */
async function headOf(args: readonly string[], cwd: string): Promise<{ exitCode: number | null; stderr: string }> {
  const child = startCli(args, { cwd });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.once('data', () => child.stdout.destroy());
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stderr };
}

describe('a pipe whose reader has what it wanted', () => {
  it.each([
    ['run', [...smallRun, '--mode', 'single', '--quiet']],
    ['report', ['report', 'r.json', '--format', 'csv']],
    ['check', ['check', 'trace.ndjson', '--json']],
    ['help', ['run', '--help']],
    ['doctor', ['doctor']],
  ])('ends %s without a word', async (_, args) => {
    const cwd = temporaryFolder();
    const made = await runCli([...smallRun, '--mode', 'single', '--json', '--trace', 'trace.ndjson'], { cwd });
    writeFileSync(join(cwd, 'r.json'), made.stdout);
    expect(await headOf(args, cwd)).toEqual({ exitCode: 0, stderr: '' });
  });
});
