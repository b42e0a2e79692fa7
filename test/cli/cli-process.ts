/**
 * The built program as its users run it: a process of its own, with nothing of this one's environment that could change
 * what it prints. `npm test` builds it first.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
export const cliPath = join(projectRoot, 'dist', 'cli', 'main.js');

if (!existsSync(cliPath)) throw new Error('the program is not built: run npm run build');

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A temporary folder if absent, so that reports go nowhere else. */
  readonly cwd?: string;
  /** What is piped into standard input; nothing if absent. */
  readonly stdin?: Uint8Array | string;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Removed at the end of the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-cli-'));
  folders.push(folder);
  return folder;
}

export function startCli(args: readonly string[], { env = {}, cwd = temporaryFolder(), stdin }: CliOptions = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [cliPath, ...args], {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // The program may end before it has read all of it.
  child.stdin.on('error', () => {}).end(stdin ?? '');
  return child;
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = startCli(args, options);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}

/** One sentence and the way out on standard error, exit 64, nothing on standard output, no stack trace. */
export function expectUsageError({ exitCode, stdout, stderr }: CliResult, message: string, wayOut = ''): void {
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 64, stdout: '' });
  const [first = '', ...rest] = stderr.trimEnd().split('\n');
  expect(first).toMatch(/^error: /);
  expect(first).toContain(message);
  expect(rest.at(-1)).toMatch(/^ {2}\S/);
  expect(rest.join('\n')).toContain(wayOut);
  expect(stderr).not.toMatch(/^\s+at /m);
}

/** Small enough for a test, large enough that every row has contested pairs. */
export const smallRun = ['run', '--topics', '3', '--aggregates', '12', '--versions', '20'] as const;
