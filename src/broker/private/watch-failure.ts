/**
 * Defines what a watchdog tells of a private server that cannot be used, and puts it into words: what happened, where,
 * and the way out.
 */
import { statfsSync } from 'node:fs';
import { BrokerError } from '../../domain/errors.js';

export interface WatchFailure {
  readonly kind: 'failed';
  /**
   * `no folder`: the temporary folder cannot be made; `full at start` and `full`: no room is left for what the server
   * stores; `ended`: it ended by itself after it was started.
   */
  readonly what: 'no folder' | 'not started' | 'not started again' | 'full at start' | 'full' | 'ended';
  /** Words of the system or of the server; for `ended` how it ended, as a sentence. */
  readonly reason: string;
  /** The server's temporary folder; for `no folder` the one in which it was to be made. */
  readonly folder: string;
  /** For `ended`: the last that it said. */
  readonly lastWords?: string;
  /** For `ended`: the file in which its log was kept; null if there is none. */
  readonly logFile?: string | null;
}

/** A private server as messages name it. */
export interface PrivateServerName {
  /** `nats-server 2.15.2`. */
  readonly title: string;
  /** What it is started from. */
  readonly files: string;
  /** The argument of `eventbus-bench brokers` that fetches it. */
  readonly broker: string;
  /** `a running server with --nats-url or NATS_URL`: what can be named in its place. */
  readonly other: string;
}

/** The environment variable that says where temporary folders are made. */
const temporary = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';

export function privateServerError(
  { title, files, broker, other }: PrivateServerName,
  failure: WatchFailure,
): BrokerError {
  const { what, reason, folder } = failure;
  switch (what) {
    case 'no folder':
      return new BrokerError(
        `a private ${title} could not be started: its folder cannot be made in ${folder} (${reason})`,
        `free space there, or name another folder with ${temporary}=/path, or name ${other}`,
      );
    case 'not started':
      return new BrokerError(
        `a private ${title} could not be started from ${files}: ${reason}`,
        `fetch it again with eventbus-bench brokers ${broker} --force, or name ${other}`,
      );
    case 'not started again':
      return new BrokerError(
        `the private ${title} could not be started again: ${reason}`,
        'run the same command again, or leave out the disturbance restart',
      );
    case 'full at start':
      return new BrokerError(
        `a private ${title} could not be started: there is no room for its store in ${folder} (${reason})`,
        `free space there, or name a larger folder with ${temporary}=/path`,
      );
    case 'full':
      return fullStoreError(`the private ${title}`, reason, folder);
    case 'ended':
      return endedError(title, failure);
  }
}

/** The error of a private server that refuses writes, or ends, because its store has no room left. */
export function fullStoreError(server: string, said: string, folder: string): BrokerError {
  return new BrokerError(
    `${server} refused to store events: ${said}; ${storeOf(folder)}`,
    `free space there, name a larger folder with ${temporary}=/path, or publish less (--aggregates, --versions)`,
  );
}

function endedError(title: string, { reason, lastWords = '', logFile = null }: WatchFailure): BrokerError {
  const said = lastWords === '' ? '' : `; the last that it said: ${lastWords}`;
  const memory = reason.includes('SIGKILL') ? '; a system that is short of memory kills processes in this way' : '';
  const where = logFile === null ? 'run the same command again' : `its log was kept in ${logFile}`;
  return new BrokerError(`the private ${title} ended in the middle of the run: ${reason}${said}`, `${where}${memory}`);
}

/** Where the store is, and how much room there is, unless the folder is gone. */
export function storeOf(folder: string): string {
  const store = `its store is in ${folder}`;
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return `${store}, where ${kilobytes(bavail * bsize)} of ${kilobytes(blocks * bsize)} kB are free`;
  } catch {
    return store;
  }
}

function kilobytes(bytes: number): string {
  return Math.round(bytes / 1024).toLocaleString('en-US');
}
