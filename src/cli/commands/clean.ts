/**
 * The command `clean`: removes what crashed runs left on servers. It touches only what carries this tool's own mark,
 * and nothing of a run that is still alive.
 */
import { Command, Option } from 'commander';
import { UsageError, exitCodes } from '../../domain/errors.js';
import type { CleanedLeftover, CleanOptions } from '../../run/clean.js';
import type { CliContext } from '../context.js';
import { addConnectionOptions, connectionSettings } from '../options/connection-options.js';
import { addOutputOptions } from '../options/output-options.js';
import type { OutputOptions } from '../options/output-options.js';
import { jsonFlag, usualServerFlags } from '../options/usual-flags.js';
import { addShortHelp } from '../short-help.js';

interface CleanFlags extends OutputOptions {
  readonly dryRun?: boolean;
  readonly otherHosts?: boolean;
}

const about =
  'Remove what crashed runs left on a server, and nothing else; no run that is alive on this host is touched.';

const examples = `
Examples:
  eventbus-bench clean --nats-url nats://127.0.0.1:4222 --dry-run
      what would be removed
  eventbus-bench clean --kafka-brokers 127.0.0.1:9092
      topics and consumer groups on a Kafka cluster`;

const allExamples = `
Examples:
  eventbus-bench clean --nats-url nats://127.0.0.1:4222 --dry-run
      what would be removed
  eventbus-bench clean --kafka-brokers 127.0.0.1:9092
      topics and consumer groups on a Kafka cluster
  NATS_URL=nats://bus.example:4222 eventbus-bench clean --other-hosts
      also what runs on other hosts left; make sure that none is under way

Private servers need no cleaning: they end with their run.

Exit codes: 0 done, also where there was nothing to do; 64 usage;
69 the server cannot be reached or asked.`;

export function createCleanCommand(context: CliContext): Command {
  const command = new Command('clean')
    .summary('remove what crashed runs left on a server')
    .description(
      'Remove what crashed runs left: streams with their durables on a NATS server, topics and consumer groups on a Kafka cluster. Touches only what carries the mark of this tool, and no run that is still alive on this host.',
    )
    .addOption(new Option('--dry-run', 'List what would be removed, and remove nothing.').helpGroup('What to remove:'))
    .addOption(new Option('--other-hosts', 'Also what runs on other hosts left.').helpGroup('What to remove:'));
  addConnectionOptions(command);
  addOutputOptions(command);
  const own = [
    { flags: '--dry-run', text: 'List what would be removed, and remove nothing.' },
    { flags: '--other-hosts', text: 'Also what runs on other hosts left.' },
  ];
  return addShortHelp(command, { usual: [...usualServerFlags, ...own, jsonFlag], about, examples, allExamples }).action(
    () => clean(context, command).then(() => void (context.exitCode = exitCodes.ok)),
  );
}

interface Swept {
  /** The server's address, without secrets. */
  readonly url: string;
  readonly leftovers: readonly CleanedLeftover[];
}

async function clean({ console }: CliContext, command: Command): Promise<void> {
  const flags: CleanFlags = command.opts();
  const options = { dryRun: flags.dryRun === true, otherHosts: flags.otherHosts === true };
  const servers = await sweepServers(command, options);
  if (flags.json === true) {
    await console.out(`${JSON.stringify({ dryRun: options.dryRun, servers }, null, 2)}\n`);
    return;
  }
  const { renderCleaned } = await import('../clean-table.js');
  for (const { url, leftovers } of servers) await console.out(renderCleaned(leftovers, url));
  if (servers.some(({ leftovers }) => isKeptForItsHost(leftovers)))
    await console.err('--other-hosts removes what runs on other hosts left, if none is under way');
}

async function sweepServers(command: Command, options: CleanOptions): Promise<readonly Swept[]> {
  const { readConnections, whereOf, whereOfKafka } = await import('../../run/connection.js');
  const { nats, kafka } = readConnections(connectionSettings(command));
  if (nats === null && kafka === null) {
    throw new UsageError(
      'clean needs to know which server to clean',
      'name it with --nats-url nats://host:port or NATS_URL, or --kafka-brokers host:port or KAFKA_BROKERS',
    );
  }
  const { cleanKafka, cleanNats } = await import('../../run/clean.js');
  return [
    ...(nats === null ? [] : [{ url: whereOf(nats), leftovers: await cleanNats(nats, options) }]),
    ...(kafka === null ? [] : [{ url: whereOfKafka(kafka), leftovers: await cleanKafka(kafka, options) }]),
  ];
}

function isKeptForItsHost(found: readonly CleanedLeftover[]): boolean {
  return found.some(({ fate }) => fate === 'kept: made on another host');
}
