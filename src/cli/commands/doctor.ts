/**
 * The command `doctor`: shows which brokers are reachable from here, and how to get what is missing. It fails only if a
 * server that was named cannot be used, or if the simulator does not work.
 */
import { Command } from 'commander';
import { exitCodes } from '../../domain/errors.js';
import type { Diagnosis } from '../../run/doctor.js';
import type { CliContext } from '../context.js';
import { addConnectionOptions, connectionSettings } from '../options/connection-options.js';
import { addOutputOptions } from '../options/output-options.js';
import type { OutputOptions } from '../options/output-options.js';
import { jsonFlag, usualServerFlags } from '../options/usual-flags.js';
import { addShortHelp } from '../short-help.js';

const about = 'Show which brokers a run could use from here, and how to get what is missing.';

const examples = `
Examples:
  eventbus-bench doctor
      what a run could use here
  eventbus-bench doctor --nats-url nats://127.0.0.1:4222
      whether this server can be used, and how far away it is`;

const allExamples = `
Examples:
  eventbus-bench doctor
      what a run could use here
  eventbus-bench doctor --nats-url nats://127.0.0.1:4222
      whether this server can be used, and how far away it is
  eventbus-bench doctor --kafka-brokers 127.0.0.1:9092
      the same for a Kafka cluster, its advertised listeners included
  eventbus-bench doctor --json | jq .natsServer
      the same for a script

Exit codes: 0 the simulator works, and so do the servers that were named;
69 a named server cannot be used; 64 usage.`;

export function createDoctorCommand(context: CliContext): Command {
  const command = new Command('doctor')
    .summary('show what is reachable, and how to get what is missing')
    .description('Show which brokers a run could use from here, with their versions, and how to get what is missing.');
  addConnectionOptions(command);
  addOutputOptions(command);
  return addShortHelp(command, { usual: [...usualServerFlags, jsonFlag], about, examples, allExamples }).action(() =>
    doctor(context, command).then((exitCode) => void (context.exitCode = exitCode)),
  );
}

async function doctor({ console }: CliContext, command: Command): Promise<number> {
  const { readConnections } = await import('../../run/connection.js');
  const { examine } = await import('../../run/doctor.js');
  const options: OutputOptions = command.opts();
  const found = await examine(readConnections(connectionSettings(command)));
  if (options.json === true) {
    await console.out(`${JSON.stringify(found, null, 2)}\n`);
  } else {
    const { renderDoctor } = await import('../doctor-table.js');
    await console.out(renderDoctor(found, { width: console.width, color: console.color('stdout', options.color) }));
  }
  return exitCodeOf(found);
}

function exitCodeOf({ simulator, natsServer, kafkaCluster }: Diagnosis): number {
  if (simulator.kind === 'broken') return exitCodes.internal;
  const unusable = natsServer?.kind === 'unusable' || kafkaCluster?.kind === 'unusable';
  return unusable ? exitCodes.brokerUnavailable : exitCodes.ok;
}
