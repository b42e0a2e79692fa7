/**
 * The command `run`: runs the modes of a bus on one workload and shows them in one table. It validates everything,
 * runs, writes the report, prints it, and applies the gates.
 */
import { Command, Option } from 'commander';
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import { ToolError, UsageError, exitCodes } from '../../domain/errors.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import type { Connections } from '../../run/connection.js';
import type { ScenarioFlags } from '../../scenario/flags.js';
import type { ScenarioDefaults } from '../../scenario/resolve.js';
import type { Format } from '../../report/exporters/formats.js';
import type { CliContext } from '../context.js';
import { worstExitCode } from '../exit-code.js';
import { debugRequested, describeError } from '../describe-error.js';
import { connectionSettings, refuseIdleConnectionFlags } from '../options/connection-options.js';
import { formatOf } from '../options/output-options.js';
import type { FormatOptions, OpenOptions, ProgressOptions } from '../options/output-options.js';
import { addRunOptions } from '../options/run-options.js';
import { addScenarioOptions, scenarioFlags } from '../options/scenario-options.js';
import { usualGateFlags, usualOutputFlags, usualScenarioFlags, usualSeedsFlag } from '../options/usual-flags.js';
import type { FinishedRun } from '../run-input.js';
import { addShortHelp } from '../short-help.js';

interface RunOptions extends FormatOptions, ProgressOptions, OpenOptions {
  readonly reportDir: string;
  readonly trace?: string;
  readonly failFast?: boolean;
  readonly plan?: boolean;
}

const about = 'Run an event bus in its modes on one workload, and show who kept order.';

const examples = `
Examples:
  eventbus-bench run --topics 5
      all modes side by side on the embedded simulator
  eventbus-bench run --broker nats,kafka --topics 5
      the same on real servers, private ones unless you name yours
  eventbus-bench run incident --seed 7
      a scenario that comes with it, one field overridden`;

const allExamples = `
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
  eventbus-bench run --mode single --max-violations 0 \\
    --confidence 95% --within 5%
      the same, resting on 59 ordered runs: at most 5 % of runs lose order
  eventbus-bench run --seeds 20
      every row with 20 seeds, several at once on the simulator
  eventbus-bench run incident --seed 7
      a scenario that comes with it, one field overridden
  eventbus-bench run ./incident.yaml quick
      a file of yours, then a scenario that comes with it
  eventbus-bench run --format junit > junit.xml
      what CI systems read; further formats of the same run: report

Exit codes: 0 done, any gate held; 1 gate breached; 2 gate undecided;
64 usage; 69 broker unavailable or lost; 70 bug; 130 interrupted.`;

export function createRunCommand(context: CliContext): Command {
  const command = new Command('run')
    .summary('run the modes of a bus and show who kept order')
    .description(
      'Run an event bus in its modes on the same workload and seed, and show side by side which of them kept the order of each aggregate, where the others lost it, and what it means.',
    )
    .argument('[scenario...]', scenarioArgument);
  addScenarioOptions(command);
  command.addOption(
    new Option(
      '--fail-fast',
      'End after the first row that breaches a gate; without any gate this one: --max-violations 0.',
    ).helpGroup('Verdict and gates:'),
  );
  addRunOptions(command);
  const usual = [...usualScenarioFlags(), usualSeedsFlag, ...usualGateFlags, ...usualOutputFlags];
  return addShortHelp(command, { usual, about, examples, allExamples }).action((files: string[]) =>
    runFiles(context, command, files, { flags: scenarioFlags(command.opts()) }).then(
      (exitCode) => void (context.exitCode = exitCode),
    ),
  );
}

export const scenarioArgument = 'a file (./mine.yaml), or a name (list scenarios)';

/** How a command that runs scenarios differs from `run`. */
export interface RunKind {
  readonly flags: ScenarioFlags;
  readonly defaults?: ScenarioDefaults;
  /** Checks the names of the rows, without their repeats, before anything is run. @throws {UsageError} */
  readonly checkRows?: (names: readonly string[]) => void;
  /** See RunSettings, as is the next one. */
  readonly probeOf?: (scenario: Scenario) => Scenario | null;
  readonly complete?: (report: RunReport, probed: readonly RunRow[]) => RunReport;
  /** Absent: nothing is compared. null: with the first row. */
  readonly baseline?: string | null;
}

/** Runs each scenario file, or the flags alone. @returns the exit code */
export async function runFiles(
  context: CliContext,
  command: Command,
  files: readonly string[],
  kind: RunKind,
): Promise<number> {
  const options: RunOptions = command.opts();
  if (options.trace !== undefined && files.length > 1) {
    throw new UsageError('--trace records one scenario, and several files are given', 'run them one at a time');
  }
  const { readRunInputs, refuseIdleGateRows, withGate } = await import('../run-inputs.js');
  const given = await readRunInputs(files, kind.flags, { name: command.name(), defaults: kind.defaults });
  for (const { rowNames } of given) kind.checkRows?.(rowNames);
  const inputs = options.failFast === true ? given.map(withGate) : given;
  inputs.forEach(refuseIdleGateRows);
  const brokers = inputs.flatMap(({ scenario }) => scenario.brokers);
  const connections = await readConnectionsOf(command, brokers);
  const { checkReportFolder, checkTracePath } = await import('../report-folder.js');
  checkReportFolder(options.reportDir);
  const { scenarioFileOf } = await import('../shipped-scenarios.js');
  if (options.trace !== undefined) checkTracePath(options.trace, files.map(scenarioFileOf));

  const format = formatOf(options);
  if (options.plan === true) {
    const { showPlans } = await import('../show-plans.js');
    const { baseline, probeOf } = kind;
    await showPlans(context, inputs, { ...options, format, connections, baseline, probeOf });
    return exitCodes.ok;
  }
  const { runInput } = await import('../run-input.js');
  const signal = context.interrupt.listen();
  const silent = format !== 'terminal';
  const { probeOf, complete } = kind;
  const added = { ...(probeOf && { probeOf }), ...(complete && { complete }) };
  const settings = { ...options, silent, connections, signal, ...added };
  const finished: FinishedRun[] = [];
  for (const input of inputs) {
    if (context.interrupt.interrupted) break;
    finished.push(await runInput(context, input, settings));
  }
  const printed = format === 'terminal' ? exitCodes.ok : await print(context, format, finished, inputs.length > 1);
  if (options.open === true && !context.interrupt.interrupted) await showPage(context, finished, options);
  return context.interrupt.interrupted
    ? exitCodes.interrupted
    : worstExitCode([...finished.map(({ exitCode }) => exitCode), printed]);
}

/** Opens one page of all reports, beside the last of them. */
async function showPage(context: CliContext, finished: readonly FinishedRun[], { quiet }: RunOptions): Promise<void> {
  const reports = finished.flatMap(({ judged }) => (judged === null ? [] : [judged]));
  if (reports.length === 0) return;
  const { render } = await import('../../report/exporters/html.js');
  const { openPage, pagePathOf } = await import('../page/open-page.js');
  const reportPath = finished.at(-1)?.reportPath ?? null;
  const path = reportPath === null ? null : pagePathOf(reportPath);
  await openPage(context, { html: await render(reports), path, quiet: quiet === true });
}

/** @throws {UsageError} for a connection flag without effect */
export async function readConnectionsOf(command: Command, brokers: readonly BrokerKind[]): Promise<Connections> {
  const settings = connectionSettings(command);
  refuseIdleConnectionFlags(command, brokers, settings);
  if (brokers.every((broker) => traitsOf(broker).isSimulated)) return { nats: null, kafka: null };
  const isAmong = (server: string): boolean => brokers.some((broker) => traitsOf(broker).server === server);
  const { readConnections } = await import('../../run/connection.js');
  return readConnections({
    nats: isAmong('nats') ? settings.nats : {},
    kafka: isAmong('kafka') ? settings.kafka : {},
  });
}

/**
 * Prints all reports as one document. Without any report nothing is printed, except an empty list if JSON was asked for
 * several files. An error of rendering is printed rather than thrown, so that the exit codes of the runs still count.
 * @returns the exit code of the printing
 */
async function print(
  context: CliContext,
  format: Format,
  finished: readonly FinishedRun[],
  list: boolean,
): Promise<number> {
  const reports = finished.flatMap(({ judged }) => (judged === null ? [] : [judged]));
  if (reports.length === 0 && !(format === 'json' && list)) return exitCodes.ok;
  const { console } = context;
  const { renderAs } = await import('../../report/exporters/formats.js');
  const look = { width: console.width, color: false, ascii: false };
  try {
    await console.out(await renderAs(format, { reports, list, look }));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const { text, exitCode } = describeError(error, debugRequested());
    await console.err(text);
    return exitCode;
  }
}
