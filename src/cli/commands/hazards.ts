/**
 * The command `hazards`: lists the mechanisms by which order is lost, provokes one of them and shows what a run says of
 * it, or puts the diagnosis to the test with many runs of each.
 */
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { UsageError, exitCodes } from '../../domain/errors.js';
import type { BrokerKind } from '../../domain/broker/registry.js';
import type { HazardMatrix, SelfTestResult } from '../../domain/report/hazard-tally.js';
import type { ScenarioFlags } from '../../scenario/flags.js';
import type { CliContext } from '../context.js';
import type { HazardScenario } from '../hazards/hazard-scenarios.js';
import { addConnectionOptions } from '../options/connection-options.js';
import {
  addDetailsOption,
  addOpenOption,
  addOutputOptions,
  addProgressOptions,
  addReportOptions,
  formatOf,
} from '../options/output-options.js';
import type { FormatOptions, OpenOptions, ProgressOptions } from '../options/output-options.js';
import { scenarioOptions } from '../options/scenario-options.js';
import { jsonFlag, usualSeedsFlag, usualServerFlags } from '../options/usual-flags.js';
import { addShortHelp } from '../short-help.js';
import { readConnectionsOf, runFiles } from './run.js';

interface HazardsOptions extends FormatOptions, OpenOptions, ProgressOptions {
  readonly reportDir: string;
  readonly all?: boolean;
  readonly seeds?: string;
  readonly seed?: string;
  readonly broker?: readonly string[];
}

const about = 'Provoke the mechanisms by which order is lost, and see what a run says of each.';

const examples = `
Examples:
  eventbus-bench hazards
      the mechanisms, and two controls that keep order
  eventbus-bench hazards shared-durable
      provoke one, and show what is seen of it
  eventbus-bench hazards --all --seeds 20
      provoke each 20 times: is its cause named, and no other?
  eventbus-bench hazards --all --open
      the same as a page, with the matrix of what was provoked and named
  eventbus-bench hazards --all --broker nats
      the same on a real server

Exit codes: 0 every cause was named, and no other; 1 one was not;
2 a mechanism never showed; 64 usage; 69 no broker; 130 interrupted.`;

export function createHazardsCommand(context: CliContext): Command {
  const command = new Command('hazards')
    .summary('provoke the mechanisms by which order is lost')
    .description(
      'Provoke the mechanisms by which order is lost, each by a scenario of its own, and see what a run says of it. Without an id: list them.',
    )
    .addArgument(new Argument('[hazard...]', 'one or several, by id'))
    .addOption(new Option('--all', 'Provoke all of them.').helpGroup('Run:'));
  for (const option of scenarioOptions(['broker', 'seed', 'seeds'])) command.addOption(option);
  addConnectionOptions(command);
  addReportOptions(command);
  addOpenOption(command);
  command.addOption(
    new Option('--format <format>', 'How the result is printed. (default: terminal)')
      .choices(['terminal', 'json', 'html'])
      .helpGroup('Output:'),
  );
  addOutputOptions(command);
  addDetailsOption(command);
  addProgressOptions(command);
  const usual = [
    { flags: '--all', text: 'Provoke all of them.' },
    { flags: '--broker <broker>', text: 'Where; those of each scenario by default.' },
    usualSeedsFlag,
    ...usualServerFlags,
    jsonFlag,
  ];
  return addShortHelp(command, { usual, about, examples, allExamples: examples }).action((ids: string[] | undefined) =>
    hazards(context, command, ids ?? []).then((exitCode) => void (context.exitCode = exitCode)),
  );
}

async function hazards(context: CliContext, command: Command, ids: readonly string[]): Promise<number> {
  const options: HazardsOptions = command.opts();
  if (options.all === true && ids.length > 0) {
    throw new UsageError('--all is given, and hazards by id too', 'leave one of them out');
  }
  if (options.all !== true && ids.length === 0) return list(context, options);
  const { hazardScenarioOf, hazardScenarios } = await import('../hazards/hazard-scenarios.js');
  const chosen = options.all === true ? hazardScenarios() : [...new Set(ids)].map(hazardScenarioOf);
  const [only] = chosen;
  if (chosen.length === 1 && options.seeds === undefined) return showOne(context, command, only!);
  return testAll(context, command, chosen);
}

async function list({ console }: CliContext, options: HazardsOptions): Promise<number> {
  const { listHazards } = await import('../list/hazards.js');
  const listing = listHazards();
  const format = formatOf(options);
  if (format === 'html' || options.open === true) {
    throw new UsageError('a page shows what runs came to, and nothing is to be run', 'name a hazard, or add --all');
  }
  if (format === 'json') {
    await console.out(`${JSON.stringify(listing.data, null, 2)}\n`);
    return exitCodes.ok;
  }
  const { renderListing } = await import('../list/layout.js');
  const { createTheme } = await import('../../report/terminal/theme.js');
  const theme = createTheme({ color: console.color('stdout', options.color), ascii: console.ascii });
  await console.out(renderListing(listing, { width: console.width, theme }));
  return exitCodes.ok;
}

/** Says what is provoked, and runs it as `run` would. */
async function showOne(context: CliContext, command: Command, hazard: HazardScenario): Promise<number> {
  const { console } = context;
  const options: HazardsOptions = command.opts();
  const brokers = await brokersOf(options, [hazard]);
  if (formatOf(options) === 'terminal') {
    const { wrapText } = await import('../../report/terminal/line-wrapping.js');
    const { createTheme } = await import('../../report/terminal/theme.js');
    const theme = createTheme({ color: console.color('stdout', options.color), ascii: console.ascii });
    const lines = wrapText(theme.text(hazard.mechanism), console.width, `${theme.strong(hazard.id)}  `, 2);
    await console.out(`${lines.join('\n')}\n\n`);
  }
  const flags = { ...flagsOf(options), ...(brokers !== null && { broker: [...brokers] }) };
  const name = `hazards/${hazard.id}`;
  // What the report repeats, and changes to try a remedy, is a run of the scenario.
  const args = context.args.map((word) => (word === 'hazards' ? 'run' : word === hazard.id ? name : word));
  return runFiles({ ...context, args }, command, [name], { flags });
}

async function testAll(context: CliContext, command: Command, chosen: readonly HazardScenario[]): Promise<number> {
  const { console, interrupt } = context;
  const options: HazardsOptions = command.opts();
  const brokers = await brokersOf(options, chosen);
  const connections = await readConnectionsOf(command, brokers ?? []);
  const { selfTest } = await import('../hazards/self-test.js');
  const { selfTestResult } = await import('../../gate/hazard-tally.js');
  const { createStepLine } = await import('../hazards/step-line.js');
  const steps = createStepLine({
    stream: console.stderr,
    enabled: options.progress && options.quiet !== true,
    isInteractive: console.interactive,
  });
  const found = await selfTest(chosen, {
    ...{ brokers, connections, signal: interrupt.listen(), command: context.args },
    flags: { seeds: '10', ...flagsOf(options) },
    onHazard: (place, { id }) => steps.show(`${id}, ${String(place)} of ${String(chosen.length)}`),
    onStarting: (what) => steps.show(`starting ${what}`),
  }).finally(() => steps.done());
  const matrix: HazardMatrix = { ...selfTestResult(found.hazards), leftOut: found.leftOut };
  await show(context, options, matrix);
  return exitCodeOf(matrix);
}

async function show(context: CliContext, options: HazardsOptions, matrix: HazardMatrix): Promise<void> {
  const { console } = context;
  const format = formatOf(options);
  if (format === 'json') await console.out(`${JSON.stringify(matrix, null, 2)}\n`);
  if (format === 'terminal') {
    const { renderMatrix } = await import('../hazards/matrix-text.js');
    const { createTheme } = await import('../../report/terminal/theme.js');
    const theme = createTheme({ color: console.color('stdout', options.color), ascii: console.ascii });
    await console.out(renderMatrix(matrix, { width: console.width, theme }));
  }
  if (format !== 'html' && options.open !== true) return;
  const { renderMatrixPage } = await import('../hazards/matrix-page.js');
  const html = await renderMatrixPage(matrix, context.args);
  if (format === 'html') await console.out(html);
  if (options.open !== true) return;
  const { openPage } = await import('../page/open-page.js');
  await openPage(context, { html, path: join(options.reportDir, 'hazards.html'), quiet: options.quiet === true });
}

function flagsOf({ seed, seeds }: HazardsOptions): ScenarioFlags {
  return { ...(seed !== undefined && { seed }), ...(seeds !== undefined && { seeds }) };
}

/**
 * The brokers that were asked for, without those that none of the hazards can be on; null: none were asked for.
 * @throws {UsageError} if a broker is unknown, or none is left
 */
async function brokersOf(
  { broker }: HazardsOptions,
  chosen: readonly HazardScenario[],
): Promise<readonly BrokerKind[] | null> {
  if (broker === undefined) return null;
  const { readRunInputs } = await import('../run-inputs.js');
  const { brokersFor } = await import('../hazards/hazard-scenarios.js');
  const [asked] = await readRunInputs([], { broker: [...broker] }, { name: 'hazards' });
  const written = await readRunInputs(
    chosen.map(({ path }) => path),
    {},
    { name: 'hazards' },
  );
  const brokers = asked!.scenario.brokers;
  const fitting = brokers.filter((one) =>
    written.some(({ scenario }) => brokersFor(scenario.brokers, [one]).length > 0),
  );
  if (fitting.length > 0) return fitting;
  throw new UsageError(
    `${chosen.map(({ id }) => id).join(', ')} cannot be on ${brokers.join(', ')}`,
    `leave --broker out, or name one like ${written[0]!.scenario.brokers.join(', ')}`,
  );
}

function exitCodeOf({ outcome }: SelfTestResult): number {
  switch (outcome) {
    case 'held':
      return exitCodes.ok;
    case 'failed':
      return exitCodes.breached;
    case 'undecided':
      return exitCodes.inconclusive;
  }
}
