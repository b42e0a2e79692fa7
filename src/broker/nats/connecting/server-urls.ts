/**
 * Reads the URLs of NATS servers: `nats://host:port`, or a list of them with commas, each with a login if need be. What
 * stands before the last `@` of a URL is its login, and is a secret. A text that could be cut in several ways is
 * refused, since a part of a password would then be taken for a host, dialled and printed. So no message shows more of
 * a URL than what stands behind its last `@`.
 */
import { isIPv6 } from 'node:net';
import { UsageError } from '../../../domain/errors.js';

/** User and password, or a token, which is a name without a password. */
export interface UrlLogin {
  readonly name: string;
  readonly password: string | null;
}

export interface ServerUrls {
  /** Each `nats://host:port`. */
  readonly servers: readonly string[];
  readonly login: UrlLogin | null;
  readonly isEncrypted: boolean;
}

const defaultPort = '4222';
const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i;
const howToWriteUrls =
  'write nats://host:port, or tls://host:port for an encrypted connection; several members of one cluster are separated by commas';
const escapes: Readonly<Record<string, string>> = { '/': '%2F', '?': '%3F', '#': '%23' };

/** @throws {UsageError} naming what is wrong, without its secrets */
export function readServerUrls(list: string): ServerUrls {
  const parts = splitUrls(list);
  if (list.includes('@') && !parts[0]!.includes('@')) {
    throw new UsageError(
      'a login stands in a later URL of the list of NATS servers, and none in the first',
      'put the login into the first URL, or give it with --nats-user and --nats-password; in a password write a comma as %2C',
    );
  }
  // All logins are read before any host, so that nothing is shown of a text that was cut in the wrong place.
  const logins = parts.map(loginIn).filter((login) => login !== null);
  const [login = null] = logins;
  if (logins.some(({ name, password }) => name !== login?.name || password !== login.password)) {
    throw new UsageError(
      'the URLs of the servers have different logins, and members of one cluster share one',
      'give the login once, in the first URL or with --nats-user and --nats-password',
    );
  }
  const servers = parts.map(readServer);
  return { servers, login, isEncrypted: parts.some((part) => schemeOf(part) === 'tls') };
}

/** The URL, or list of them, as it may be printed: without user, password, token, path and query. */
export function redactUrl(list: string): string {
  return splitUrls(list)
    .map((part) => {
      const rest = part.replace(scheme, '');
      return (scheme.exec(part)?.[0] ?? '') + rest.slice(rest.lastIndexOf('@') + 1).replace(/[/?#].*$/s, '');
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

function schemeOf(text: string): string {
  return (scheme.exec(text)?.[1] ?? 'nats').toLowerCase();
}

function loginIn(text: string): UrlLogin | null {
  const rest = text.replace(scheme, '');
  const at = rest.lastIndexOf('@');
  return at === -1 ? null : readLogin(rest.slice(0, at));
}

function readServer(text: string): string {
  const protocol = schemeOf(text);
  const shown = redactUrl(text);
  if (!/^(?:nats|tls)$/.test(protocol)) {
    throw refusal(shown, `begins with ${protocol}://, which is not supported`);
  }
  const rest = text.replace(scheme, '');
  return readHost(rest.slice(rest.lastIndexOf('@') + 1), shown);
}

function readHost(text: string, shown: string): string {
  const host = text.replace(/[/?#].*$/s, '');
  if (isIPv6(host)) throw refusal(shown, 'is an IPv6 address without brackets');
  if (host === '' || host.startsWith(':')) throw refusal(shown, 'names no host');
  const port = /:(\d+)$/.exec(host)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) {
    throw refusal(shown, `has the port ${port}, and ports are 1 to 65535`);
  }
  let url: URL;
  try {
    url = new URL(`nats://${text}`);
  } catch {
    throw refusal(shown, "is not a server's URL");
  }
  if (url.hostname === '') throw refusal(shown, 'names no host');
  return `nats://${url.hostname}:${url.port === '' ? defaultPort : url.port}`;
}

function refusal(shown: string, what: string): UsageError {
  return new UsageError(`--nats-url: "${shown}" ${what}`, howToWriteUrls);
}

/** @param text what stands before the last `@`; null is no login */
function readLogin(text: string): UrlLogin | null {
  const [separator] = /[/?#]/.exec(text) ?? [];
  if (separator !== undefined) {
    throw new UsageError(
      `the login in the URL of the NATS server has a "${separator}" that is not escaped, which would end the host there`,
      `write it as ${escapes[separator]!}, or give the login with --nats-user and --nats-password, or --nats-token`,
    );
  }
  if (/@[^,]*,/.test(text)) {
    throw new UsageError(
      'the URL of the NATS server has a comma between two "@", so that it may be a part of the password or begin another server',
      'begin every server of a list with nats:// or tls://; in a password write a comma as %2C and an "@" as %40',
    );
  }
  const colon = text.indexOf(':');
  if (colon === 0) {
    throw new UsageError(
      'the URL of the NATS server has a password and no user',
      'write nats://user:password@host, or nats://token@host for a token',
    );
  }
  if (text === '') return null;
  if (colon === -1) return { name: decode(text), password: null };
  return { name: decode(text.slice(0, colon)), password: decode(text.slice(colon + 1)) };
}

/** Decodes percent signs; a text in which one of them encodes nothing stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
