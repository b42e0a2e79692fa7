/** `doctor`: what is reachable from here, and how to get what is missing. Fails only for a server that was named. */
import { Command } from 'commander';
import { exitCodes } from '../../domain/errors.js';
import type { Diagnosis } from '../../run/doctor.js';
import type { CliContext } from '../context.js';
import { addConnectionOptions, connectionSettings } from '../options/connection-options.js';
import { addOutputOptions } from '../options/output-options.js';
import type { OutputOptions } from '../options/output-options.js';

const examples = `
Examples:
  eventbus-bench doctor
      what a run could use here
  eventbus-bench doctor --nats-url nats://127.0.0.1:4222
      whether this server can be used, and how far away it is
  eventbus-bench doctor --json | jq .natsServer
      the same for a script

Exit codes: 0 the simulator works, and so does the server if one was named;
69 the named server cannot be used; 64 usage.`;

export function createDoctorCommand(context: CliContext): Command {
  const command = new Command('doctor')
    .summary('show what is reachable, and how to get what is missing')
    .description('Show which brokers a run could use from here, with their versions, and how to get what is missing.');
  addConnectionOptions(command);
  addOutputOptions(command);
  return command
    .addHelpText('after', examples)
    .action(() => doctor(context, command).then((exitCode) => void (context.exitCode = exitCode)));
}

async function doctor({ console }: CliContext, command: Command): Promise<number> {
  const { readConnection } = await import('../../run/connection.js');
  const { examine } = await import('../../run/doctor.js');
  const options: OutputOptions = command.opts();
  const found = await examine(readConnection(connectionSettings(command)));
  if (options.json === true) {
    await console.out(`${JSON.stringify(found, null, 2)}\n`);
  } else {
    const { renderDoctor } = await import('../doctor-table.js');
    await console.out(renderDoctor(found, { width: console.width, color: console.color('stdout', options.color) }));
  }
  return exitCodeOf(found);
}

function exitCodeOf({ simulator, natsServer }: Diagnosis): number {
  if (simulator.kind === 'broken') return exitCodes.internal;
  return natsServer?.kind === 'unusable' ? exitCodes.brokerUnavailable : exitCodes.ok;
}
