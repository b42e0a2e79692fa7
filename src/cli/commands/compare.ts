/**
 * The command `compare`: runs strategies in their modes, with interleaved repeats, and shows what each costs relative
 * to the baseline, and which to take.
 */
import { Command, Option } from 'commander';
import { UsageError } from '../../domain/errors.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import type { ScenarioFlags } from '../../scenario/flags.js';
import type { ScenarioDefaults } from '../../scenario/resolve.js';
import type { CliContext } from '../context.js';
import { addRunOptions } from '../options/run-options.js';
import { addScenarioOptions, scenarioFlags } from '../options/scenario-options.js';
import { parseShare } from '../../scenario/notation/share.js';
import { usualOutputFlags, usualScenarioFlags } from '../options/usual-flags.js';
import { addShortHelp } from '../short-help.js';
import type { UsualFlag } from '../short-help.js';
import { runFiles, scenarioArgument } from './run.js';

/** Share of handlings that fail in the probe unless another one is given. */
const usualProbe = '1%';

/**
 * The default rows: the bus of the incident, the fixes that were proposed for it, strategies that also keep order
 * through redelivery, and one that repairs behind the fault.
 */
const incident = [
  'multi/shared+keyed-pool',
  'single+keyed-pool',
  'multi/per-topic+pool-per-topic',
  'multi/shared+aggregate-queue',
  'multi/per-topic+aggregate-queue',
  'single+retry-in-place',
  'single+version-gate',
  'multi/shared+version-gate',
];

/**
 * The defaults that differ from `run`: fewer workers than aggregates, and handlers that take 0 to 5 ms. So aggregates
 * wait for workers, and it shows how each strategy distributes them. With the 256 workers of `run` no aggregate ever
 * waits for another, and the strategies come out alike.
 */
const defaults = {
  name: 'compare',
  repeat: 5,
  warmUp: 1,
  workers: 32,
  handlerTime: '0-5ms',
  strategy: incident,
} as const satisfies ScenarioDefaults;

const heading = 'What is compared:';

const about = 'Run fix strategies side by side on one workload: which held order, what each costs, and which to take.';

const examples = `
Examples:
  eventbus-bench compare
      the incident's bus, the fixes proposed for it, and some that survive more
  eventbus-bench compare --strategies keyed-pool,serial,actor --modes single
      some strategies in some modes
  eventbus-bench compare --broker nats --repeat 3
      the same as the first on a real server`;

const allExamples = `
Examples:
  eventbus-bench compare
      the incident's bus, the fixes proposed for it, and some that survive more
  eventbus-bench compare --broker nats --repeat 3
      the same on a real server
  eventbus-bench compare --strategies keyed-pool,serial,actor --modes single
      some strategies in some modes
  eventbus-bench compare --strategies multi/shared+keyed-pool,single+serial
      rows by name
  eventbus-bench compare incident-fixes
      a scenario that comes with it
  eventbus-bench compare --handler-fail 2% --format markdown
      with failing handlers in every run, as a table for a pull request

Exit codes: those of run. A row that its broker or mode cannot do says so, and
the others go on.`;

export function createCompareCommand(context: CliContext): Command {
  const command = new Command('compare')
    .summary('compare fix strategies, with their costs and a recommendation')
    .description(
      'Run fix strategies side by side on the same workload and seeds, repeats taking turns: which held order, also where a few handlers fail, what each costs by the baseline, and which to take.',
    )
    .argument('[scenario...]', scenarioArgument)
    .addOption(new Option('--strategies <list>', 'The same as --strategy.').helpGroup(heading))
    .addOption(new Option('--modes <list>', 'The same as --mode.').helpGroup(heading))
    .addOption(
      new Option(
        '--baseline <row>',
        'Row that the others are measured by, such as multi/shared+keyed-pool. (default: the first)',
      ).helpGroup(heading),
    )
    .addOption(
      new Option(
        '--probe-fail <share>',
        'Share of handlings that fail in one further, short run of every row, which shows what holds order then; none: no such run. Left out of a sweep, and where handlers fail anyway.',
      )
        .default(usualProbe, usualProbe)
        .helpGroup(heading),
    );
  addScenarioOptions(command, { ...defaults, strategy: "the incident's bus and its fixes" });
  addRunOptions(command);
  return addShortHelp(command, { usual: usualFlags(), about, examples, allExamples }).action((files: string[]) =>
    compare(context, command, files).then((exitCode) => void (context.exitCode = exitCode)),
  );
}

/** As those of run, but for what is compared, and how often. */
function usualFlags(): readonly UsualFlag[] {
  const withOwn = usualScenarioFlags(defaults).filter(({ flags }) => !/^--(?:mode|strategy|disturb) /.test(flags));
  return [
    { flags: '--strategies <list>', text: 'Strategies, or rows by name. (default: eight rows)' },
    { flags: '--modes <list>', text: "all, multi, single or a row's name. (default: mixed)" },
    { flags: '--baseline <row>', text: 'Row to measure the others by. (default: the first)' },
    { flags: '--repeat <n>', text: `Times that every row is run. (default: ${String(defaults.repeat)})` },
    ...withOwn,
    ...usualOutputFlags,
  ];
}

async function compare(context: CliContext, command: Command, files: readonly string[]): Promise<number> {
  const options: { baseline?: string; probeFail: string; strategies?: string; modes?: string } = command.opts();
  const given = scenarioFlags(command.opts());
  const flags: ScenarioFlags = {
    ...given,
    ...(options.strategies !== undefined && { strategy: [...[given.strategy ?? []].flat(), options.strategies] }),
    ...(options.modes !== undefined && { mode: [...[given.mode ?? []].flat(), options.modes] }),
  };
  const compared = { baseline: options.baseline ?? null, probeShare: probeShareOf(options.probeFail) };
  const { probeScenario, withComparison } = await import('../../run/compare-report.js');
  return runFiles(context, command, files, {
    flags,
    defaults: defaultsFor(flags),
    checkRows: (rows) => checkBaseline(options.baseline, rows),
    baseline: options.baseline ?? null,
    probeOf: (scenario) => probeScenario(scenario, compared),
    complete: (report: RunReport, probed: readonly RunRow[]) => withComparison(report, compared, probed),
  });
}

/**
 * If modes are named, every default strategy is run in each of them; otherwise the default rows have their own modes.
 */
function defaultsFor(flags: ScenarioFlags): ScenarioDefaults {
  if (flags.mode === undefined && flags.durable === undefined) return defaults;
  const strategies = new Set(incident.map((row) => row.slice(row.indexOf('+') + 1)));
  return { ...defaults, strategy: [...strategies] };
}

/** @returns 0 for none. @throws {UsageError} if it is no share */
function probeShareOf(text: string): number {
  if (text === 'none') return 0;
  const share = parseShare(/^[\d.]+$/.test(text) ? Number(text) : text);
  if (share === null) throw new UsageError(`--probe-fail is ${text}, which is no share`, 'give 0.01, 1% or none');
  return share;
}

/** @throws {UsageError} if the baseline is not one of the rows */
function checkBaseline(baseline: string | undefined, rows: readonly string[]): void {
  if (baseline === undefined || rows.includes(baseline)) return;
  throw new UsageError(`--baseline is ${baseline}, which is not compared`, `rows compared are ${rows.join(', ')}`);
}
