/**
 * Explains why JetStream refused a request. Its API answers with an error code of its own; codes that a user can do
 * something about have an entry in the table, all others are told in the server's words.
 */
import { ErrorCode, NatsError } from 'nats';
import { BrokerError } from '../../../domain/errors.js';
import { messageOf } from './connect-errors.js';

export interface RequestContext {
  /** What was to be done: `make the stream X`. */
  readonly doing: string;
  /** The server's URL, without secrets. */
  readonly where: string;
}

/** The stream that was asked for is not there. */
const streamNotFound = 10059;

export function requestError(error: unknown, { doing, where }: RequestContext): BrokerError {
  if (error instanceof BrokerError) return error;
  const failed = `${where} could not ${doing}`;
  const { what, wayOut } = failureOf(error);
  return new BrokerError(`${failed}: ${what}`, wayOut, { cause: error });
}

interface Failure {
  readonly what: string;
  readonly wayOut: string;
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof NatsError)) return { what: messageOf(error), wayOut: lookIntoLog };
  const { api_error: apiError } = error;
  if (apiError === undefined) return clientFailure(error) ?? { what: messageOf(error), wayOut: lookIntoLog };
  return apiFailures[apiError.err_code ?? 0] ?? { what: apiError.description, wayOut: lookIntoLog };
}

const lookIntoLog = 'look into the log of the server, and check the limits of the account';

const connectionLost: Failure = {
  what: 'the connection was lost',
  wayOut: 'look into the log of the server, then run the same command again',
};

function clientFailure(error: NatsError): Failure | undefined {
  const failures: Readonly<Record<string, Failure>> = {
    [ErrorCode.NoResponders]: { what: 'JetStream is not enabled there', wayOut: enableJetStream },
    [ErrorCode.Timeout]: { what: 'it did not answer in time', wayOut: 'check that the server is not overloaded' },
    [ErrorCode.PermissionsViolation]: {
      what: `this user is not permitted to use "${error.permissionContext?.subject ?? '$JS.API.>'}"`,
      wayOut:
        'permit it in the configuration of the server (see docs/CONNECTING.md for what is needed), or use another user',
    },
    [ErrorCode.ConnectionClosed]: connectionLost,
    [ErrorCode.ConnectionDraining]: connectionLost,
    [ErrorCode.Disconnect]: connectionLost,
  };
  return failures[error.code];
}

export function isStreamNotFound(error: unknown): boolean {
  return apiErrorCode(error) === streamNotFound;
}

const enableJetStream =
  'start the server with -js, enable JetStream for the account of this user, or name no server: run then starts a private one';
const limitReached: Failure = {
  what: 'a limit of the account or of the server is reached',
  wayOut: 'remove streams that are not needed (eventbus-bench clean removes its own), or raise the limit',
};

/** Explanations by the error code of JetStream's API. */
const apiFailures: Readonly<Record<number, Failure>> = {
  10039: { what: 'JetStream is not enabled for the account of this user', wayOut: enableJetStream },
  10076: { what: 'JetStream is not enabled there', wayOut: enableJetStream },
  10002: limitReached,
  10023: limitReached,
  10026: limitReached,
  10027: limitReached,
  10028: limitReached,
  10047: limitReached,
  10058: {
    what: 'another stream has this name, and was left as it is',
    wayOut: 'run the command again: every run takes a name of its own',
  },
  10065: {
    what: 'another stream takes these subjects, and was left as it is',
    wayOut: 'remove that stream, or use another account',
  },
  10113: {
    what: 'the account wants a size limit on every stream',
    wayOut: 'use an account without that rule, or name no server: run then starts a private one',
  },
};

function apiErrorCode(error: unknown): number | null {
  return (error instanceof NatsError ? error.api_error?.err_code : undefined) ?? null;
}
