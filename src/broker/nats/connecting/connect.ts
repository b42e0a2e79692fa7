/**
 * Opens a connection to NATS as a {@link NatsLink}: the client's connection, plus its state and events. After a
 * connection breaks, reconnecting is tried for a bounded time; then the server counts as lost for good, with an error
 * that a user can read.
 */
import { connect, Events, NatsError } from 'nats';
import type { ConnectionOptions, NatsConnection, Status, TlsOptions } from 'nats';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { BrokerError } from '../../../domain/errors.js';
import { fullStoreError, storeOf } from '../../private/watch-failure.js';
import { connectError, messageOf } from './connect-errors.js';
import { hostAndPort, whereOf } from './connection-options.js';
import type { NatsConnectionOptions } from './connection-options.js';
import { credsOf, tlsMaterialOf } from './credentials.js';

/** The events of a link, called in the order in which they happened. */
export interface LinkEvents {
  /** The connection broke. Whether the server received what it has not answered is unknown. */
  disconnected?(): void;
  reconnected?(): void;
  /** The server is lost for good, and the link closed. Not called after {@link NatsLink.close}. */
  lost?(error: BrokerError): void;
  /** The server's configuration forbids this user something that was tried. The link stays open. */
  forbidden?(error: BrokerError): void;
}

const connectTimeoutMs = 5_000;
const giveUpAfterMsDefault = 10_000;
const reconnectEveryMs = 100;
const pingEveryMs = 5_000;
/** How long {@link NatsLink.close} waits for the last messages to be sent. */
const flushTimeoutMs = 1_000;

/** @param name name of the connection in the server's monitoring @throws {BrokerError} */
export async function openLink(options: NatsConnectionOptions, name: string): Promise<NatsLink> {
  const settings = clientOptions(options, name);
  try {
    return new NatsLink(await connect(settings), options);
  } catch (error) {
    throw connectError(error, options, connectTimeoutMs);
  }
}

export class NatsLink {
  readonly client: NatsConnection;
  /** The server's URL, without secrets. */
  readonly where: string;
  readonly #options: NatsConnectionOptions;
  readonly #giveUpAfterMs: number;
  readonly #listeners: LinkEvents[] = [];
  #giveUpTimer: NodeJS.Timeout | undefined;
  #state: 'connected' | 'disconnected' | 'closed' = 'connected';
  #failure: BrokerError | null = null;

  constructor(client: NatsConnection, options: NatsConnectionOptions) {
    this.client = client;
    this.where = whereOf(options);
    this.#options = options;
    this.#giveUpAfterMs = options.giveUpAfterMs ?? giveUpAfterMsDefault;
    void this.#watchStatus();
    void client.closed().then((reason) => this.#lose(reason ?? null));
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  /** Why the link cannot be used any more; null while it can, or when it was closed by its user. */
  get failure(): BrokerError | null {
    return this.#failure;
  }

  /** The error of a server that has no room left for events. @param said the server's words */
  fullError(said: string): BrokerError {
    const { privateStore } = this.#options;
    if (privateStore !== undefined) return fullStoreError(this.where, said, privateStore);
    return new BrokerError(
      `${this.where} refused to store events: ${said}`,
      'free space for its store, or raise the limit of the server or of the account, or publish less (--aggregates, --versions)',
    );
  }

  /** The error of a server that holds the connection and answers no publish. */
  silentError(seconds: number): BrokerError {
    const { privateStore } = this.#options;
    const store = privateStore === undefined ? '' : ` (${storeOf(privateStore)})`;
    return new BrokerError(
      `${this.where} answered no publish for ${seconds} s, though the connection holds${store}`,
      'look into the log of the server, and check that there is room for its store',
    );
  }

  listen(events: LinkEvents): void {
    this.#listeners.push(events);
  }

  /** Waits a short time until the last messages are sent, then closes. Safe to call twice. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    const flushed = this.#state === 'connected' ? this.client.flush().catch(() => undefined) : undefined;
    this.#state = 'closed';
    clearTimeout(this.#giveUpTimer);
    if (flushed !== undefined) await withinMs(flushTimeoutMs, flushed);
    await this.client.close();
  }

  async #watchStatus(): Promise<void> {
    for await (const status of this.client.status()) this.#onStatus(status);
  }

  #onStatus(status: Status): void {
    if (this.#state === 'closed') return;
    if (status.type === Events.Disconnect) this.#onDisconnect();
    else if (status.type === Events.Reconnect) this.#onReconnect();
    else if (status.type === Events.Error && status.permissionContext !== undefined) {
      const error = forbiddenError(this.where, status.permissionContext);
      for (const listener of this.#listeners) listener.forbidden?.(error);
    }
  }

  #onDisconnect(): void {
    if (this.#state !== 'connected') return;
    this.#state = 'disconnected';
    this.#giveUpTimer = setTimeout(() => this.#lose(null), this.#giveUpAfterMs);
    for (const listener of this.#listeners) listener.disconnected?.();
  }

  #onReconnect(): void {
    if (this.#state !== 'disconnected') return;
    this.#state = 'connected';
    clearTimeout(this.#giveUpTimer);
    for (const listener of this.#listeners) listener.reconnected?.();
  }

  #lose(reason: Error | null): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#giveUpTimer);
    void this.client.close();
    const error = this.#lostError(reason);
    this.#failure = error;
    for (const listener of this.#listeners) listener.lost?.(error);
  }

  #lostError(reason: Error | null): BrokerError {
    if (reason instanceof NatsError && reason.isAuthError()) {
      return new BrokerError(
        `${this.where} withdrew the login in the middle of the run (${messageOf(reason)})`,
        'check the user in the configuration of the server; what the run made there may be left: eventbus-bench clean removes it',
        { cause: reason },
      );
    }
    return new BrokerError(
      `the connection to ${this.where} was lost and did not come back within ${this.#giveUpAfterMs / 1000} s`,
      'look into the log of the server, then run the same command again',
      { cause: reason },
    );
  }
}

/** The settings of the client. @throws {BrokerError} if a file that they name cannot be read or used */
function clientOptions(options: NatsConnectionOptions, name: string): ConnectionOptions {
  const { user, password, token, tls } = options;
  const authenticator = credsOf(options);
  return {
    servers: [...options.servers],
    name,
    timeout: connectTimeoutMs,
    // The link itself decides when to give up.
    maxReconnectAttempts: -1,
    reconnectTimeWait: reconnectEveryMs,
    reconnectJitter: reconnectEveryMs / 2,
    reconnectJitterTLS: reconnectEveryMs / 2,
    pingInterval: pingEveryMs,
    noAsyncTraces: true,
    // The operating system resolves host names, so that its hosts file counts.
    resolve: false,
    ...(user === undefined ? {} : { user, pass: password ?? '' }),
    ...(token === undefined ? {} : { token }),
    ...(authenticator === undefined ? {} : { authenticator }),
    ...(tls === undefined ? {} : { tls: tlsOptions(options) }),
  };
}

/** Checks certificates against the hosts that the user named. The client would check `localhost` for an IP address. */
function tlsOptions(options: NatsConnectionOptions): TlsOptions {
  const hosts = options.servers.map((server) => hostAndPort(server).host);
  const [onlyHost, ...others] = hosts;
  const name = onlyHost === undefined || others.length > 0 || isIP(onlyHost) !== 0 ? {} : { servername: onlyHost };
  const extra = {
    ...name,
    checkServerIdentity: (_: string, certificate: PeerCertificate) => {
      const failures = hosts.map((host) => checkServerIdentity(host, certificate));
      return failures.includes(undefined) ? undefined : failures[0];
    },
  };
  return { ...tlsMaterialOf(options.tls ?? {}), ...extra };
}

function forbiddenError(where: string, context: { operation: string; subject: string }): BrokerError {
  const verb = context.operation === 'publish' ? 'publish to' : 'subscribe to';
  return new BrokerError(
    `${where} does not permit this user to ${verb} "${context.subject}"`,
    'permit it in the configuration of the server (see docs/CONNECTING.md for what is needed), or use another user',
  );
}

async function withinMs(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([promise, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
