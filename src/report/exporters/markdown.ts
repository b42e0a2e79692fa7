/**
 * What does a person read in a job summary or a pull request? GitHub's Markdown: the gate first, then a table with a
 * line a row, what each means, and the command that repeats the run. Names and messages come from elsewhere and are
 * escaped, so that none is markup, mentions somebody or breaks the table.
 */
import { markdownTable } from 'markdown-table';
import type { Candidate, Comparison } from '../../domain/report/comparison.js';
import type { GateSummary, JudgedReport } from '../../domain/report/gate.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import type { SweepFigures, SweepSeries } from '../../domain/scenario/sweep.js';
import { allRunsText } from '../terminal/all-runs.js';
import { claimsOf } from '../words/candidate-text.js';
import { speedText } from '../terminal/comparison-table.js';
import { atRiskNote, hasOthers, othersNote, othersOf } from '../terminal/columns.js';
import { formatCount, formatMs, formatRate } from '../../text/numbers.js';
import { meaningsOf } from '../terminal/row-meanings.js';
import { hasMerged, mergedNote, tableRows } from '../repeats/merged-rows.js';
import { groupRepeats, groupRows } from '../repeats/row-order.js';
import { printable } from '../../text/printable.js';
import { commandsToDecide } from '../terminal/to-decide.js';

export function renderMarkdown(reports: readonly JudgedReport[]): string {
  return reports.map(({ report, gate }) => `${blocksOf(report, gate).join('\n\n')}\n`).join('\n');
}

function blocksOf(report: RunReport, gate: GateSummary | null): string[] {
  const seed = report.seed === null ? '' : `, seed ${report.seed}`;
  return [
    `## eventbus-bench ${escaped(report.scenario?.name ?? 'trace')}${seed}`,
    ...gateOf(gate),
    ...(report.runs.length === 0 ? ['Nothing was run.'] : rowsOf(report)),
    ...commandsToDecide(report).map(({ command }) => `What would decide:\n\n${codeBlock(command)}`),
    `Repeat:\n\n${codeBlock(report.replay)}`,
  ];
}

function gateOf(gate: GateSummary | null): string[] {
  if (gate === null) return [];
  const sign = { held: '✓', breached: '✗', inconclusive: '?' }[gate.outcome];
  const findings = gate.findings.map(({ text }) => `- ${escaped(text)}`);
  return [`**Gate: ${sign} ${gate.outcome}**`, ...(findings.length === 0 ? [] : [findings.join('\n')])];
}

function rowsOf(report: RunReport): string[] {
  const groups = groupRows(report.runs);
  const rows = groups.flatMap((group) => group.rows);
  const { comparison, sweeps } = report;
  // Of candidates that held, what each found and promises says it.
  const explained = comparison === null ? groups : groups.filter((group) => group.rows.some(hasNotHeld));
  const meanings = meaningsOf(explained);
  return [
    ...(comparison === null ? [] : comparisonOf(comparison)),
    ...sweeps.flatMap(sweepOf),
    ...(comparison === null && sweeps.length === 0 ? [tableOf(tableRows(rows)), ...allRunsOf(rows)] : []),
    ...(comparison === null ? [notesOf(rows)] : []),
    ...(meanings.length === 0
      ? []
      : [
          '### What it means',
          meanings.map(({ label, row, text }) => `- ${signOf(row)} **${escaped(label)}**: ${escaped(text)}`).join('\n'),
        ]),
  ];
}

function allRunsOf(rows: readonly RunRow[]): string[] {
  const groups = groupRepeats(rows).filter((group) => group.rows.length > 1);
  const lines = groups.map((group) => `- **${escaped(group.label)}**: ${escaped(allRunsText(group))}`);
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function hasNotHeld({ outcome }: RunRow): boolean {
  return outcome !== 'ordered';
}

function notesOf(rows: readonly RunRow[]): string {
  return [
    `${atRiskNote.replace('at risk', 'At risk')}. p50, p99: from publish to handled.`,
    ...(rows.some(({ clock }) => clock === 'virtual') ? ['Times of simulator rows are virtual.'] : []),
    ...(rows.some(hasOthers) ? [`Others: ${othersNote.replace('others: ', '')}.`] : []),
    ...(hasMerged(rows) ? [`${escaped(mergedNote)}.`] : []),
  ].join(' ');
}

function comparisonOf({ baseline, candidates, recommendation }: Comparison): string[] {
  const table = columnTable<Candidate>(candidates, [
    ['strategy', 'l', ({ name, isParetoOptimal, repairs }) => `${escaped(name)}${marksOf(isParetoOptimal, repairs)}`],
    [
      'outcome',
      'l',
      ({ outcome, runs, runsOrdered }) => `${signs[outcome]} ${outcome} (${runsOrdered} of ${runs} ordered)`,
    ],
    ['regressions', 'r', ({ regressions }) => formatCount(regressions)],
    ['at risk', 'r', ({ atRiskPairs }) => formatCount(atRiskPairs)],
    ['duplicates', 'r', ({ duplicates }) => formatCount(duplicates)],
    ['lost', 'r', ({ lost }) => formatCount(lost)],
    ...(candidates.some((one) => one.others > 0) ? [othersColumn] : []),
    ['handled/s', 'r', ({ handledPerSecond }) => formatRate(handledPerSecond)],
    ['by baseline', 'r', ({ name, relativeSpeed }) => (name === baseline ? 'baseline' : speedText(relativeSpeed))],
    ['p50 ms', 'r', ({ p50Ms }) => escaped(formatMs(p50Ms))],
    ['p99 ms', 'r', ({ p99Ms }) => escaped(formatMs(p99Ms))],
    ['running', 'r', ({ handlersMean }) => formatRate(handlersMean)],
    ['held', 'r', ({ heldMax }) => formatCount(heldMax)],
  ]);
  const claims = candidates.map((one) => `- ${signs[one.outcome]} **${escaped(one.name)}**: ${escaped(claimsOf(one))}`);
  return [
    ...adviceOf(recommendation),
    table,
    comparisonNotes,
    '### What each found, promises and costs',
    claims.join('\n'),
  ];
}

const comparisonNotes = [
  'At risk: pairs of one aggregate that the bus held at once, or held back for each other; only those can go wrong.',
  '★: held order, and no other that did beats it in handled/s, p99 and events held together.',
  '†: repairs behind a fault, which stays: defence in depth, not a fix.',
].join(' ');

function marksOf(isParetoOptimal: boolean, repairs: Candidate['repairs']): string {
  return `${isParetoOptimal ? ' ★' : ''}${repairs === 'behind a fault' ? ' †' : ''}`;
}

function adviceOf({ text, headline, parts }: Comparison['recommendation']): string[] {
  if (parts.length === 0) return [`**${escaped(text)}**`];
  return [`**${escaped(headline)}**`, parts.map((part) => `- ${escaped(part.text)}`).join('\n')];
}

const othersColumn: Column<Candidate> = ['others', 'r', (one) => formatCount(one.others)];

function sweepOf({ field, name, points }: SweepSeries): string[] {
  const table = columnTable<SweepFigures>(points, [
    [escaped(field), 'r', ({ value }) => escaped(value)],
    ['outcome', 'l', ({ outcome }) => `${signs[outcome]} ${outcome}`],
    ['regressions a run', 'r', ({ regressionsPerRun }) => formatRate(regressionsPerRun?.value ?? null)],
    ['at risk', 'r', ({ atRiskPairs }) => formatCount(atRiskPairs)],
    ['handled/s', 'r', ({ handledPerSecond }) => formatRate(handledPerSecond)],
    ['p50 ms', 'r', ({ p50Ms }) => escaped(formatMs(p50Ms))],
    ['p99 ms', 'r', ({ p99Ms }) => escaped(formatMs(p99Ms))],
    ['running', 'r', ({ handlersMean }) => formatRate(handlersMean)],
    ['held', 'r', ({ heldMax }) => formatCount(heldMax)],
  ]);
  return [`### ${escaped(name)} by ${escaped(field)}`, table];
}

type Column<Row> = readonly [head: string, align: 'l' | 'r', cell: (row: Row) => string];

const others: Column<RunRow> = ['others', 'r', (row) => formatCount(othersOf(row))];

function tableOf(rows: readonly RunRow[]): string {
  return columnTable<RunRow>(rows, [
    ['mode', 'l', (row) => escaped(row.id)],
    ['outcome', 'l', (row) => `${signOf(row)} ${row.outcome}`],
    ['published', 'r', ({ counts }) => formatCount(counts.published)],
    ['handled', 'r', ({ counts }) => formatCount(counts.handled)],
    ['regressions', 'r', ({ counts }) => formatCount(counts.regressions)],
    ['at risk', 'r', ({ exposure }) => formatCount(exposure.atRiskPairs)],
    ['duplicates', 'r', ({ counts }) => formatCount(counts.duplicates.total)],
    ['lost', 'r', ({ counts }) => formatCount(counts.lost)],
    ...(rows.some(hasOthers) ? [others] : []),
    ['misroutes', 'r', ({ counts }) => formatCount(counts.misroutes)],
    ['handled/s', 'r', ({ throughput }) => formatRate(throughput.handledPerSecond)],
    ['p50 ms', 'r', ({ latencyMs }) => escaped(formatMs(latencyMs.endToEnd.p50))],
    ['p99 ms', 'r', ({ latencyMs }) => escaped(formatMs(latencyMs.endToEnd.p99))],
  ]);
}

function columnTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  return markdownTable([columns.map(([head]) => head), ...rows.map((row) => columns.map(([, , cell]) => cell(row)))], {
    align: columns.map(([, align]) => align),
  });
}

const signs = { ordered: '✓', violated: '✗', inconclusive: '?' } as const;

function signOf({ outcome }: RunRow): string {
  return signs[outcome];
}

/** On one line, with every character that GitHub's Markdown or HTML would act on taken literally. */
function escaped(text: string): string {
  const line = text.split(/\r?\n/).map(printable).join(' ');
  return line.replace(/[\\`*_{}[\]<>|~&@#$]/g, '\\$&').replace(/:\/\//g, ':\\//');
}

/** Fenced by more backticks than the text has in a row. */
function codeBlock(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}sh\n${printable(text)}\n${fence}`;
}
