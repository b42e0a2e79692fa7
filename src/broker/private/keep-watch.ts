/**
 * Makes a private server die with its run, whatever kills the run. A watchdog process stands between the two; this file
 * is what the watchdogs of all brokers have in common. It makes the temporary folder and reads from a pipe whose other
 * end the run holds. When the run ends, by SIGKILL too, the system closes the pipe; the watchdog then kills the server,
 * removes the folder and ends. Messages to the run are JSON lines on stdout, commands of the run are lines on stdin.
 *
 * A server that ends by itself is told to the run at once, and its log is kept in a file beside the folder.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fullReason } from './server-log.js';
import type { ServerLog } from './server-log.js';
import type { WatchFailure } from './watch-failure.js';

export interface Watch {
  /** The temporary folder, which is removed at the end. */
  readonly folder: string;
  /** Sets the process that is killed at the end. The process set before must have ended. */
  over(server: ChildProcess): void;
  isEnding(): boolean;
  /** Writes a message to the run, synchronously, so that this process may end right after. */
  tell(message: object): void;
  /** Sends that the server cannot be started, or started again, then kills it and ends this process. */
  refuse(reason: string, what?: 'not started' | 'not started again'): void;
  /** Sends that the server ended in the middle of the run, keeps its log, and ends this process. */
  mourn(ending: string, lastWords: string, log: ServerLog): void;
  /** Sends, once, that the server cannot store what it is sent; the server goes on until the run ends it. */
  tellFull(reason: string): void;
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
  let server: ChildProcess | null = null;
  let isEnding = false;
  let isFull = false;

  const folder = makeFolder(prefix, prepare);
  const leave = (): void => {
    rmSync(folder, folderRemoval);
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
  const fail = (failure: Omit<WatchFailure, 'kind' | 'folder'>): void => {
    if (isEnding) return;
    tell({ kind: 'failed', folder, ...failure } satisfies WatchFailure);
    end();
  };

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
    refuse: (reason, what = 'not started') => {
      const full = fullReason(reason);
      fail(full === null ? { what, reason } : { what: 'full at start', reason: full });
    },
    mourn: (ending, lastWords, log) => {
      if (isEnding) return;
      const full = fullReason(log.text);
      if (full !== null) return fail({ what: 'full', reason: full });
      fail({ what: 'ended', reason: ending, lastWords, logFile: keepLog(`${folder}.log`, log, ending) });
    },
    tellFull: (reason) => {
      if (isEnding || isFull) return;
      isFull = true;
      tell({ kind: 'failed', folder, what: 'full', reason } satisfies WatchFailure);
    },
  };
}

/** How a process ended, as the end of a sentence about it. */
export function endingOf(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `it ended by itself with exit code ${code ?? 'unknown'}` : `it was killed by ${signal}`;
}

function tell(message: object): void {
  writeSync(process.stdout.fd, `${JSON.stringify(message)}\n`);
}

/** Makes and fills the folder. Where that is not possible, it tells the run why and ends this process. */
function makeFolder(prefix: string, prepare: (folder: string) => void): string {
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), prefix));
    prepare(folder);
    return folder;
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    // What the plan names is read with `open`; then the message names the file.
    const isFolder = folder === null || (syscall !== 'open' && code !== undefined) || code === 'ENOSPC';
    const reason = isFolder ? message.replace(/, .*$/, '') : message;
    tell({
      kind: 'failed',
      folder: tmpdir(),
      what: isFolder ? 'no folder' : 'not started',
      reason,
    } satisfies WatchFailure);
    if (folder !== null) rmSync(folder, folderRemoval);
    process.exit(1);
  }
}

/** Writes the log to a file that stays. @returns its path; null if it cannot be written */
function keepLog(file: string, log: ServerLog, ending: string): string | null {
  try {
    writeFileSync(file, `${log.text}\n\n${new Date().toISOString()} ${ending}\n`, { mode: 0o600 });
    return file;
  } catch {
    return null;
  }
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
