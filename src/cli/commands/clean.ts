/** `clean`: removes what crashed runs left on a server; only what carries this tool's own mark, and never a live run's. */
import { Command, Option } from 'commander';
import { UsageError, exitCodes } from '../../domain/errors.js';
import type { CleanedLeftover } from '../../run/clean.js';
import type { CliContext } from '../context.js';
import { addConnectionOptions, connectionSettings } from '../options/connection-options.js';
import { addOutputOptions } from '../options/output-options.js';
import type { OutputOptions } from '../options/output-options.js';

interface CleanFlags extends OutputOptions {
  readonly dryRun?: boolean;
  readonly otherHosts?: boolean;
}

const examples = `
Examples:
  eventbus-bench clean --nats-url nats://127.0.0.1:4222 --dry-run
      what would be removed
  NATS_URL=nats://bus.example:4222 eventbus-bench clean --other-hosts
      also what runs on other hosts left; make sure that none is under way

Private servers need no cleaning: they end with their run.

Exit codes: 0 done, also where there was nothing to do; 64 usage;
69 the server cannot be reached or asked.`;

export function createCleanCommand(context: CliContext): Command {
  const command = new Command('clean')
    .summary('remove what crashed runs left on a server')
    .description(
      'Remove the streams that crashed runs left on a NATS server, with their durables. Touches only what carries the mark of this tool, and no run that is still alive on this host.',
    )
    .addOption(new Option('--dry-run', 'List what would be removed, and remove nothing.').helpGroup('What to remove:'))
    .addOption(new Option('--other-hosts', 'Also what runs on other hosts left.').helpGroup('What to remove:'));
  addConnectionOptions(command);
  addOutputOptions(command);
  return command
    .addHelpText('after', examples)
    .action(() => clean(context, command).then(() => void (context.exitCode = exitCodes.ok)));
}

async function clean({ console }: CliContext, command: Command): Promise<void> {
  const options: CleanFlags = command.opts();
  const { readConnection, whereOf } = await import('../../run/connection.js');
  const connection = readConnection(connectionSettings(command));
  if (connection === null) {
    throw new UsageError(
      'clean needs to know which server to clean',
      'name it with --nats-url nats://host:port, or NATS_URL',
    );
  }
  const { cleanServer } = await import('../../run/clean.js');
  const dryRun = options.dryRun === true;
  const found = await cleanServer(connection, { dryRun, otherHosts: options.otherHosts === true });
  if (options.json === true) {
    await console.out(`${JSON.stringify({ url: whereOf(connection), dryRun, leftovers: found }, null, 2)}\n`);
  } else {
    const { renderCleaned } = await import('../clean-table.js');
    await console.out(renderCleaned(found, whereOf(connection)));
    if (isKeptForItsHost(found))
      await console.err('--other-hosts removes what runs on other hosts left, if none is under way');
  }
}

function isKeptForItsHost(found: readonly CleanedLeftover[]): boolean {
  return found.some(({ fate }) => fate === 'kept: made on another host');
}
