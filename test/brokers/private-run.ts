/** A run of the built program on a private server, and the process of that server. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startCli } from '../cli/cli-process.js';
import type { CliResult } from '../cli/cli-process.js';

export interface PrivateRun {
  /** TMPDIR of the run. */
  readonly folder: string;
  readonly trace: string;
  readonly ended: Promise<CliResult>;
}

/** Runs for half a minute unless something ends it. Its trace is written beside TMPDIR. */
export function startOnPrivateServer(broker: 'nats' | 'kafka', folder: string): PrivateRun {
  const trace = `${folder}.ndjson`;
  const size = ['--topics', '1', '--aggregates', '10', '--versions', '600', '--rate', '200'];
  const child = startCli(['run', '--broker', broker, '--mode', 'single', ...size, '--trace', trace], {
    env: { TMPDIR: folder },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: exitCode as number | null, stdout, stderr }));
  return { folder, trace, ended };
}

/** Kills the server with SIGKILL once the run goes on. @param config name of the server's configuration file */
export async function killServerOf({ folder, trace, ended }: PrivateRun, config: string): Promise<void> {
  const over = ended.then(() => true);
  const pause = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 20));
  while (!hasHandled(trace)) if (await Promise.race([over, pause()])) break;
  const file = join(folder, readdirSync(folder)[0]!, config);
  process.kill(processNaming(file), 'SIGKILL');
}

function hasHandled(trace: string): boolean {
  try {
    return readFileSync(trace, 'utf8').split('\n').length > 100;
  } catch {
    return false;
  }
}

/** The process among whose arguments the file is; Linux lists them. */
function processNaming(file: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => argumentsOf(pid).includes(file));
  if (found === undefined) throw new Error(`no process has the argument ${file}`);
  return Number(found);
}

function argumentsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
