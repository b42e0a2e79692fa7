/**
 * How a NATS server is reached. {@link NatsConnectionOptions} is plain data, so that it can be handed to a worker
 * thread; it is made from flags and environment by {@link natsConnectionOptions}, which refuses what cannot work.
 *
 * Secrets stand in fields of their own, never in a URL, since URLs are printed.
 */
import { isIPv6 } from 'node:net';
import { UsageError } from '../../../domain/errors.js';

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
}

/** The connection as flags and environment give it. */
export interface NatsConnectionInput extends NatsCredentials, NatsTlsOptions {
  /** One URL, or several separated by commas; user and password, or a token, may stand in it. */
  readonly url: string;
}

const defaultPort = '4222';

/** @throws {UsageError} naming what is wrong, without its secrets */
export function natsConnectionOptions(input: NatsConnectionInput): NatsConnectionOptions {
  const urls = splitUrls(input.url).map(parseNatsUrl);
  const inUrl = urls.find((url) => url.username !== '' || url.password !== '');
  const credentials = credentialsOf(input, inUrl);
  const { caFile, certFile, keyFile } = input;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new UsageError(
      'a client certificate and its key belong together, and only one of the two was given',
      'give --nats-tls-cert and --nats-tls-key together, or neither',
    );
  }
  const wantsTls = urls.some((url) => url.protocol === 'tls:') || caFile !== undefined || certFile !== undefined;
  return {
    servers: urls.map(plainUrl),
    ...credentials,
    ...(wantsTls ? { tls: withoutUndefined({ caFile, certFile, keyFile }) } : {}),
  };
}

/** The URL, or list of them, as it may be printed: without user, password, token, path and query. */
export function redactUrl(url: string): string {
  return splitUrls(url)
    .map((part) => {
      const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(part) ?? [];
      return scheme + rest.slice(rest.lastIndexOf('@') + 1).replace(/[/?#].*$/s, '');
    })
    .join(',');
}

/** A comma may stand in a password, so it separates only behind the last `@` and before a scheme. */
function splitUrls(list: string): readonly string[] {
  return list.split(/,(?=\s*[a-z][a-z0-9+.-]*:\/\/)/i).flatMap((part) => {
    const host = part.lastIndexOf('@') + 1;
    const [first = '', ...others] = part.slice(host).split(',');
    return [part.slice(0, host) + first, ...others].map((one) => one.trim());
  });
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

function parseNatsUrl(text: string): URL {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `nats://${text}`;
  const shown = redactUrl(text);
  const refusal = (what: string): UsageError => new UsageError(`--nats-url: "${shown}" ${what}`, howToWriteUrls);
  const host = redactUrl(withScheme).replace(/^[^/]*\/\//, '');
  if (host === '' || (host.startsWith(':') && !isIPv6(host))) throw refusal('names no host');
  if (isIPv6(host)) throw refusal('is an IPv6 address without brackets');
  const port = /:(\d+)$/.exec(host)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) {
    throw refusal(`has the port ${port}, and ports are 1 to 65535`);
  }
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    throw refusal("is not a server's URL");
  }
  if (url.protocol !== 'nats:' && url.protocol !== 'tls:') {
    throw refusal(`begins with ${url.protocol}//, which is not supported`);
  }
  return url;
}

const howToWriteUrls =
  'write nats://host:port, or tls://host:port for an encrypted connection; several members of one cluster are separated by commas';

function plainUrl(url: URL): string {
  return `nats://${url.hostname}:${url.port === '' ? defaultPort : url.port}`;
}

/** The credentials of flags or else of the URL. A name alone in a URL is a token, as in other NATS tools. */
function credentialsOf(input: NatsCredentials, url: URL | undefined): NatsCredentials {
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
  if (password !== undefined && url === undefined) {
    throw new UsageError('a password was given without a user', 'give --nats-user as well, or use a token');
  }
  if (url === undefined) return {};
  const name = decode(url.username);
  if (url.password === '' && password === undefined) return { token: name };
  return { user: name, password: password ?? decode(url.password) };
}

/** Decodes percent signs; a text in which one of them encodes nothing stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
