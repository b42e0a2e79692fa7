/**
 * `run`: the modes of a bus on one workload, as a table side by side. Validates everything, runs, writes the report,
 * prints it, and applies the gates.
 */
import { Command, Option } from 'commander';
import { UsageError, exitCodes } from '../../domain/errors.js';
import type { Connections } from '../../run/connection.js';
import type { CliContext } from '../context.js';
import { worstExitCode } from '../exit-code.js';
import { addConnectionOptions, connectionSettings, refuseIdleConnectionFlags } from '../options/connection-options.js';
import { addOutputOptions, addProgressOptions, addReportOptions } from '../options/output-options.js';
import type { OutputOptions, ProgressOptions } from '../options/output-options.js';
import { addScenarioOptions, scenarioFlags } from '../options/scenario-options.js';
import type { FinishedRun } from '../run-input.js';
import type { RunInput } from '../run-inputs.js';

interface RunOptions extends OutputOptions, ProgressOptions {
  readonly format?: 'terminal' | 'json';
  readonly reportDir: string;
  readonly trace?: string;
  readonly failFast?: boolean;
}

const examples = `
Examples:
  eventbus-bench run --topics 5
      all modes side by side on the embedded simulator
  eventbus-bench run --broker nats --topics 5 --aggregates 200
      the same on a real server, a private one unless --nats-url names yours
  eventbus-bench run --broker nats,kafka --topics 5
      NATS and Kafka on the same workload, side by side
  eventbus-bench run --broker sim:kafka --key none --partitions 3
      Kafka without a message key, embedded
  eventbus-bench run --mode multi --durable shared --max-ack-pending 1
      one row, with one change
  eventbus-bench run --mode single --max-violations 0
      a gate for CI: exit 1 if breached, 2 if the run could not tell
  eventbus-bench run --mode single --max-violations 0 --until-contested 10000
      the same, resting on 10,000 contested pairs or more
  eventbus-bench run scenarios/incident.yaml --seed 7
      a scenario file, one field overridden

Exit codes: 0 done, any gate held; 1 gate breached; 2 gate undecided;
64 usage; 69 broker unavailable or lost; 70 bug; 130 interrupted.`;

export function createRunCommand(context: CliContext): Command {
  const command = new Command('run')
    .summary('run the modes of a bus and show who kept order')
    .description(
      'Run an event bus in its modes on the same workload and seed, and show side by side which of them kept the order of each aggregate, where the others lost it, and what it means.',
    )
    .argument('[scenario.yaml...]', 'scenario files, run one after another; flags override their fields');
  addScenarioOptions(command);
  command.addOption(
    new Option(
      '--fail-fast',
      'End after the first row that breaches a gate; without any gate this one: --max-violations 0.',
    ).helpGroup('Verdict and gates:'),
  );
  addConnectionOptions(command);
  addReportOptions(command);
  addOutputOptions(command);
  addProgressOptions(command);
  return command
    .addHelpText('after', examples)
    .action((files: string[]) => run(context, command, files).then((exitCode) => void (context.exitCode = exitCode)));
}

async function run(context: CliContext, command: Command, files: readonly string[]): Promise<number> {
  const options: RunOptions = command.opts();
  if (options.trace !== undefined && files.length > 1) {
    throw new UsageError('--trace records one scenario, and several files are given', 'run them one at a time');
  }
  const { readRunInputs, withGate } = await import('../run-inputs.js');
  const given = await readRunInputs(files, scenarioFlags(command.opts()));
  const inputs = options.failFast === true ? given.map(withGate) : given;
  const connections = await readConnectionsOf(command, inputs);
  const { checkReportFolder } = await import('../report-folder.js');
  checkReportFolder(options.reportDir);

  const json = options.json === true || options.format === 'json';
  const { runInput } = await import('../run-input.js');
  const settings = { ...options, json, connections, signal: context.interrupt.listen() };
  const finished: FinishedRun[] = [];
  for (const input of inputs) {
    if (context.interrupt.interrupted) break;
    finished.push(await runInput(context, input, settings));
  }
  if (json) await context.console.out(asOneDocument(finished, inputs.length));
  return context.interrupt.interrupted
    ? exitCodes.interrupted
    : worstExitCode(finished.map(({ exitCode }) => exitCode));
}

async function readConnectionsOf(command: Command, inputs: readonly RunInput[]): Promise<Connections> {
  const brokers = inputs.flatMap(({ scenario }) => scenario.brokers);
  const settings = connectionSettings(command);
  refuseIdleConnectionFlags(command, brokers, settings);
  if (brokers.every((broker) => broker.startsWith('sim:'))) return { nats: null, kafka: null };
  const { readConnections } = await import('../../run/connection.js');
  return readConnections({
    nats: brokers.includes('nats') ? settings.nats : {},
    kafka: brokers.includes('kafka') ? settings.kafka : {},
  });
}

/** One report as it is; several as a JSON array. */
function asOneDocument(finished: readonly FinishedRun[], planned: number): string {
  const reports = finished.flatMap(({ json }) => (json === null ? [] : [json.trimEnd()]));
  return planned === 1 ? reports.map((report) => `${report}\n`).join('') : `[${reports.join(',\n')}]\n`;
}
