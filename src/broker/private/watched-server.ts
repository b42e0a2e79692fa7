/**
 * Starts a private server, and stops it, through its watchdog (keep-watch.ts). The watchdog is a process in a session
 * of its own, so that Ctrl-C and a kill of the run's process group miss it. The run holds a pipe to it, reads its
 * messages, sends it commands, and ends the server by closing the pipe. If the watchdog itself is killed, the run
 * cleans up.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { InternalError, InterruptedError } from '../../domain/errors.js';
import { packageRoot } from './package-root.js';
import type { WatchFailure } from './watch-failure.js';

/** The message of every watchdog once its server can be used. */
export interface WatchedReady {
  readonly kind: 'ready';
  /** Process id of the server. */
  readonly pid: number;
  /** Temporary folder of the server. */
  readonly folder: string;
}

/** A server that can be used, and its watchdog's message about it. */
export interface StartedServer<Ready extends WatchedReady> {
  readonly kind: 'ready';
  readonly server: WatchedServer;
  readonly ready: Ready;
}

const stopTimeoutMs = 10_000;

/**
 * Starts the watchdog of a broker, and through it a server.
 *
 * @param driver folder of `src/broker/` whose `private/watchdog.ts` is to be started
 * @param args arguments of the watchdog
 * @param signal aborted if the start is to be given up
 * @returns the server and its watchdog's message, or why there is none
 * @throws {InternalError} if the watchdog was not built
 * @throws {InterruptedError} if the start was given up; the watchdog has then removed what there was
 */
export async function startWatched<Ready extends WatchedReady>(
  driver: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<StartedServer<Ready> | WatchFailure> {
  const isGivenUp = (): boolean => signal?.aborted === true;
  if (isGivenUp()) throw new InterruptedError();
  const watchdog = spawn(process.execPath, [watchdogFile(driver), ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    windowsHide: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const messages = new Messages(watchdog);
  // The watchdog ends the server, removes its folder and ends, which is its last message.
  const giveUp = (): void => void watchdog.stdin.destroy();
  signal?.addEventListener('abort', giveUp);
  const message = (await messages.next()) as Ready | WatchFailure;
  signal?.removeEventListener('abort', giveUp);
  if (isGivenUp()) {
    await messages.end;
    throw new InterruptedError();
  }
  if (message.kind === 'failed') return message;
  return { kind: 'ready', server: new WatchedServer(watchdog, messages, message), ready: message };
}

/** A server that lives until it is stopped, or until this process ends. */
export class WatchedServer {
  readonly folder: string;
  #pid: number | null;
  readonly #watchdog: ChildProcess;
  readonly #messages: Messages;
  readonly #ended: Promise<void>;
  #isStopping = false;

  constructor(watchdog: ChildProcess, messages: Messages, { pid, folder }: WatchedReady) {
    this.folder = folder;
    this.#pid = pid;
    this.#watchdog = watchdog;
    this.#messages = messages;
    this.#ended = new Promise((resolve) => watchdog.once('exit', resolve)).then(() => this.#cleanUp());
    this.#detach();
  }

  /**
   * Sends the watchdog a command and waits for its message. Only one command may be under way.
   *
   * @param pidOf the server's process id by this message; null if the server was ended
   */
  async ask<Answer>(
    command: string,
    pidOf: (answer: Answer | WatchFailure) => number | null,
  ): Promise<Answer | WatchFailure> {
    this.#attach();
    this.#watchdog.stdin?.write(`${command}\n`);
    const answer = (await this.#messages.next()) as Answer | WatchFailure;
    this.#pid = pidOf(answer);
    this.#detach();
    return answer;
  }

  /** Resolves if the server ends, or cannot store any more, before it is stopped. */
  async failed(): Promise<WatchFailure> {
    const failure = await this.#messages.failed;
    // A promise that never resolves keeps nothing alive.
    return this.#isStopping ? new Promise(() => {}) : failure;
  }

  /** Ends the server and removes its folder. Safe to call twice, and after the server died. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#watchdog.stdin?.destroy();
    this.#watchdog.ref();
    const timer = setTimeout(() => this.#watchdog.kill('SIGKILL'), stopTimeoutMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Nothing to do unless the watchdog itself was killed. */
  #cleanUp(): void {
    if (!existsSync(this.folder)) return;
    try {
      if (this.#pid !== null) process.kill(this.#pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Lets this process end while the server runs; the server then ends with it. */
  #detach(): void {
    this.#watchdog.unref();
    for (const stream of this.#streams()) stream.unref?.();
  }

  /** Keeps this process alive while an answer is awaited. */
  #attach(): void {
    this.#watchdog.ref();
    for (const stream of this.#streams()) stream.ref?.();
  }

  /** The pipes to the watchdog. They are sockets, which can be unreferenced, although the types do not say so. */
  #streams(): readonly { ref?: () => void; unref?: () => void }[] {
    return [this.#watchdog.stdin, this.#watchdog.stdout].flatMap((stream) =>
      stream === null ? [] : [stream as object],
    );
  }
}

/** The messages of a watchdog, one JSON line each. Once it has ended, every further message is a failure. */
class Messages {
  /** The first failure that the watchdog sends, or its own end. */
  readonly failed: Promise<WatchFailure>;
  readonly #heard: object[] = [];
  readonly #waiting: ((message: object) => void)[] = [];
  #end: WatchFailure | null = null;
  #fail: (failure: WatchFailure) => void = () => {};
  /** Resolves once the watchdog has ended. */
  readonly end: Promise<void>;

  constructor(watchdog: ChildProcess) {
    this.failed = new Promise((resolve) => (this.#fail = resolve));
    watchdog.stdin?.on('error', () => {});
    watchdog.stdout?.on('error', () => {});
    createInterface({ input: watchdog.stdout! }).on('line', (line) => this.#hear(JSON.parse(line) as object));
    watchdog.once('error', (error) => this.#finish({ what: 'not started', reason: error.message }));
    watchdog.once('close', () => this.#finish({ what: 'ended', reason: 'its watchdog ended without a word' }));
    this.end = new Promise((resolve) => {
      watchdog.once('error', () => resolve());
      watchdog.once('close', () => resolve());
    });
  }

  async next(): Promise<object> {
    const heard = this.#heard.shift();
    if (heard !== undefined) return heard;
    if (this.#end !== null) return this.#end;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #hear(message: object): void {
    if ((message as { kind?: unknown }).kind === 'failed') this.#fail(message as WatchFailure);
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#heard.push(message);
    else waiting(message);
  }

  #finish(failure: Pick<WatchFailure, 'what' | 'reason'>): void {
    this.#end ??= { kind: 'failed', folder: '', ...failure };
    this.#fail(this.#end);
    for (const waiting of this.#waiting.splice(0)) waiting(this.#end);
  }
}

/** The compiled watchdog: beside the driver, or in the build folder when this runs from the sources. */
function watchdogFile(driver: string): string {
  const beside = fileURLToPath(new URL(`../${driver}/private/watchdog.js`, import.meta.url));
  const file = existsSync(beside) ? beside : join(packageRoot, 'dist', 'broker', driver, 'private', 'watchdog.js');
  if (!existsSync(file)) throw new InternalError(`the watchdog of ${driver} is not built: run npm run build`);
  return file;
}
