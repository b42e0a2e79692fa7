/**
 * A connection to NATS as the drivers see it, whichever client library made it: the client's connection, plus its state
 * and events. After a connection breaks, the client tries to reconnect for a bounded time; then the server counts as
 * lost for good, with an error that a user can read.
 */
import { BrokerError } from '../../../domain/errors.js';
import { fullStoreError, storeOf } from '../../private/watch-failure.js';
import { messageOf } from './connect-errors.js';
import { whereOf } from './connection-options.js';
import type { NatsConnectionOptions } from './connection-options.js';

/** The events of a link, called in the order in which they happened. */
export interface LinkEvents {
  /** The connection broke. Whether the server received what it has not answered is unknown. */
  disconnected?(): void;
  reconnected?(): void;
  /** The server is lost for good, and the link closed. Not called after {@link Link.close}. */
  lost?(error: BrokerError): void;
  /** The server's configuration forbids this user something that was tried. The link stays open. */
  forbidden?(error: BrokerError): void;
}

/** What a link needs of a client's connection. */
export interface LinkClient {
  flush(): Promise<void>;
  close(): Promise<void>;
  /** Resolves once it is closed for good; with the reason, if there was one. */
  closed(): Promise<unknown>;
}

/** What became of a connection, as its client says it. */
export type LinkStatus =
  | { readonly what: 'disconnected' }
  | { readonly what: 'reconnected' }
  | { readonly what: 'forbidden'; readonly operation: string; readonly subject: string };

/** A client library, as far as libraries differ. */
export interface LinkLibrary<Client extends LinkClient> {
  statuses(client: Client): AsyncIterable<LinkStatus>;
  /** Whether a connection was closed because the login does not count any more. */
  isLoginError(reason: Error): boolean;
}

const giveUpAfterMsDefault = 10_000;
/** How long {@link Link.close} waits for the last messages to be sent. */
const flushTimeoutMs = 1_000;

export class Link<Client extends LinkClient> {
  readonly client: Client;
  /** The server's URL, without secrets. */
  readonly where: string;
  readonly #options: NatsConnectionOptions;
  readonly #library: LinkLibrary<Client>;
  readonly #giveUpAfterMs: number;
  readonly #listeners: LinkEvents[] = [];
  #giveUpTimer: NodeJS.Timeout | undefined;
  #state: 'connected' | 'disconnected' | 'closed' = 'connected';
  #failure: BrokerError | null = null;

  constructor(client: Client, library: LinkLibrary<Client>, options: NatsConnectionOptions) {
    this.client = client;
    this.#library = library;
    this.where = whereOf(options);
    this.#options = options;
    this.#giveUpAfterMs = options.giveUpAfterMs ?? giveUpAfterMsDefault;
    void this.#watchStatus();
    void client.closed().then((reason) => this.#lose(reason instanceof Error ? reason : null));
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
    for await (const status of this.#library.statuses(this.client)) this.#onStatus(status);
  }

  #onStatus(status: LinkStatus): void {
    if (this.#state === 'closed') return;
    if (status.what === 'disconnected') return this.#onDisconnect();
    if (status.what === 'reconnected') return this.#onReconnect();
    const error = forbiddenError(this.where, status);
    for (const listener of this.#listeners) listener.forbidden?.(error);
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
    if (reason !== null && this.#library.isLoginError(reason)) {
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
