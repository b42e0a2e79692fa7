/**
 * Errors that a user can do something about, and the exit codes that go with them.
 *
 * Every error that reaches a user is a {@link ToolError}: one sentence on what happened, the way out, and a code that
 * `cli/` turns into the documented exit code. Anything else that is thrown is a bug of this tool (exit 70).
 */

/** Exit codes of every command. */
export const exitCodes = {
  ok: 0,
  breached: 1,
  inconclusive: 2,
  usage: 64,
  brokerUnavailable: 69,
  internal: 70,
  interrupted: 130,
} as const;

export type ErrorCode = 'usage' | 'broker-unavailable' | 'unsupported' | 'internal' | 'interrupted';

/** An error with a way out. `message` is one sentence; `wayOut` says what to do about it. */
export class ToolError extends Error {
  readonly code: ErrorCode;
  readonly wayOut: string;

  constructor(code: ErrorCode, message: string, wayOut: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.wayOut = wayOut;
  }

  get exitCode(): number {
    switch (this.code) {
      case 'usage':
        return exitCodes.usage;
      case 'broker-unavailable':
      case 'unsupported':
        return exitCodes.brokerUnavailable;
      case 'interrupted':
        return exitCodes.interrupted;
      case 'internal':
        return exitCodes.internal;
    }
  }
}

/** Wrong usage or an invalid scenario: names the field, the value and what is allowed. Exit 64. */
export class UsageError extends ToolError {
  constructor(message: string, wayOut: string, options?: ErrorOptions) {
    super('usage', message, wayOut, options);
  }
}

/** The broker cannot be reached, or was lost in the middle. Exit 69. */
export class BrokerError extends ToolError {
  constructor(message: string, wayOut: string, options?: ErrorOptions) {
    super('broker-unavailable', message, wayOut, options);
  }
}

/** The broker, or the mode, lacks what one row needs; other rows are not affected. Exit 69. */
export class UnsupportedError extends ToolError {
  constructor(message: string, wayOut: string, options?: ErrorOptions) {
    super('unsupported', message, wayOut, options);
  }
}

/** The user asked the run to stop. Exit 130. */
export class InterruptedError extends ToolError {
  constructor(message = 'interrupted', wayOut = 'run the same command again to start over', options?: ErrorOptions) {
    super('interrupted', message, wayOut, options);
  }
}

/** A bug of ours: something that the code promised did not hold. Exit 70. */
export class InternalError extends ToolError {
  constructor(message: string, options?: ErrorOptions) {
    super('internal', message, 'please report this, with the command and its seed', options);
  }
}
