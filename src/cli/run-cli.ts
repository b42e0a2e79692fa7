/**
 * Runs the command line, from arguments to an exit code: parses, calls the command, and prints the error if there was
 * one.
 */
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { exitCodes } from '../domain/errors.js';
import { createConsole } from './console.js';
import type { CliContext } from './context.js';
import { debugRequested, describeError } from './describe-error.js';
import type { Interrupt } from './interrupt.js';
import { createProgram } from './program.js';
import { VersionAsked, showVersion } from './show-version.js';

export async function runCli(process: NodeJS.Process, interrupt: Interrupt): Promise<number> {
  const console = createConsole(process);
  const fail = async (error: unknown, help?: string): Promise<number> => {
    const { text, exitCode } = describeError(error, debugRequested(), help);
    await console.err(text);
    return exitCode;
  };
  const exitAfterBug = (error: unknown): void => void fail(error).then((exitCode) => process.exit(exitCode));
  process.on('uncaughtException', exitAfterBug);
  process.on('unhandledRejection', exitAfterBug);

  const context: CliContext = { console, interrupt, args: process.argv.slice(2), exitCode: exitCodes.ok };
  const program = createProgram(context);
  try {
    await program.parseAsync(context.args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof VersionAsked) {
      await showVersion(context);
      return exitCodes.ok;
    }
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.ok;
      if (error.code === 'commander.help') return exitCodes.usage;
    }
    return await fail(error, helpOf(program, context.args));
  }
}

/** The command that shows the help of the command in `args`, or the general help if there is none. */
function helpOf(program: Command, args: readonly string[]): string {
  const command = program.commands.find((candidate) => candidate.name() === args[0]);
  if (command === undefined) return 'eventbus-bench --help';
  const hasMore = command.options.some(({ long }) => long === '--help-all');
  return `eventbus-bench ${command.name()} ${hasMore ? '--help-all' : '--help'}`;
}
