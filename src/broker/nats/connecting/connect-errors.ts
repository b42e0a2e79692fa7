/**
 * Explains why no connection can be made. Every failure becomes a {@link BrokerError}: what happened, at which server,
 * and the way out; never a stack trace, an internal code or a secret. Network and TLS failures are recognized by the
 * system's error code, refused logins by the text of the server's `-ERR` line.
 */
import { ErrorCode } from 'nats';
import { BrokerError } from '../../../domain/errors.js';
import { whereOf } from './connection-options.js';
import type { NatsConnectionOptions } from './connection-options.js';

interface Failure {
  /** The end of a sentence that begins with the server's URL. */
  readonly what: string;
  readonly wayOut: string;
}

/** Makes a {@link BrokerError} of an error. @param timeoutMs the time-out of the attempt */
export function connectError(error: unknown, options: NatsConnectionOptions, timeoutMs: number): BrokerError {
  if (error instanceof BrokerError) return error;
  const code = codeOf(error);
  const { what, wayOut } =
    networkFailures[code] ??
    tlsFailure(code, options) ??
    timeoutFailure(code, timeoutMs) ??
    otherFailure(error, options);
  return new BrokerError(`${whereOf(options)} ${what}`, wayOut, { cause: error });
}

/** The error of a refused login. @param reason text of the server's `-ERR` line */
export function loginError(reason: string, options: NatsConnectionOptions): BrokerError {
  const { what, wayOut } = loginFailure(reason, options);
  return new BrokerError(`${whereOf(options)} ${what}`, wayOut);
}

const orPrivate = 'or name no server: run then starts a private one';

const refused: Failure = {
  what: 'refused the connection: no server listens there',
  wayOut: `start one there (docker compose up -d nats), name another with --nats-url or NATS_URL, ${orPrivate}`,
};
const unknownHost: Failure = {
  what: 'cannot be found: its host name is not known',
  wayOut: `check the spelling of the host and the name service of this machine, ${orPrivate}`,
};
const noRoute: Failure = {
  what: 'cannot be reached: there is no route to it',
  wayOut: `check the network or VPN of this machine, ${orPrivate}`,
};
const hungUp: Failure = {
  what: 'closed the connection before it was set up',
  wayOut: 'check that the port is the one for clients, and look into the log of the server',
};

/** The error code of a host that accepts connections and then sends nothing. */
export const silent = 'SILENT';

const networkFailures: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: refused,
  [ErrorCode.ConnectionRefused]: refused,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  ECONNRESET: hungUp,
  EPIPE: hungUp,
  [ErrorCode.Disconnect]: hungUp,
  [silent]: {
    what: 'takes connections, but does not speak as a NATS server does',
    wayOut: 'check the port: clients connect to 4222 as a rule, not to the monitoring or cluster port',
  },
};

const untrusted: Failure = {
  what: 'has a certificate that was not signed by an authority trusted here',
  wayOut: 'name the file of that authority with --nats-tls-ca',
};

const certificateFailures: Readonly<Record<string, Failure>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'has a certificate that was made for another host name',
    wayOut: 'write the host in --nats-url as the certificate has it',
  },
  CERT_HAS_EXPIRED: {
    what: 'has a certificate that has expired',
    wayOut: 'renew the certificate of the server, or check the clock of this machine',
  },
  CERT_NOT_YET_VALID: {
    what: 'has a certificate that is not valid yet',
    wayOut: 'check the clocks of the server and of this machine',
  },
};

function tlsFailure(code: string, options: NatsConnectionOptions): Failure | undefined {
  const known = certificateFailures[code];
  if (known !== undefined) return known;
  if (!/SSL|TLS|CERT/.test(code)) return undefined;
  // An alert comes from the server: it is about the certificate that this side showed, or did not show.
  if (!code.includes('ALERT')) {
    return {
      what: 'did not complete the encryption handshake',
      wayOut: 'check that the port is the one for clients, and which TLS versions the server allows',
    };
  }
  return options.tls?.certFile === undefined
    ? { what: 'wants a client certificate', wayOut: 'name it with --nats-tls-cert and its key with --nats-tls-key' }
    : {
        what: 'refused the client certificate',
        wayOut: 'name one that the authority of the server signed, with --nats-tls-cert and --nats-tls-key',
      };
}

const timeoutCodes: readonly string[] = [ErrorCode.Timeout, ErrorCode.ConnectionTimeout, 'ETIMEDOUT'];

function timeoutFailure(code: string, timeoutMs: number): Failure | undefined {
  if (!timeoutCodes.includes(code)) return undefined;
  return {
    what: `did not answer within ${timeoutMs / 1000} s`,
    wayOut: `check the host, the port and any firewall in between, ${orPrivate}`,
  };
}

function otherFailure(error: unknown, options: NatsConnectionOptions): Failure {
  const message = messageOf(error);
  if (/authoriz|authentic|permission|maximum/i.test(message)) return loginFailure(message, options);
  return {
    what: `cannot be used: ${message}`,
    wayOut: `check that it is a NATS server and look into its log, ${orPrivate}`,
  };
}

function loginFailure(reason: string, options: NatsConnectionOptions): Failure {
  const text = reason.toLowerCase();
  if (text.includes('expired')) {
    return {
      what: 'refused the login: the credentials have expired',
      wayOut: 'get new ones from whoever runs the server',
    };
  }
  if (text.includes('maximum') && text.includes('connections')) {
    return {
      what: 'takes no more connections: its limit is reached',
      wayOut: 'close other clients, or raise max_connections in the configuration of the server',
    };
  }
  if (!/authoriz|authentic/.test(text)) {
    return { what: `refused the login: ${reason}`, wayOut: 'look into the log of the server' };
  }
  const given = loginGiven(options);
  if (given === null) {
    return {
      what: 'wants a login, and none was given',
      wayOut: 'give --nats-user and --nats-password, --nats-token, or --nats-creds FILE',
    };
  }
  return {
    what: `refused ${given}`,
    wayOut: 'check it against the configuration of the server; nothing was done there',
  };
}

function loginGiven(options: NatsConnectionOptions): string | null {
  if (options.credsFile !== undefined) return 'the credentials of the creds file';
  if (options.token !== undefined) return 'the token';
  if (options.user !== undefined) return `the user "${options.user}" or the password`;
  return null;
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^'|'$/g, '').replace(/\.$/, '');
}
