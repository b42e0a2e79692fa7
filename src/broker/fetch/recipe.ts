/**
 * Defines how a server is obtained, and what the recipes of all servers share: running a program to its end, and an
 * error that says in one line why a server cannot be obtained in one way, so that the next way is tried.
 */
import { spawn } from 'node:child_process';
import { InterruptedError } from '../../domain/errors.js';

/** A server that can be fetched: ways to obtain it, in order, and a check of what came out. */
export interface ServerRecipe {
  /** With the version, the name of its folder in a broker cache. */
  readonly name: string;
  readonly version: string;
  /** The argument of the command that asks for it. */
  readonly id: string;
  readonly title: string;
  /** Whether it is an error if it cannot be had, though nobody asked for it by name. */
  readonly required: boolean;
  /** Whether only the tests and benchmarks of this project use it. */
  readonly isForProject: boolean;
  /** What cannot be done without it. */
  readonly without: string;
  /** Path of what is started, in its folder. */
  readonly binary: string;
  /** What this machine lacks; null if nothing. */
  readonly needs?: (work: FetchWork) => Promise<string | null>;
  readonly ways: readonly Way[];
  /** What is wrong with the server in this folder; null if nothing is. */
  readonly check: (folder: string, work: FetchWork) => Promise<string | null>;
  readonly waysOut: readonly string[];
}

export interface Way {
  readonly title: string;
  /** Fills the folder. @throws {Unobtainable} */
  readonly obtain: (folder: string, work: FetchWork) => Promise<void>;
}

export interface FetchWork {
  /** Tells the user of a step, in one line. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A way that does not lead anywhere on this machine; `message` says why in one line. */
export class Unobtainable extends Error {}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  readonly output?: 'stdout' | 'stderr';
}

const sayEveryMs = 10_000;

/**
 * Runs a program to its end and returns its standard output, or what else is asked for. Says every ten seconds that it
 * goes on.
 *
 * @throws {Unobtainable} if it is not installed, fails, or takes too long
 * @throws {InterruptedError}
 */
export async function run(
  program: string,
  args: readonly string[],
  { say, signal }: FetchWork,
  { cwd, env, timeoutMs = 600_000, output = 'stdout' }: RunOptions = {},
): Promise<string> {
  const refuseIfAborted = (): void => {
    if (signal.aborted) throw new InterruptedError();
  };
  refuseIfAborted();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    timeout: timeoutMs,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const begunAtMs = performance.now();
  const secondsNow = (): number => Math.round((performance.now() - begunAtMs) / 1000);
  const timer = setInterval(() => say(`${program} goes on (${secondsNow()} s)`), sayEveryMs);
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', (error) => reject(startError(program, error)));
      child.once('close', (code, by) => {
        if (code === 0) return resolve();
        const lastLine = said.stderr.trim().split('\n').at(-1) ?? '';
        const how = by ?? `exit ${code}`;
        const tookMs = performance.now() - begunAtMs;
        if (by !== null && tookMs >= timeoutMs)
          return reject(new Unobtainable(`${program} took longer than ${timeoutMs / 1000} s`));
        reject(new Unobtainable(`${program} ${args[0] ?? ''} failed (${how}): ${lastLine}`));
      });
    });
    return said[output];
  } catch (error) {
    refuseIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function startError(program: string, error: NodeJS.ErrnoException): Unobtainable {
  if (error.code === 'ENOENT') return new Unobtainable(`${program} is not installed`);
  return new Unobtainable(`${program} did not start (${error.message})`);
}
