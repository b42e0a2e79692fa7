/**
 * Renders a report for a terminal: what was run, the verdict, the table, the commands that would decide inconclusive
 * rows, the gate, the path of the report and the command that repeats the run. That is one screen of 80 columns and 24
 * lines for a usual run. With `details` it also has every column and note, timelines, the worst aggregates,
 * witnesses, what each row means and what other checkers would have counted. It is readable without colour. No line is
 * wider than the terminal, except for a path or a word of a command that is longer by itself.
 */
import type { GateSummary } from '../../domain/report/gate.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { withoutCommands } from '../../text/printable.js';
import type { ComparisonView } from '../view/comparison/comparison-view.js';
import { detailsCommand } from '../view/details-command.js';
import type { HeadingView } from '../view/heading-view.js';
import type { Note } from '../view/model/note.js';
import type { Meaning } from '../view/meanings-view.js';
import { nothingRun, viewOf, type ReportView } from '../view/report-view.js';
import type { RowsView } from '../view/rows-view.js';
import type { SweepsView } from '../view/comparison/sweeps-view.js';
import { drawCandidates } from './candidate-layout.js';
import { wrapCommand } from './command-lines.js';
import { renderClaims, renderComparison, renderRecommendation } from './comparison-lines.js';
import { renderDecisive } from './decisive-lines.js';
import { renderGate } from './gate-lines.js';
import { shortened, wrapText } from './line-wrapping.js';
import { renderCautions, renderNotes } from './note-lines.js';
import { drawRows } from './row-layout.js';
import { renderTimelines, renderWorstAggregates } from './run-lines.js';
import { renderSection, widestProse } from './section-lines.js';
import { drawSeries } from './sweep-layout.js';
import { renderVerdict } from './verdict-lines.js';
import { createTheme, type Screen } from './theme.js';
import { renderWitnesses } from './witness-lines.js';

export interface TerminalOptions {
  /** Width in columns; less than 40 counts as 40. */
  readonly width: number;
  readonly color: boolean;
  /** null: no report was written. */
  readonly reportPath: string | null;
  readonly gate?: GateSummary | null;
  /** Use plain ASCII characters only. */
  readonly ascii?: boolean;
  /** Everything that the report has for a reader, not only what fits one screen. */
  readonly details?: boolean;
}

const narrowest = 40;
const widestVersion = 20;

export function renderTerminal(report: RunReport, options: TerminalOptions): string {
  const { width, color, ascii = false, reportPath, gate = null, details = false } = options;
  const screen = { width: Math.max(narrowest, width), theme: createTheme({ color, ascii }) };
  const view = viewOf({ report, gate });
  const blocks = [
    renderHeading(view.heading, screen),
    renderVerdict(view.verdict, screen),
    ...(details ? renderDetailed(view, screen) : renderBody(view, screen)),
    view.gate === null ? [] : renderGate(view.gate, screen, { details }),
    renderFooter(view, reportPath, details, screen),
  ];
  const shown = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return withoutCommands(`${shown.join('\n\n')}\n`);
}

function renderHeading(
  { tool, version, brokers, seed, workload, perturbed }: HeadingView,
  { width, theme }: Screen,
): string[] {
  const setting = [...(brokers.length > 0 ? [`on ${brokers.join(' and ')}`] : []), ...(seed === null ? [] : [seed])];
  const run = [workload, perturbed].filter((text) => text !== null);
  const name = `${tool} ${shortened(theme.text(version), widestVersion, theme.ellipsis)}`;
  return [
    ...wrapText(theme.text(setting.join(', ')), width, `${theme.strong(name)} `, 2),
    ...(run.length === 0 ? [] : wrapText(theme.text(run.join(', ')), width)),
  ];
}

/** The table, what its words mean, the cautions, and the commands that would decide. */
function renderBody(view: ReportView, screen: Screen): string[][] {
  const { grouped, comparison, sweeps, cautions } = view;
  if (grouped === null) return [[nothingRun]];
  const below = (notes: readonly Note[]): string[] => [
    ...renderNotes(notes, screen),
    ...renderCautions(cautions, screen),
  ];
  const tables = ((): string[][] => {
    if (sweeps !== null) return [...renderSeries(sweeps, screen), below(sweeps.brief)];
    if (comparison !== null)
      return [[...drawCandidates(comparison.table, screen, { details: false }), ...below(comparison.brief)]];
    return [[...drawRows(grouped.table, screen, { details: false }), ...below(grouped.notes)]];
  })();
  return [...tables, renderDecisive(view.toDecide, screen)];
}

function renderDetailed(view: ReportView, screen: Screen): string[][] {
  if (view.rows === null) return [[nothingRun]];
  if (view.sweeps !== null) return renderSwept(view, view.sweeps, screen);
  if (view.comparison !== null) return renderCompared(view, view.comparison, screen);
  return renderRows(view, view.rows, screen);
}

function renderRows(view: ReportView, { table, notes, allRuns }: RowsView, screen: Screen): string[][] {
  return [
    [
      ...drawRows(table, screen, { details: true }),
      '',
      ...renderNotes(notes, screen),
      ...renderCautions(view.cautions, screen),
    ],
    allRuns === null ? [] : renderSection(allRuns, { ...screen, widestName: 30 }),
    ...renderTimelines(view.timelines, screen),
    ...renderWorstAggregates(view.worstAggregates, screen),
    ...renderWitnesses(view.witnesses, screen),
    renderMeanings(view, view.meanings.findings, screen),
    view.otherCheckers === null ? [] : renderSection(view.otherCheckers, { ...screen, widestName: 20 }),
    renderDecisive(view.toDecide, screen),
  ];
}

function renderCompared(view: ReportView, comparison: ComparisonView, screen: Screen): string[][] {
  const notInClaims = view.meanings.findings.filter(({ isInClaims }) => !isInClaims);
  return [
    [...renderComparison(comparison, screen), ...renderCautions(view.cautions, screen)],
    ...renderTimelines(view.timelines, screen),
    notInClaims.length === 0 ? [] : renderMeanings(view, notInClaims, screen),
    renderDecisive(view.toDecide, screen),
    renderClaims(comparison, screen),
    renderRecommendation(comparison.recommendation, screen),
  ];
}

function renderSwept(view: ReportView, sweeps: SweepsView, screen: Screen): string[][] {
  return [
    ...renderSeries(sweeps, screen),
    [...renderNotes(sweeps.notes, screen), ...renderCautions(view.cautions, screen)],
    renderMeanings(view, view.meanings.findings, screen),
    renderDecisive(view.toDecide, screen),
    ...(view.comparison === null ? [] : [renderRecommendation(view.comparison.recommendation, screen)]),
  ];
}

function renderSeries({ series }: SweepsView, screen: Screen): string[][] {
  const { theme } = screen;
  return series.map((one) => [
    `${theme.strong(theme.text(one.name))} by ${theme.text(one.field)}`,
    ...drawSeries(one, screen),
  ]);
}

function renderMeanings({ meanings }: ReportView, findings: readonly Meaning[], { width, theme }: Screen): string[] {
  return renderSection(
    { title: meanings.title, findings },
    { theme, width: Math.min(width, widestProse), widestName: 20 },
  );
}

/** Where the report is, or how to see all of it, and how the run is repeated. */
function renderFooter(
  { repeat, rows }: ReportView,
  reportPath: string | null,
  details: boolean,
  { width, theme }: Screen,
): string[] {
  const line = (title: string, command: string): string[] =>
    wrapCommand(theme.text(command), width, `${theme.strong(title.padEnd(7))}  `);
  const hasMore = !details && rows !== null && reportPath !== null;
  return [
    ...(hasMore ? line('Details', detailsCommand(reportPath)) : []),
    ...(!hasMore && reportPath !== null ? [`${theme.strong('Report')}   ${reportPath}`] : []),
    ...line('Repeat', repeat),
  ];
}
