/**
 * The command `gate`: applies thresholds, and an older report as a baseline, to a stored report. Nothing is run, so
 * gates can be changed without running again, and a run can be judged on another machine than the one that made it.
 */
import { Command, Option } from 'commander';
import { exitCodes, UsageError } from '../../domain/errors.js';
import { fields } from '../../domain/scenario/fields/fields.js';
import type { ScenarioFlags } from '../../scenario/flags.js';
import type { CliContext } from '../context.js';
import { addOutputOptions, type OutputOptions } from '../options/output-options.js';

interface GateOptions extends OutputOptions {
  readonly maxViolations?: string;
  readonly failOn?: readonly string[];
  readonly gateMode?: readonly string[];
  readonly baseline?: string;
  readonly threshold?: string;
}

const heading = 'Gates:';
const usualThreshold = '10%';

const examples = `
Examples:
  eventbus-bench gate reports/latest.json
      the gates of the report's own scenario once more
  eventbus-bench gate reports/latest.json --max-violations 0 --gate-mode single
      no violation in the rows of mode single; other rows may have any
  eventbus-bench gate reports/latest.json --fail-on 'lost>0,duplicates.total>10'
      expressions over the fields of a row
  eventbus-bench gate reports/latest.json --baseline main.json --threshold 20%
      nothing worse than in an older report, and nothing 20 % slower for sure
  eventbus-bench run --json --quiet | eventbus-bench gate - --max-violations 0
      from standard input

A gate given here stands for those of the report; --baseline alone adds to them.

Exit codes: 0 held; 1 breached; 2 undecided: a row was inconclusive or not run,
or a baseline could not be compared; 64 no report, no gate, or wrong usage.`;

export function createGateCommand(context: CliContext): Command {
  const command = new Command('gate')
    .summary('apply thresholds or a baseline to a report')
    .description(
      'Decide on a report that run has written: by thresholds, and by comparison with an older report. Runs nothing.',
    )
    .argument('<report>', 'report file, or - for standard input')
    .addOption(new Option('--max-violations <n>', fields.maxViolations.about).helpGroup(heading))
    .addOption(listOption('--fail-on <expression>', fields.failOn.about))
    .addOption(
      new Option(
        '--baseline <report>',
        'Gate: an older report of the same workload; counts that are worse, and rows that are slower for sure, are a breach.',
      ).helpGroup(heading),
    )
    .addOption(
      new Option(
        '--threshold <share>',
        `By how much a row may be slower than in the baseline, or none to leave speed out. (default: ${usualThreshold})`,
      ).helpGroup(heading),
    )
    .addOption(listOption('--gate-mode <rows>', fields.gateMode.about));
  addOutputOptions(command);
  return command
    .addHelpText('after', examples)
    .action((path: string) =>
      gate(context, command.opts(), path).then((exitCode) => void (context.exitCode = exitCode)),
    );
}

function listOption(flags: string, sentence: string): Option {
  return new Option(flags, `${sentence} Separated by commas, or given several times.`)
    .helpGroup(heading)
    .argParser((text: string, earlier: string[] | undefined) => [...(earlier ?? []), text]);
}

async function gate(context: CliContext, options: GateOptions, path: string): Promise<number> {
  const { console } = context;
  const threshold = await thresholdOf(options);
  const { limits, gateRows } = await gatesOf(options);
  if (path === '-' && options.baseline === '-') {
    throw new UsageError('report and baseline cannot both be read from standard input', 'name a file for one of them');
  }
  const { nameOfInput, readReportText } = await import('../stored-reports.js');
  const { parseReports } = await import('../../report/contract/parse-report.js');
  const { parseBaseline } = await import('../../report/contract/parse-baseline.js');
  const { gateStoredReport } = await import('../../gate/stored-gates.js');
  const from = nameOfInput(path);
  const { reports } = parseReports(await readReportText(path, process.stdin), from);
  if (reports.length > 1) {
    throw new UsageError(
      `${from} holds ${String(reports.length)} reports, and gate takes one`,
      'gate each of the files that run wrote to its report folder',
    );
  }
  const report = reports[0]!;
  const { baseline: old } = options;
  const baseline = old === undefined ? null : parseBaseline(await readReportText(old, process.stdin), nameOfInput(old));
  const result = gateStoredReport(report, { limits, gateRows, baseline, threshold, from });
  const outcome = result.breaches.length > 0 ? 'breached' : result.inconclusive.length > 0 ? 'inconclusive' : 'held';
  if (options.json === true) {
    const { breaches, inconclusive, evidence, notes } = result;
    await console.out(`${JSON.stringify({ outcome, breaches, inconclusive, evidence, notes }, null, 2)}\n`);
  } else {
    const { summariseGates } = await import('../../gate/gate.js');
    const { gateView } = await import('../../report/view/gate-view.js');
    const { renderGate } = await import('../../report/terminal/gate-lines.js');
    const { createTheme } = await import('../../report/terminal/theme.js');
    const theme = createTheme({ color: console.color('stdout', options.color), ascii: console.ascii });
    const lines = renderGate(gateView(summariseGates(result)!), { width: console.width, theme }, { details: true });
    await console.out(`${lines.join('\n')}\n`);
    for (const note of result.notes) await console.err(`note: ${note}`);
  }
  return { held: exitCodes.ok, breached: exitCodes.breached, inconclusive: exitCodes.inconclusive }[outcome];
}

/** The gates that the flags give. The flags have the same meaning and validation as in `run`. */
async function gatesOf({ maxViolations, failOn, gateMode }: GateOptions) {
  const { parseFlags } = await import('../../scenario/flags.js');
  const { strategyIds } = await import('../../run/strategy-list.js');
  const flags: ScenarioFlags = {
    ...(maxViolations === undefined ? {} : { maxViolations }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(gateMode === undefined ? {} : { gateMode }),
  };
  const parsed = parseFlags(flags, strategyIds, { name: 'gate' });
  const given = maxViolations !== undefined || failOn !== undefined;
  return {
    limits: given ? { maxViolations: parsed.maxViolations ?? null, failOn: parsed.failOn ?? [] } : null,
    gateRows: parsed.gateMode ?? null,
  };
}

/** @returns the share by which a row may be slower, more than 0 and less than 1; null: speed is not compared */
async function thresholdOf({ threshold, baseline }: GateOptions): Promise<number | null> {
  if (threshold !== undefined && baseline === undefined) {
    throw new UsageError('--threshold is given, but there is no baseline to be slower than', 'give --baseline too');
  }
  if (threshold === 'none') return null;
  const { parseShare } = await import('../../scenario/notation/share.js');
  const text = threshold ?? usualThreshold;
  const share = parseShare(/^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : text);
  if (share !== null && share > 0 && share < 1) return share;
  throw new UsageError(
    `--threshold is ${text}; allowed: a share more than 0% and less than 100%, such as 10% or 0.1, or none`,
    `the default is --threshold ${usualThreshold}; see eventbus-bench gate --help`,
  );
}
