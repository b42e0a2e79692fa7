/**
 * How a NATS server is reached. {@link NatsConnectionOptions} is plain data, so that it can be handed to a worker
 * thread; it is made from flags and environment by {@link natsConnectionOptions}, which refuses what cannot work.
 *
 * Secrets stand in fields of their own, never in a URL, since URLs are printed.
 */
import { UsageError } from '../../../domain/errors.js';
import { readServerUrls, redactUrl } from './server-urls.js';
import type { UrlLogin } from './server-urls.js';

export { redactUrl } from './server-urls.js';

export interface NatsTlsOptions {
  /** PEM file of the authority that signed the server's certificate; without it, those that Node.js trusts. */
  readonly caFile?: string | undefined;
  /** PEM files of the client's own certificate and key; both or neither. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

export interface NatsCredentials {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** File with a user JWT and its key, as `nsc` writes it. */
  readonly credsFile?: string | undefined;
}

export interface NatsConnectionOptions extends NatsCredentials {
  /** Each `nats://host:port`, without secrets. Several are members of one cluster. */
  readonly servers: readonly string[];
  /** If present, the connection must be encrypted. */
  readonly tls?: NatsTlsOptions | undefined;
  /** How long a lost connection is tried again before the server counts as lost; 10 s if not given. */
  readonly giveUpAfterMs?: number | undefined;
  /** The folder of a private server's store; absent for a server that the user named. */
  readonly privateStore?: string | undefined;
}

/** The connection as flags and environment give it. */
export interface NatsConnectionInput extends NatsCredentials, NatsTlsOptions {
  /** One URL, or several separated by commas; user and password, or a token, may stand in it. */
  readonly url: string;
}

/** @throws {UsageError} naming what is wrong, without its secrets */
export function natsConnectionOptions(input: NatsConnectionInput): NatsConnectionOptions {
  const { servers, login, isEncrypted } = readServerUrls(input.url);
  const credentials = credentialsOf(input, login);
  const { caFile, certFile, keyFile } = input;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new UsageError(
      'a client certificate and its key belong together, and only one of the two was given',
      'give --nats-tls-cert and --nats-tls-key together, or neither',
    );
  }
  const wantsTls = isEncrypted || caFile !== undefined || certFile !== undefined;
  return {
    servers,
    ...credentials,
    ...(wantsTls ? { tls: withoutUndefined({ caFile, certFile, keyFile }) } : {}),
  };
}

/** Where the connection leads, as it may be printed. */
export function whereOf(options: NatsConnectionOptions): string {
  return redactUrl(options.servers.join(','));
}

/** Host and port of a server's URL. Brackets are taken off an IPv6 address. */
export function hostAndPort(server: string): { host: string; port: number } {
  const url = new URL(server);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port) };
}

/** The credentials of flags or else of the URL. A name alone in a URL is a token, as in other NATS tools. */
function credentialsOf(input: NatsCredentials, login: UrlLogin | null): NatsCredentials {
  const { user, password, token, credsFile } = input;
  const given = [user, token, credsFile].filter((value) => value !== undefined).length;
  if (given > 1) {
    throw new UsageError(
      'more than one way to log in was given',
      'give one of: user and password, a token, or a creds file',
    );
  }
  if (given === 1 && token === undefined && credsFile === undefined) return withoutUndefined({ user, password });
  if (given === 1) return withoutUndefined({ token, credsFile });
  if (password !== undefined && login === null) {
    throw new UsageError('a password was given without a user', 'give --nats-user as well, or use a token');
  }
  if (login === null) return {};
  if (login.password === null && password === undefined) return { token: login.name };
  return { user: login.name, password: password ?? login.password ?? '' };
}

function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
