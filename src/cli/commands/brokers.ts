/**
 * The command `brokers`: fetches real servers, once, so that runs can start private ones without Docker. What is there
 * already is checked and left alone.
 */
import { isAbsolute, resolve } from 'node:path';
import { Command } from 'commander';
import { exitCodes, UsageError } from '../../domain/errors.js';
import type { CliContext } from '../context.js';

interface BrokersOptions {
  readonly dir?: string;
  readonly force?: boolean;
}

const examples = `
Servers:
  nats         a current nats-server, for runs on a real NATS (built with Go)
  kafka        a Kafka broker, for runs on a real Kafka (needs Java 17)
  nats-old     the oldest nats-server supported, for tests of this project
  kafka-tools  Kafka's own performance tools, for its benchmarks

Without a name nats and kafka are fetched; in a checkout of this project all.
They go into .cache/brokers of a checkout; for an installed package into the
user's cache: $XDG_CACHE_HOME/eventbus-bench/brokers, or ~/.cache in place of
the variable (%LOCALAPPDATA% on Windows). Runs look in all of these folders.

Examples:
  eventbus-bench brokers
      fetch a nats-server and a Kafka, once
  eventbus-bench brokers nats
      only a nats-server; it must be there at the end
  eventbus-bench brokers kafka --force
      fetch Kafka again, whatever is there
  eventbus-bench brokers --dir /opt/brokers
      into a folder of your own; EVENTBUS_BENCH_BROKERS=/opt/brokers makes
      runs look there

Exit codes: 0 what was named is there, or else a nats-server; 64 usage;
69 a server is not to be had here, or the folder cannot be used;
130 interrupted.`;

export function createBrokersCommand(context: CliContext): Command {
  return new Command('brokers')
    .summary('fetch real servers, so that runs can start private ones')
    .description(
      'Fetch a real nats-server and a Kafka, once, so that runs can start private servers without Docker. What is there already is checked and left alone.',
    )
    .argument('[server...]', 'servers to fetch: nats, kafka, nats-old, kafka-tools')
    .option('--dir <folder>', 'The folder to put them into, in place of the usual one.')
    .option('--force', 'Fetch again what is there already.')
    .addHelpText('after', examples)
    .action((servers: string[], options: BrokersOptions) =>
      brokers(context, servers, options).then((exitCode) => void (context.exitCode = exitCode)),
    );
}

async function brokers({ console, interrupt }: CliContext, named: readonly string[], options: BrokersOptions) {
  const { fetchableServers, fetchBrokers, usualCache, usualServers } = await import('../../run/brokers.js');
  const ids = fetchableServers.map(({ id }) => id);
  const unknown = named.find((name) => !ids.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`there is no server "${unknown}" to fetch`, `possible are ${ids.join(', ')}`);
  }
  if (options.dir === '') throw new UsageError('--dir is empty', 'name a folder: --dir /path');
  const cache = options.dir ?? usualCache();
  const isComplete = await fetchBrokers({
    cache: isAbsolute(cache) ? cache : resolve(cache),
    wanted: named.length === 0 ? usualServers() : named,
    areRequired: named.length > 0,
    force: options.force === true,
    signal: interrupt.listen(),
    say: (line) => void console.out(`${line}\n`),
    warn: (text) => void console.err(text),
  });
  return isComplete ? exitCodes.ok : exitCodes.brokerUnavailable;
}
