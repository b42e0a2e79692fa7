/** Builds the command-line program, a commander object with all commands; each command is defined in its own file. */
import { Command, Option } from 'commander';
import { createBrokersCommand } from './commands/brokers.js';
import { createCheckCommand } from './commands/check.js';
import { createCleanCommand } from './commands/clean.js';
import { createCompareCommand } from './commands/compare.js';
import { createCompletionCommand } from './commands/completion.js';
import { createDiagnoseCommand } from './commands/diagnose.js';
import { createDoctorCommand } from './commands/doctor.js';
import { createReportCommand } from './commands/report.js';
import { createGateCommand } from './commands/gate.js';
import { createHazardsCommand } from './commands/hazards.js';
import { createListCommand } from './commands/list.js';
import { createRunCommand } from './commands/run.js';
import { createSqlCommand } from './commands/sql.js';
import type { CliContext } from './context.js';
import { fitNarrowTerminals } from './narrow-help.js';
import { showing } from './short-help.js';
import { VersionAsked } from './show-version.js';

const overview = `
Examples:
  eventbus-bench run --topics 5     who keeps order? All modes, side by side
  eventbus-bench compare            which fix restores it, and at what cost?

eventbus-bench <command> --help shows its flags; --version, what is here.`;

export function createProgram(context: CliContext): Command {
  const program = new Command('eventbus-bench')
    .usage('<command> [flags]')
    .description('Find where and why an event bus loses order by aggregate, and which fix works.')
    .addOption(new Option('-V, --version', 'print the version, and what is here'))
    .on('option:version', () => {
      throw new VersionAsked();
    })
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp(
      showing(() => ({
        subcommandTerm: (command) => command.name(),
        visibleOptions: () => [],
        // Without `help`, which the last line stands for.
        visibleCommands: (command) => [...command.commands],
      })),
    )
    .addHelpText('after', overview);
  for (const create of [
    createRunCommand,
    createCompareCommand,
    createReportCommand,
    createGateCommand,
    createCheckCommand,
    createDiagnoseCommand,
    createSqlCommand,
    createHazardsCommand,
    createListCommand,
    createDoctorCommand,
    createBrokersCommand,
    createCleanCommand,
    createCompletionCommand,
  ]) {
    program.addCommand(create(context).helpOption('-h, --help', 'show this help'));
  }
  for (const command of [program, ...program.commands]) {
    fitNarrowTerminals(command)
      .exitOverride()
      .configureOutput({ outputError: () => {} });
  }
  return program;
}
