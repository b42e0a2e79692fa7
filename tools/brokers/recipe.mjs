// What the recipes of all brokers share: running a program to its end, and an error that says in one line why a server
// cannot be obtained in one way, so that the next way is tried.
import { spawnSync } from 'node:child_process';

/** A way that does not lead anywhere on this machine; `message` says why in one line. */
export class Unobtainable extends Error {}

/**
 * Runs a program to its end and returns its standard output, or what else is asked for.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, output?: 'stdout' | 'stderr' }} [options]
 * @throws {Unobtainable} if it is not installed, fails, or takes too long
 */
export function run(program, args, { cwd, env, timeoutMs = 600_000, output = 'stdout' } = {}) {
  const ended = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: timeoutMs,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ended.error?.code === 'ENOENT') throw new Unobtainable(`${program} is not installed`);
  if (ended.error?.code === 'ETIMEDOUT') throw new Unobtainable(`${program} took longer than ${timeoutMs / 1000} s`);
  if (ended.error !== undefined) throw new Unobtainable(`${program} did not start (${ended.error.message})`);
  if (ended.status !== 0) {
    const lastLine = ended.stderr.trim().split('\n').at(-1) ?? '';
    const how = ended.signal === null ? `exit ${ended.status}` : ended.signal;
    throw new Unobtainable(`${program} ${args[0] ?? ''} failed (${how}): ${lastLine}`);
  }
  return ended[output];
}
