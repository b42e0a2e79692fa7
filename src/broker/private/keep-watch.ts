/**
 * Makes a private server die with its run, whatever kills the run. A watchdog process stands between the two; this is
 * what the watchdogs of all brokers have in common. It makes the temporary folder and reads from a pipe whose other end
 * the run holds. When the run ends, by SIGKILL too, the system closes the pipe; the watchdog then kills the server,
 * removes the folder and ends. Messages to the run are JSON lines on stdout, commands of the run lines on stdin.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a watchdog tells when its server cannot be used. It ends right after it. */
export interface WatchFailure {
  readonly kind: 'failed';
  /** Follows "could not be started". */
  readonly reason: string;
}

export interface Watch {
  /** Removed at the end. */
  readonly folder: string;
  /** From now on this process is killed at the end; the one before it has ended. */
  over(server: ChildProcess): void;
  isEnding(): boolean;
  /** At once: this process may end right after it. */
  tell(message: object): void;
  /** Tells it, and ends. */
  fail(reason: string): void;
}

export interface WatchOptions {
  /** How the name of the temporary folder begins. */
  readonly prefix: string;
  /** Fills the folder before anything is started. What it throws is told as the failure. */
  readonly prepare: (folder: string) => void;
  /** A line from the run. */
  readonly onCommand?: (command: string) => void;
}

const folderRemoval = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;

/** Call it once, first of all. */
export function keepWatch({ prefix, prepare, onCommand }: WatchOptions): Watch {
  let folder: string | null = null;
  let server: ChildProcess | null = null;
  let isEnding = false;

  const tell = (message: object): void => void writeSync(process.stdout.fd, `${JSON.stringify(message)}\n`);
  const leave = (): void => {
    if (folder !== null) rmSync(folder, folderRemoval);
    process.exit(0);
  };
  /** Kills the server at once: nothing in its store is wanted any more. */
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    if (!isRunning(server)) return leave();
    server.on('exit', leave);
    server.kill('SIGKILL');
  };

  try {
    folder = mkdtempSync(join(tmpdir(), prefix));
    prepare(folder);
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    if (folder !== null) rmSync(folder, folderRemoval);
    process.exit(1);
  }
  endWith(end, onCommand);
  return {
    folder,
    over: (started) => {
      server = started;
      // Its start and the end of the run may have crossed.
      if (isEnding) server.kill('SIGKILL');
    },
    isEnding: () => isEnding,
    tell,
    fail: (reason) => {
      if (isEnding) return;
      tell({ kind: 'failed', reason });
      end();
    },
  };
}

function isRunning(server: ChildProcess | null): server is ChildProcess {
  return server?.pid !== undefined && server.exitCode === null && server.signalCode === null;
}

/** The run's end of the pipe closes, or somebody ends this process. */
function endWith(end: () => void, onCommand: ((command: string) => void) | undefined): void {
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  process.on('uncaughtException', end);
  process.stdout.on('error', end);
  process.stdin.on('error', end).on('end', end).on('close', end);
  if (onCommand === undefined) process.stdin.resume();
  else createInterface({ input: process.stdin }).on('line', onCommand);
}
