/**
 * How is a server had for one run, with nothing left behind? A nats-server is started from the broker cache or the
 * PATH, on free ports of the loopback that it picks itself, with JetStream and a temporary store, under a watchdog
 * process (watchdog.ts) that ends it and removes its store with this process, SIGKILL included.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrokerError, InternalError } from '../../domain/errors.js';
import type { NatsConnectionOptions } from './connection-options.js';
import { findServerBinary, packageRoot } from './server-binary.js';
import type { ServerBinary } from './server-binary.js';
import type { WatchdogMessage } from './watchdog.js';

export interface PrivateServer {
  /** `nats://127.0.0.1:port`. */
  readonly url: string;
  /** `http://127.0.0.1:port`: the server's own monitoring. */
  readonly monitoringUrl: string | null;
  readonly version: string;
  readonly source: ServerBinary['source'];
  readonly pid: number;
  /** Holds its configuration and store until it is stopped. */
  readonly folder: string;
  /** How to connect; gives up sooner on a server that is gone, since nobody will bring it back. */
  readonly connection: NatsConnectionOptions;
  /** Ends the server and removes its folder. Safe to call twice, and after the server died. */
  stop(): Promise<void>;
}

export interface PrivateServerOptions {
  /** As {@link findServerBinary} finds it, if not given; null if there is none. */
  readonly binary?: ServerBinary | null | undefined;
  /** Lines for the server's configuration file. JetStream is on unless they speak of it. */
  readonly configuration?: string | undefined;
}

const giveUpAfterMs = 2_000;
const stopTimeoutMs = 10_000;

/** @throws {BrokerError} if there is no binary, or it does not start */
export async function startPrivateServer(options: PrivateServerOptions = {}): Promise<PrivateServer> {
  const binary = options.binary === undefined ? findServerBinary() : options.binary;
  if (binary === null) throw noBinary();
  const watchdog = startWatchdog(binary.path, options.configuration ?? '');
  const message = await firstMessage(watchdog);
  if (message.kind === 'failed') {
    throw new BrokerError(
      `a private server could not be started from ${binary.path}: ${message.reason}`,
      'fetch another one with npm run brokers, or name a running server with --nats-url or NATS_URL',
    );
  }
  detach(watchdog);
  return new WatchedServer(watchdog, binary, message);
}

function noBinary(): BrokerError {
  return new BrokerError(
    'no NATS server was named, and there is no nats-server here to start a private one',
    'three ways to get one: npm run brokers fetches it; or install nats-server so that it is on the PATH; ' +
      'or name a running server with --nats-url or NATS_URL (docker compose up -d nats starts one)',
  );
}

class WatchedServer implements PrivateServer {
  readonly url: string;
  readonly monitoringUrl: string | null;
  readonly version: string;
  readonly source: ServerBinary['source'];
  readonly pid: number;
  readonly folder: string;
  readonly connection: NatsConnectionOptions;
  readonly #watchdog: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(watchdog: ChildProcess, binary: ServerBinary, ready: WatchdogMessage & { kind: 'ready' }) {
    this.url = ready.url.replace(/^tls:/, 'nats:');
    this.monitoringUrl = ready.monitoringUrl;
    this.version = binary.version;
    this.source = binary.source;
    this.pid = ready.pid;
    this.folder = ready.folder;
    this.connection = { servers: [this.url], giveUpAfterMs };
    this.#watchdog = watchdog;
    this.#ended = new Promise((resolve) => watchdog.once('exit', resolve)).then(() => this.#cleanUp());
  }

  async stop(): Promise<void> {
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
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function startWatchdog(serverPath: string, configuration: string): ChildProcess {
  return spawn(process.execPath, [watchdogFile(), serverPath, configuration], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    windowsHide: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

/** Compiled, beside this file; when this runs from the sources, in the build folder. */
function watchdogFile(): string {
  const beside = fileURLToPath(new URL('./watchdog.js', import.meta.url));
  const file = existsSync(beside) ? beside : join(packageRoot, 'dist', 'broker', 'nats', 'watchdog.js');
  if (!existsSync(file)) throw new InternalError(`${file.split(sep).at(-1) ?? file} is not built: run npm run build`);
  return file;
}

/** @throws {BrokerError} if the watchdog ends without a word */
async function firstMessage(watchdog: ChildProcess): Promise<WatchdogMessage> {
  return new Promise((resolve) => {
    let text = '';
    watchdog.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(JSON.parse(text.slice(0, end)) as WatchdogMessage);
    });
    watchdog.once('error', (error) => resolve({ kind: 'failed', reason: error.message }));
    watchdog.once('exit', () => resolve({ kind: 'failed', reason: 'its watchdog ended without a word' }));
  });
}

/** A private server keeps nobody alive: if this process has nothing else to do, it ends, and the server with it. */
function detach(watchdog: ChildProcess): void {
  watchdog.unref();
  for (const stream of [watchdog.stdin, watchdog.stdout]) {
    (stream as unknown as { unref?: () => void } | null)?.unref?.();
    stream?.on('error', () => {});
  }
}
