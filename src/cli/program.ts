/** Builds the command-line program, a commander object with all commands; each command is defined in its own file. */
import { Command } from 'commander';
import { createBrokersCommand } from './commands/brokers.js';
import { createCheckCommand } from './commands/check.js';
import { createCleanCommand } from './commands/clean.js';
import { createCompareCommand } from './commands/compare.js';
import { createDoctorCommand } from './commands/doctor.js';
import { createReportCommand } from './commands/report.js';
import { createGateCommand } from './commands/gate.js';
import { createRunCommand } from './commands/run.js';
import type { CliContext } from './context.js';

const overview = `
Examples:
  eventbus-bench run --topics 5
      does this bus keep the order of each aggregate? All modes, side by side
  eventbus-bench run --broker nats --topics 5 --aggregates 200
      the same on a real NATS server
  eventbus-bench doctor
      what is reachable from here, and how to get what is missing

eventbus-bench <command> --help shows the flags of a command, with examples.`;

export function createProgram(context: CliContext, version: string): Command {
  const program = new Command('eventbus-bench')
    .description(
      "Find out whether an event bus keeps each aggregate's events in version order, where and why it fails, and which fix restores order at what cost.",
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', overview);
  for (const create of [
    createRunCommand,
    createCompareCommand,
    createReportCommand,
    createGateCommand,
    createCheckCommand,
    createDoctorCommand,
    createBrokersCommand,
    createCleanCommand,
  ]) {
    program.addCommand(create(context).helpOption('-h, --help', 'show this help'));
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: () => {} });
  }
  return program;
}
