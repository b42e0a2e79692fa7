/**
 * Makes the view of a report: everything that a reader is shown, as plain data. It has no colours, widths or line
 * breaks, and its text is not escaped. The renderers (terminal, Markdown) choose which parts to show, where, and how
 * they look.
 *
 * The view consists of tables, findings (a name and a text about it) under a title, notes and commands. A part is null
 * or empty if the report has nothing for it.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { singleRows } from '../repeats/merged-rows.js';
import { groupRows } from '../repeats/row-order.js';
import { cautionsView } from './cautions-view.js';
import { decisiveCommands, type CommandsView } from './commands-view.js';
import { comparisonView, type ComparisonView } from './comparison/comparison-view.js';
import type { Section } from './model/finding.js';
import { gateView, type GateView } from './gate-view.js';
import { groupedRowsView, type GroupedRowsView } from './grouped-rows-view.js';
import { headingView, type HeadingView } from './heading-view.js';
import { meaningsView, type MeaningsView } from './meanings-view.js';
import { clockOf, type Note } from './model/note.js';
import { otherCheckersView } from './other-checkers-view.js';
import { perturbedNotes } from './perturbed-view.js';
import { rowNaming } from './row-naming.js';
import { rowsView, type RowsView } from './rows-view.js';
import { sweepsView, type SweepsView } from './comparison/sweeps-view.js';
import { timelinesView } from './timeline-view.js';
import { verdictView, type VerdictView } from './verdict-view.js';
import { witnessesView, type WitnessView } from './witnesses-view.js';
import { worstAggregatesView } from './worst-aggregates-view.js';

export interface ReportView {
  readonly heading: HeadingView;
  readonly verdict: VerdictView;
  /** null: no gate was given. */
  readonly gate: GateView | null;
  /** A line for each row, or for a few repeats of it; null: nothing was run. */
  readonly rows: RowsView | null;
  /** A line for all repeats of a row; null: nothing was run. */
  readonly grouped: GroupedRowsView | null;
  /** null: nothing was compared. */
  readonly comparison: ComparisonView | null;
  /** null: nothing was swept over. */
  readonly sweeps: SweepsView | null;
  readonly cautions: readonly string[];
  /** In a comparison those of every run; otherwise, of many repeats of a row, only that of the worst. */
  readonly timelines: readonly Section[];
  readonly worstAggregates: readonly Section[];
  /** One for each cause of a row, unless the report is older than witnesses. */
  readonly witnesses: readonly WitnessView[];
  readonly meanings: MeaningsView;
  /** null: no hand-written checker would have counted more than came late. */
  readonly otherCheckers: Section | null;
  readonly toDecide: CommandsView;
  /** The command that repeats the run. */
  readonly repeat: string;
}

export const nothingRun = 'Nothing was run.';

export function viewOf({ report, gate }: JudgedReport): ReportView {
  const { runs, comparison, sweeps, replay } = report;
  const groups = groupRows(runs);
  const naming = rowNaming(groups);
  const clock = clockOf(runs);
  const perturbed = perturbedNotes(report);
  return {
    heading: headingView(report),
    verdict: verdictView(report),
    gate: gate === null ? null : gateView(gate),
    rows: runs.length === 0 ? null : withNotes(rowsView(report, naming), perturbed),
    grouped: runs.length === 0 ? null : withNotes(groupedRowsView(runs), perturbed),
    comparison: comparison === null ? null : withBrief(comparisonView(comparison, clock), perturbed),
    sweeps: sweeps.length === 0 ? null : withBrief(sweepsView(sweeps, clock), perturbed),
    cautions: cautionsView(report, naming),
    timelines: timelinesView(comparison === null ? singleRows(runs) : runs, naming),
    worstAggregates: worstAggregatesView(groups, naming),
    witnesses: witnessesView(groups, naming),
    meanings: meaningsView(groups, { isCompared: comparison !== null }),
    otherCheckers: otherCheckersView(groups, naming),
    toDecide: decisiveCommands(report, groups, naming),
    repeat: replay,
  };
}

function withNotes<View extends { readonly notes: readonly Note[] }>(view: View, more: readonly Note[]): View {
  return { ...view, notes: [...view.notes, ...more] };
}

/** Likewise, for a view that has notes for a short screen too. */
function withBrief<View extends Pick<SweepsView, 'notes' | 'brief'>>(view: View, more: readonly Note[]): View {
  return { ...withNotes(view, more), brief: [...view.brief, ...more] };
}
