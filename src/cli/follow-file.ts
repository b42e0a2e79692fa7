/** What `--follow`, `--for` and `--idle` come to: how long a file is followed. */
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError } from '../domain/errors.js';
import { FollowedFile } from '../record/input/live/followed-file.js';
import { parseDuration } from '../scenario/notation/duration.js';

export interface FollowFlags {
  readonly follow?: boolean;
  readonly for?: string;
  readonly idle?: string;
}

/**
 * @returns null: nothing is followed, as without --follow, or for a pipe, which is read until it ends anyway
 * @throws {UsageError} if several files are to be followed, or the flags contradict each other
 */
export function followed(flags: FollowFlags, paths: readonly string[]): FollowedFile | null {
  const [path = '-', ...others] = paths;
  const [limit] = (['for', 'idle'] as const).filter((name) => flags[name] !== undefined);
  if (flags.follow !== true) {
    if (limit === undefined) return null;
    throw new UsageError(`--${limit} is given without --follow`, 'it says when following a file ends: add --follow');
  }
  if (others.length > 0) {
    throw new UsageError('--follow is given, and more files than one are named', 'follow one file at a time');
  }
  if (path === '-') {
    if (limit === undefined) return null;
    throw new UsageError(
      `--${limit} is given for standard input, which is read until it ends`,
      'end what writes into it: timeout 10m COMMAND | eventbus-bench check -',
    );
  }
  return new FollowedFile(path, {
    pause: (ms) => pause(ms, undefined, { ref: true }),
    nowMs: () => performance.now(),
    forMs: durationOf('for', flags.for),
    idleMs: durationOf('idle', flags.idle),
  });
}

function durationOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw new UsageError(
    `--${name} should be a duration above 0, but it is ${text}`,
    `with a unit, such as --${name} 30s or --${name} 10m`,
  );
}
