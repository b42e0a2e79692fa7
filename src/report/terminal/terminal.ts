/**
 * What does a person see at the end of a run? What was run; one table, a row a mode; the worst aggregates; a sentence
 * or two a row saying what it means; where the report is and how to repeat the run. Readable at 80 columns and without
 * colour: no line is wider than asked for, other than a path or a word of a command that alone is longer.
 */
import { traitsOf } from '../../domain/broker/registry.js';
import type { Comparison } from '../../domain/report/comparison.js';
import type { GateSummary } from '../../domain/report/gate.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { atRiskNote, hasOthers, othersNote } from './columns.js';
import { clockNotes, renderClaims, renderComparison } from './comparison-section.js';
import { renderAllRuns } from './all-runs.js';
import { formatCount, plural } from '../../text/numbers.js';
import { renderGate } from './gate-summary.js';
import { renderMeaning } from './row-meanings.js';
import { renderRecommendation } from './recommendation.js';
import { groupRows, type RowGroup } from '../repeats/row-order.js';
import { hasMerged, mergedNote, singleRows, tableRows } from '../repeats/merged-rows.js';
import { idleMembers, renderRunEvents } from './run-events.js';
import { wrapCommand } from './command-lines.js';
import { boundNotes } from './run-worth.js';
import { renderSweeps } from './sweep-table.js';
import { renderTable } from './row-table.js';
import { renderToDecide } from './to-decide.js';
import { shortened, wrapText } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import { createTheme, type Theme } from './theme.js';
import { renderWorstAggregates } from './worst-aggregates.js';

export interface TerminalOptions {
  /** Columns; less than 80 is taken as 80. */
  readonly width: number;
  readonly color: boolean;
  /** null: no report was written. */
  readonly reportPath: string | null;
  readonly gate?: GateSummary | null;
  /** Use plain ASCII characters only. */
  readonly ascii?: boolean;
}

interface Context {
  readonly width: number;
  readonly theme: Theme;
  readonly groups: readonly RowGroup[];
  readonly label: (row: RunRow) => string;
}

const narrowest = 80;

export function renderTerminal(report: RunReport, options: TerminalOptions): string {
  const theme = createTheme({ color: options.color, ascii: options.ascii ?? false });
  const groups = groupRows(report.runs);
  const repeated = groups.some((group) => group.rows.length > 1);
  const label = (row: RunRow): string => (repeated ? row.id : row.id.replace(/#\d+$/, ''));
  const context = { width: Math.max(narrowest, options.width), theme, groups, label };
  const blocks = [
    renderHeading(report, context),
    ...renderRows(report, context),
    options.gate ? renderGate(options.gate, context) : [],
    renderFooter(report, options.reportPath, context),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function renderHeading(report: RunReport, { width, theme }: Context): string[] {
  const brokers = brokersOf(report);
  const on = brokers.length > 0 ? `on ${brokers.join(' and ')}` : '';
  const seed = report.seed === null ? '' : `seed ${report.seed}`;
  const setting = [on, seed].filter((part) => part !== '').join(', ');
  const name = `eventbus-bench ${shortened(printable(report.tool.version), 20, theme.ellipsis)}`;
  return [
    ...wrapText(theme.text(printable(setting)), width, `${theme.strong(name)} `, 2),
    ...workloadOf(report).flatMap((workload) => wrapText(theme.text(workload), width)),
  ];
}

function workloadOf({ scenario }: RunReport): string[] {
  if (scenario === null) return [];
  const { topics, aggregates, versions, skew, strategies, workers, brokers, kafka } = scenario;
  const partitions = brokers.some((broker) => traitsOf(broker).isPartitioned)
    ? ` of ${plural(kafka.partitions, 'partition')}`
    : '';
  const events = `${plural(aggregates, 'aggregate')} × ${plural(versions, 'version')}${skew === 0 ? '' : ` on average (skew ${skew})`}`;
  return [
    `${plural(topics, 'topic')}${partitions}, ${events}, ${printable(strategies.length === 1 ? strategies[0]! : plural(strategies.length, 'strategy', 'strategies'))} with ${plural(workers, 'worker')}`,
  ];
}

/** The simulator's version is the tool's own and said already. */
function brokersOf({ runs, tool }: RunReport): string[] {
  const brokers = runs.map(({ broker, client }) =>
    [
      broker.kind,
      broker.version === tool.version ? '' : (broker.version ?? ''),
      broker.url === null ? '' : `at ${broker.url}`,
      traitsOf(broker.kind).choosesClient && client.name !== 'unknown' ? `with ${client.name} ${client.version}` : '',
    ]
      .filter(Boolean)
      .join(' '),
  );
  return [...new Set(brokers)].slice(0, 4);
}

function renderRows(report: RunReport, context: Context): string[][] {
  if (report.runs.length === 0) return [['Nothing was run.']];
  if (report.sweeps.length > 0) return renderSwept(report, context);
  if (report.comparison !== null) return renderCandidates(report, report.comparison, context);
  return [
    [...renderTable(tableRows(report.runs), context), '', ...renderNotes(report, context)],
    renderAllRuns(report.runs, context),
    ...renderRunEvents(singleRows(report.runs), context),
    ...renderWorstAggregates(context.groups, context),
    renderMeaning(context.groups, context),
    renderToDecide(report, context),
  ];
}

/** What it means explains those that did not hold; of those that did, what is found and promised says it. */
function renderCandidates(report: RunReport, comparison: Comparison, context: Context): string[][] {
  const { width, theme, groups } = context;
  const options = { width, theme, clock: clockOf(report.runs) };
  const unheld = groups.filter(({ rows }) => rows.some(({ outcome }) => outcome !== 'ordered'));
  return [
    [
      ...renderComparison(comparison, options),
      ...renderRedeliveryNote(report, context),
      ...renderNotRun(report, theme),
    ],
    ...renderRunEvents(report.runs, context),
    ...(unheld.length === 0 ? [] : [renderMeaning(unheld, context)]),
    renderToDecide(report, context),
    renderClaims(comparison, options),
    renderRecommendation(comparison, options),
  ];
}

/** What fails is delivered again, and that counts unless the scenario allows it. */
function renderRedeliveryNote({ scenario }: RunReport, { width, theme }: Context): string[] {
  if (scenario === null || scenario.handlerFailShare === 0 || scenario.allow.includes('duplicate')) return [];
  const note =
    'handlings fail, and what is delivered again for that counts as a violation: --allow duplicate accepts it';
  return wrapText(note, width, '', 2).map((line) => theme.unsure(line));
}

function renderSwept(report: RunReport, context: Context): string[][] {
  const { width, theme, groups } = context;
  const options = { width, theme, clock: clockOf(report.runs) };
  const notes = [
    'regress.: a run, on average; at risk: pairs of all runs that could have gone wrong',
    ...boundNotes(report.sweeps.flatMap(({ points }) => points)),
    `running: handlers at once, on average; held: events in the bus at once.${clockNotes[options.clock]}`,
  ];
  return [
    ...renderSweeps(report.sweeps, options),
    [
      ...notes.flatMap((note) => wrapText(theme.text(note), width, '', 2)).map((line) => theme.faint(line)),
      ...renderNotRun(report, theme),
    ],
    renderMeaning(groups, context),
    renderToDecide(report, context),
    ...(report.comparison === null ? [] : [renderRecommendation(report.comparison, options)]),
  ];
}

function clockOf(runs: readonly RunRow[]): 'virtual' | 'wall' | 'both' {
  const clocks = new Set(runs.map(({ clock }) => clock));
  const [only = 'wall'] = clocks;
  return clocks.size > 1 ? 'both' : only;
}

function renderNotes(report: RunReport, { width, theme, label }: Context): string[] {
  const clock = clockNotes[clockOf(report.runs)];
  const notes = [
    atRiskNote,
    `p50, p99: from publish to handled.${clock}`,
    ...(report.runs.some(hasOthers) ? [othersNote] : []),
    ...(hasMerged(report.runs) ? [mergedNote] : []),
  ];
  const undisturbed = withoutMembersNote(report);
  const idle = singleRows(report.runs).flatMap((row) =>
    idleMembers(row).map((sentence) => `${label(row)}: ${sentence}`),
  );
  return [
    ...notes.flatMap((note) => wrapText(note, width, '', 2)).map((line) => theme.faint(line)),
    ...[...undisturbed, ...idle]
      .flatMap((note) => wrapText(printable(note), width, '', 2))
      .map((line) => theme.unsure(line)),
    ...renderNotRun(report, theme),
  ];
}

/** Most disturbances, and replicas, are for brokers whose members come and go: where not all are, that has to be said. */
function withoutMembersNote({ scenario }: RunReport): string[] {
  if (scenario === null) return [];
  const { disturb, kafka, brokers } = scenario;
  const [able, unable] = [true, false].map((is) => brokers.map(traitsOf).filter(({ rebalances }) => rebalances === is));
  const impossible = disturb.filter(({ kind }) => unable!.some(({ disturbances }) => !disturbances.includes(kind)));
  const only = [...new Set(impossible.map(({ kind }) => kind)), ...(kafka.members > 1 ? ['members'] : [])];
  if (able!.length === 0 || unable!.length === 0 || only.length === 0) return [];
  const [those, others] = [able!, unable!].map((some) => [...new Set(some.map(({ name }) => name))].join(' and '));
  return [`for ${those!} only, so that the ${others!} rows are without: ${only.join(', ')}`];
}

function renderNotRun({ scenario, runs }: RunReport, theme: Theme): string[] {
  // Repeats that went on for more pairs are known by the last of them.
  const repeats = runs.reduce((most, row) => Math.max(most, row.repeat), scenario?.repeat ?? 0);
  const planned =
    scenario === null
      ? 0
      : scenario.rows.length * Math.max(1, scenario.sweep.length) * scenario.brokers.length * repeats;
  const missing = planned - runs.length;
  if (missing <= 0) return [];
  return [
    theme.unsure(`${formatCount(missing)} of ${plural(planned, 'row')} ${missing === 1 ? 'was' : 'were'} not run.`),
  ];
}

function renderFooter(report: RunReport, reportPath: string | null, { width, theme }: Context): string[] {
  return [
    ...(reportPath === null ? [] : [`${theme.strong('Report')}  ${reportPath}`]),
    ...wrapCommand(printable(report.replay), width, `${theme.strong('Repeat')}  `),
  ];
}
