/**
 * Starts a nats-server for one run, and leaves nothing of it behind. It is started from the broker cache or the PATH,
 * on free ports of the loopback that it picks itself, with JetStream and a temporary store, under a watchdog process
 * (watchdog.ts) that ends it and removes its store when this process ends, by SIGKILL too (see broker/private/).
 */
import { BrokerError } from '../../../domain/errors.js';
import { privateServerError } from '../../private/watch-failure.js';
import type { PrivateServerName } from '../../private/watch-failure.js';
import { startWatched } from '../../private/watched-server.js';
import type { WatchedServer } from '../../private/watched-server.js';
import type { NatsConnectionOptions } from '../connecting/connection-options.js';
import { findServerBinary, titleOf, type ServerBinary } from './server-binary.js';
import type { NatsReady } from './watchdog.js';

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
  /** How to connect. A server that is gone is given up sooner than usual, since nobody will start it again. */
  readonly connection: NatsConnectionOptions;
  /** Resolves with what to say if the server ends, or cannot store any more, before it is stopped. */
  failed(): Promise<BrokerError>;
  /** Ends the server and removes its folder. Safe to call twice, and after the server died. */
  stop(): Promise<void>;
}

export interface PrivateServerOptions {
  /** The binary to start; the one that {@link findServerBinary} finds if not given. null: there is none. */
  readonly binary?: ServerBinary | null | undefined;
  /** Lines for the server's configuration file. JetStream is enabled unless they contain `jetstream`. */
  readonly configuration?: string | undefined;
  /** Aborted if the start is to be given up. */
  readonly signal?: AbortSignal | undefined;
}

const giveUpAfterMs = 2_000;

/** @throws {BrokerError} if there is no binary, or it does not start; {@link InterruptedError} if it was given up */
export async function startPrivateServer(options: PrivateServerOptions = {}): Promise<PrivateServer> {
  const binary = options.binary === undefined ? findServerBinary() : options.binary;
  if (binary === null) throw noBinary();
  const started = await startWatched<NatsReady>('nats', [binary.path, options.configuration ?? ''], options.signal);
  if (started.kind === 'failed') throw privateServerError(nameOf(binary), started);
  return privateServer(started.server, binary, started.ready);
}

function nameOf(binary: ServerBinary): PrivateServerName {
  return {
    title: titleOf(binary),
    files: binary.path,
    broker: 'nats',
    other: 'a running server with --nats-url or NATS_URL',
  };
}

function privateServer(server: WatchedServer, binary: ServerBinary, ready: NatsReady): PrivateServer {
  const url = ready.url.replace(/^tls:/, 'nats:');
  return {
    url,
    monitoringUrl: ready.monitoringUrl,
    version: binary.version,
    source: binary.source,
    pid: ready.pid,
    folder: ready.folder,
    connection: { servers: [url], giveUpAfterMs, privateStore: ready.folder },
    failed: async () => privateServerError(nameOf(binary), await server.failed()),
    stop: () => server.stop(),
  };
}

function noBinary(): BrokerError {
  return new BrokerError(
    'no NATS server was named, and there is no nats-server here to start a private one',
    'three ways to get one: eventbus-bench brokers nats fetches it; or install nats-server so that it is on the PATH; ' +
      'or name a running server with --nats-url or NATS_URL (docker compose up -d nats starts one)',
  );
}
