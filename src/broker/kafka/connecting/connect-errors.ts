/**
 * Explains why Kafka, or kafkajs, did not do what it was asked. Every failure becomes a {@link BrokerError}: what
 * happened, at which broker, and the way out; never a stack trace, an internal code or a secret. kafkajs wraps errors
 * in other errors, so the innermost decides: a network or TLS failure is recognized by the system's error code, a
 * refusal by the type of the broker's error code (protocol-errors.ts).
 */
import { BrokerError, ToolError } from '../../../domain/errors.js';
import { unescapeBroker } from '../kafkajs/client-config.js';
import { whereOf } from './connection-options.js';
import type { KafkaConnectionOptions } from './connection-options.js';
import { greetingCodes } from './greeting.js';
import { protocolFailure, typeOf } from './protocol-errors.js';
import type { Failure, KafkaErrorContext } from './protocol-errors.js';

/** Makes a {@link BrokerError} of any error; a ToolError, which says what to do already, is returned as it is. */
export function toBrokerError(error: unknown, context: KafkaErrorContext): ToolError {
  if (error instanceof ToolError) return error;
  const cause = innermost(error);
  const { connection } = context;
  const connecting = connectionFailure(cause, connection);
  if (connecting !== undefined) {
    const address = brokerOf(cause);
    const isNamed = address === null || connection.brokers.includes(address);
    return isNamed || context.isUnderway === true
      ? failed(address ?? whereOf(connection), connecting, error)
      : halfReachableError(connection, address, connecting.what, error);
  }
  const login = loginFailure(cause, connection);
  if (login !== undefined) return failed(whereOf(connection), login, error);
  const { what, wayOut } = protocolFailure(cause, context) ?? otherFailure(cause);
  return new BrokerError(`${whereOf(connection)} could not ${context.doing}: ${what}`, wayOut, { cause: error });
}

/**
 * The error where a named broker answers, but an address that it sends its clients on to does not. An address that was
 * not named can only come from the broker's metadata.
 *
 * @param reason what the address does, as a sentence without its subject: `refused the connection`
 */
export function halfReachableError(
  connection: KafkaConnectionOptions,
  advertised: string,
  reason: string,
  cause?: unknown,
): BrokerError {
  const named = connection.brokers[0] ?? 'host:port';
  return failed(
    whereOf(connection),
    {
      what: `answers, but sends its clients on to ${advertised}, its advertised listener, and that ${reason}`,
      wayOut:
        `set advertised.listeners of the broker to an address that this machine can reach (it reaches ${named}), ` +
        `or make ${advertised} reachable from here`,
    },
    cause,
  );
}

/** An error whose message is one sentence: the broker, and what it did. */
export function failed(where: string, { what, wayOut }: Failure, cause?: unknown): BrokerError {
  return new BrokerError(`${where} ${what}`, wayOut, cause === undefined ? undefined : { cause });
}

/** What a failure of network or encryption says behind the broker's address; undefined for any other failure. */
export function connectionFailure(cause: unknown, connection: KafkaConnectionOptions): Failure | undefined {
  const code = codeOf(cause);
  return networkFailures[code] ?? tlsFailure(code, connection) ?? closedFailure(cause, connection);
}

const orPrivate = 'or name no brokers: run then starts a private one';

const refused: Failure = {
  what: 'refused the connection: no broker listens there',
  wayOut: `start one there, name another with --kafka-brokers or KAFKA_BROKERS, ${orPrivate}`,
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
  wayOut: 'check that the port is the one for clients, and look into the log of the broker',
};
const timedOut: Failure = {
  what: 'did not answer in time',
  wayOut: `check the host, the port and any firewall in between, ${orPrivate}`,
};

const networkFailures: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: refused,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  EACCES: noRoute,
  ECONNRESET: hungUp,
  EPIPE: hungUp,
  ETIMEDOUT: timedOut,
  [greetingCodes.silent]: {
    what: 'takes connections, but does not answer as a Kafka broker does',
    wayOut: 'check the port: clients connect to 9092 as a rule, not to the port of controllers or of metrics',
  },
  [greetingCodes.foreign]: {
    what: 'answers, but not as a Kafka broker does',
    wayOut: 'check the port: clients connect to 9092 as a rule; something else listens there',
  },
  [greetingCodes.wantsTls]: {
    what: 'takes encrypted connections only',
    wayOut: 'add --kafka-tls, and --kafka-tls-ca FILE if its certificate was signed by an authority of your own',
  },
  [greetingCodes.hasNoTls]: {
    what: 'takes unencrypted connections only, and encryption was asked for',
    wayOut: 'leave out --kafka-tls and its files, or name the port of its encrypted listener',
  },
};

const untrusted: Failure = {
  what: 'has a certificate that was not signed by an authority trusted here',
  wayOut: 'name the file of that authority with --kafka-tls-ca',
};

const certificateFailures: Readonly<Record<string, Failure>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'has a certificate that was made for another host name',
    wayOut: 'write the host in --kafka-brokers as the certificate has it, and check advertised.listeners of the broker',
  },
  CERT_HAS_EXPIRED: {
    what: 'has a certificate that has expired',
    wayOut: 'renew the certificate of the broker, or check the clock of this machine',
  },
  CERT_NOT_YET_VALID: {
    what: 'has a certificate that is not valid yet',
    wayOut: 'check the clocks of the broker and of this machine',
  },
};

function tlsFailure(code: string, connection: KafkaConnectionOptions): Failure | undefined {
  const known = certificateFailures[code];
  if (known !== undefined) return known;
  if (!/SSL|TLS|CERT/.test(code)) return undefined;
  // An alert comes from the broker: it is about the certificate that this side showed, or did not show.
  if (!code.includes('ALERT')) {
    return {
      what: 'did not complete the encryption handshake',
      wayOut: 'check that the port is the one of an encrypted listener, and which TLS versions the broker allows',
    };
  }
  return connection.tls?.certFile === undefined
    ? { what: 'wants a client certificate', wayOut: 'name it with --kafka-tls-cert and its key with --kafka-tls-key' }
    : {
        what: 'refused the client certificate',
        wayOut: 'name one that the authority of the broker signed, with --kafka-tls-cert and --kafka-tls-key',
      };
}

/** A connection that took too long, or that the broker closed: kafkajs gives these errors no code. */
function closedFailure(cause: unknown, { sasl, tls }: KafkaConnectionOptions): Failure | undefined {
  if (!(cause instanceof Error)) return undefined;
  if (cause.name === 'KafkaJSConnectionError' && /timeout/i.test(cause.message)) return timedOut;
  if (cause.name !== 'KafkaJSConnectionClosedError') return undefined;
  const missing = [
    ...(sasl === undefined ? ['a login (--kafka-sasl)'] : []),
    ...(tls === undefined ? ['encryption (--kafka-tls)'] : []),
  ];
  return {
    what: 'closed the connection',
    wayOut: `look into the log of the broker${missing.length === 0 ? '' : `; it may want ${missing.join(' or ')}`}`,
  };
}

/** What a failed login says behind the broker's address; undefined if the failure is not about the login. */
function loginFailure(cause: unknown, { sasl }: KafkaConnectionOptions): Failure | undefined {
  const isLogin =
    (cause instanceof Error && cause.name === 'KafkaJSSASLAuthenticationError') ||
    ['SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM', 'ILLEGAL_SASL_STATE'].includes(typeOf(cause));
  if (!isLogin) return undefined;
  if (typeOf(cause) === 'ILLEGAL_SASL_STATE') return noLogins;
  if (sasl === undefined) return wantsLogin([]);
  if (/mechanism is not supported/i.test(messageOf(cause))) return otherMechanism(sasl.mechanism, []);
  return {
    what: `refused the login: the user "${sasl.username}" or the password is wrong (${sasl.mechanism})`,
    wayOut: 'check both against the configuration of the broker; nothing was done there',
  };
}

export const noLogins: Failure = {
  what: 'has no logins on this listener, and one was given',
  wayOut: 'leave out --kafka-sasl, --kafka-user and --kafka-password, or name the port of the listener that has logins',
};

/** @param mechanisms SASL mechanisms that the broker accepts, as it names them */
export function wantsLogin(mechanisms: readonly string[]): Failure {
  return {
    what: `wants a login${mechanisms.length === 0 ? '' : ` (${mechanisms.join(', ')})`}, and none was given`,
    wayOut: 'give --kafka-sasl, --kafka-user and --kafka-password',
  };
}

/** @param mechanisms SASL mechanisms that the broker accepts, as it names them; empty if not known */
export function otherMechanism(given: string, mechanisms: readonly string[]): Failure {
  const others = mechanisms.map((name) => name.toLowerCase()).join(' or ');
  return {
    what: `does not take logins by ${given}${others === '' ? '' : `, but by ${others}`}`,
    wayOut: `give --kafka-sasl ${others === '' ? 'with a mechanism that the broker has enabled' : others}`,
  };
}

function otherFailure(cause: unknown): Failure {
  return { what: messageOf(cause), wayOut: 'look into the log of the broker' };
}

/** The innermost error: kafkajs wraps the original one in `cause` or `errors`, several levels deep. */
function innermost(error: unknown): unknown {
  let inner = error;
  for (let depth = 0; depth < 10 && inner instanceof Error; depth++) {
    const next = inner.cause ?? (inner as { errors?: readonly unknown[] }).errors?.[0];
    if (!(next instanceof Error)) break;
    inner = next;
  }
  return inner;
}

/** `host:port` of the broker that a connection error is about; null if it does not say. */
function brokerOf(cause: unknown): string | null {
  const broker = (cause as { broker?: unknown } | null | undefined)?.broker;
  return typeof broker === 'string' ? unescapeBroker(broker) : null;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
