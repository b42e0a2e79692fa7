/** Makes the page's data of a report: the view of it in words, and a bounded part of what pictures are drawn from. */
import type { JudgedReport } from '../../domain/report/gate.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { worstRowOf } from '../repeats/merged-rows.js';
import { groupRepeats } from '../repeats/row-order.js';
import { viewOf, type ReportView } from '../view/report-view.js';
import type { Cell, Table } from '../view/model/table.js';
import { clockOf, type Note } from '../view/model/note.js';
import { machineOf } from './machine.js';
import { pageComparisonOf } from './page-comparison.js';
import type { PageCell, PageData, PageTable } from './page-data.js';
import { pageRunOf } from './page-run.js';
import { pageSweepsOf } from './page-sweeps.js';

/** Rows of which pictures are drawn, at most. */
const runsMax = 20;
/** Aggregates that are told over all rows together, about. */
const aggregatesMax = 20;

export function pageOf(judged: JudgedReport): PageData {
  const { report } = judged;
  const view = viewOf(judged);
  const { heading, verdict } = view;
  const clock = clockOf(report.runs);
  const groups = groupRepeats(report.runs);
  const drawn = [...groups].sort((a, b) => rankOf(worstRowOf(a)) - rankOf(worstRowOf(b))).slice(0, runsMax);
  const aggregatesEach = Math.max(2, Math.floor(aggregatesMax / Math.max(1, drawn.length)));
  return {
    title: `${heading.tool}: ${heading.scenario}`,
    version: heading.version,
    scenario: heading.scenario,
    facts: [...heading.brokers, heading.seed, heading.perturbed].filter((fact) => fact !== null),
    workload: heading.workload,
    advice: verdict.advice,
    findings: verdict.findings.map(({ status, text, because }) => ({ outcome: status.outcome, text, because })),
    tables: tablesOf(view),
    comparison: report.comparison === null ? null : pageComparisonOf(report.comparison, clock),
    sweeps: pageSweepsOf(report.sweeps, clock),
    confusion: null,
    runs: drawn.map((group) => pageRunOf(group, aggregatesEach)),
    runsLeftOut: groups.length - drawn.length,
    replay: report.replay,
    environment: environmentOf(report),
    resolved: report.scenario === null ? null : JSON.stringify(report.scenario, null, 2),
  };
}

/** Rows that lost order first, then those that are undecided. */
function rankOf({ outcome }: RunRow): number {
  return { violated: 0, inconclusive: 1, ordered: 2 }[outcome];
}

function tablesOf({ rows, comparison, sweeps }: ReportView): PageTable[] {
  if (comparison !== null) return [plain('Candidates', comparison.table, comparison.notes)];
  if (sweeps !== null) {
    const last = sweeps.series.length - 1;
    return sweeps.series.map(({ name, field, table }, index) =>
      plain(`${name} by ${field}`, table, index === last ? sweeps.notes : []),
    );
  }
  return rows === null ? [] : [plain('Rows', rows.table, rows.notes)];
}

/** Without columns that are details of others, for which a page of ordinary width has no room. */
function plain<Id extends string>(
  caption: string,
  { columns: all, rows }: Table<Id>,
  notes: readonly Note[],
): PageTable {
  const columns = all.filter(({ detailOf }) => detailOf === undefined);
  return {
    caption,
    columns: columns.map(({ title, over, align }) => ({
      title: over === undefined ? title : `${over} ${title}`,
      align,
    })),
    rows: rows.map((row) => columns.map(({ id }, at) => (at === 0 ? nameOf(row[id]) : cellOf(row[id])))),
    notes: notes.map(({ text }) => text),
  };
}

/** Names are short where they say the same. */
function nameOf(cell: Cell): PageCell {
  return cellOf({ ...cell, text: cell.short ?? cell.text });
}

function cellOf({ text, status, tone, marks }: Cell): PageCell {
  return {
    text,
    ...(status !== undefined && { outcome: status.outcome }),
    ...(tone !== undefined && { tone }),
    ...(marks !== undefined && { marks }),
  };
}

function environmentOf({ environment, tool, startedAt, seed }: RunReport): [string, string][] {
  return [
    ...machineOf(tool, environment),
    ['started', startedAt],
    ['seed', seed === null ? 'not known' : String(seed)],
  ];
}
