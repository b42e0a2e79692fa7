/**
 * Describes an error to the user, in one sentence and the way out, and gives the exit code of the command. A stack
 * trace is shown only on request (EVENTBUS_BENCH_DEBUG=1); an error that is not a {@link ToolError} is a bug of this
 * tool.
 */
import { CommanderError } from 'commander';
import { ToolError, UsageError, exitCodes } from '../domain/errors.js';
import { printableLines, withoutCommands } from '../text/printable.js';

export interface DescribedError {
  readonly exitCode: number;
  readonly text: string;
}

const issuesHint =
  'please report this, with the command and what it printed; EVENTBUS_BENCH_DEBUG=1 shows the stack trace';

/** @param help the command that shows the help to consult after a usage error */
export function describeError(error: unknown, debug: boolean, help = 'eventbus-bench --help'): DescribedError {
  const known = error instanceof CommanderError ? usageErrorOf(error, help) : error;
  if (known instanceof ToolError) {
    const wayOut = known.code === 'internal' ? issuesHint : known.wayOut;
    // Nothing went wrong where the user ended the command.
    const prefix = known.code === 'interrupted' ? '' : 'error: ';
    return { exitCode: known.exitCode, text: withStack(`${prefix}${known.message}\n  ${wayOut}`, error, debug) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    exitCode: exitCodes.internal,
    text: withStack(`error: something went wrong inside eventbus-bench: ${message}\n  ${issuesHint}`, error, debug),
  };
}

/** Converts an error of commander, such as `error: unknown option '--topcis'\n(Did you mean --topics?)`. */
function usageErrorOf(error: CommanderError, help: string): UsageError {
  const [first = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const meant = hint === undefined ? undefined : /^\(Did you mean (.*)\?\)$/.exec(hint)?.[1];
  const message = first.replace(/\.$/, '');
  return new UsageError(message, meant === undefined ? `see ${help}` : `did you mean ${meant}?`, {
    cause: error,
  });
}

function withStack(message: string, error: unknown, debug: boolean): string {
  const text = withoutCommands(printableLines(message));
  if (!debug || !(error instanceof Error) || error.stack === undefined) return text;
  return `${text}\n${printableLines(error.stack)}`;
}

export function debugRequested(): boolean {
  return process.env['EVENTBUS_BENCH_DEBUG'] === '1';
}
