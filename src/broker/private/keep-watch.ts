/**
 * Makes a private server die with its run, whatever kills the run. A watchdog process stands between the two; this file
 * is what the watchdogs of all brokers have in common. It makes the temporary folder and reads from a pipe whose other
 * end the run holds. When the run ends, by SIGKILL too, the system closes the pipe; the watchdog then kills the server,
 * removes the folder and ends. Messages to the run are JSON lines on stdout, commands of the run are lines on stdin.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The last message of a watchdog whose server cannot be used. */
export interface WatchFailure {
  readonly kind: 'failed';
  /** Follows "could not be started". */
  readonly reason: string;
}

export interface Watch {
  /** The temporary folder, which is removed at the end. */
  readonly folder: string;
  /** Sets the process that is killed at the end. The process set before must have ended. */
  over(server: ChildProcess): void;
  isEnding(): boolean;
  /** Writes a message to the run, synchronously, so that this process may end right after. */
  tell(message: object): void;
  /** Sends a failure with this reason, then kills the server and ends this process. */
  fail(reason: string): void;
}

export interface WatchOptions {
  /** How the name of the temporary folder begins. */
  readonly prefix: string;
  /** Fills the folder before anything is started. An error that it throws is sent as the failure. */
  readonly prepare: (folder: string) => void;
  /** Called with each line that the run sends. */
  readonly onCommand?: (command: string) => void;
}

const folderRemoval = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;

/** Begins the watch. A watchdog calls it once, before anything else. */
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

/**
 * Calls `end` when the run's end of a pipe closes or this process is told to end, and hands commands to `onCommand`.
 */
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
