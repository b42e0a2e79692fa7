/** Opens a connection to NATS with the client `nats`, as a {@link Link}. */
import { connect, Events, NatsError } from 'nats';
import type { ConnectionOptions, NatsConnection, TlsOptions } from 'nats';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { connectError } from './connect-errors.js';
import { hostAndPort } from './connection-options.js';
import type { NatsConnectionOptions } from './connection-options.js';
import { credsOf, tlsMaterialOf } from './credentials.js';
import { Link, type LinkLibrary } from './link.js';

export type NatsLink = Link<NatsConnection>;

/** How long an attempt to connect may take. */
export const connectTimeoutMs = 5_000;
const reconnectEveryMs = 100;
const pingEveryMs = 5_000;

/** @param name name of the connection in the server's monitoring @throws {BrokerError} */
export async function openLink(options: NatsConnectionOptions, name: string): Promise<NatsLink> {
  const settings = clientOptions(options, name);
  try {
    return new Link(await connect(settings), library, options);
  } catch (error) {
    throw connectError(error, options, connectTimeoutMs);
  }
}

const library: LinkLibrary<NatsConnection> = {
  async *statuses(client) {
    for await (const status of client.status()) {
      if (status.type === Events.Disconnect) yield { what: 'disconnected' };
      else if (status.type === Events.Reconnect) yield { what: 'reconnected' };
      else if (status.type === Events.Error && status.permissionContext !== undefined) {
        yield { what: 'forbidden', ...status.permissionContext };
      }
    }
  },
  isLoginError: (reason) => reason instanceof NatsError && reason.isAuthError(),
};

/** The settings of the client. @throws {BrokerError} if a file that they name cannot be read or used */
export function clientOptions(options: NatsConnectionOptions, name: string): ConnectionOptions {
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
