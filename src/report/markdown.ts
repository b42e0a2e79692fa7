/**
 * What does a person read in a job summary or a pull request? GitHub's Markdown: the gate first, then a table with a
 * line a row, what each means, and the command that repeats the run. Names and messages come from elsewhere and are
 * escaped, so that none is markup, mentions somebody or breaks the table.
 */
import { markdownTable } from 'markdown-table';
import type { GateSummary, JudgedReport } from '../domain/gate.js';
import type { RunReport, RunRow } from '../domain/run-report.js';
import { hasOthers, othersNote, othersOf } from './columns.js';
import { formatCount, formatMs, formatRate } from './format.js';
import { meaningsOf } from './meaning.js';
import { groupRows } from './rows.js';
import { printable } from './text.js';

export function renderMarkdown(reports: readonly JudgedReport[]): string {
  return reports.map(({ report, gate }) => `${blocksOf(report, gate).join('\n\n')}\n`).join('\n');
}

function blocksOf(report: RunReport, gate: GateSummary | null): string[] {
  const seed = report.seed === null ? '' : `, seed ${report.seed}`;
  return [
    `## eventbus-bench ${escaped(report.scenario?.name ?? 'trace')}${seed}`,
    ...gateOf(gate),
    ...(report.runs.length === 0 ? ['Nothing was run.'] : rowsOf(report)),
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
  const meanings = meaningsOf(groups);
  return [
    tableOf(rows),
    notesOf(rows),
    '### What it means',
    meanings.map(({ label, row, text }) => `- ${signOf(row)} **${escaped(label)}**: ${escaped(text)}`).join('\n'),
  ];
}

function notesOf(rows: readonly RunRow[]): string {
  return [
    'Contested: pairs of one aggregate under way together; only those can go wrong. p50, p99: from publish to handled.',
    ...(rows.some(({ clock }) => clock === 'virtual') ? ['Times of simulator rows are virtual.'] : []),
    ...(rows.some(hasOthers) ? [`Others: ${othersNote.replace('others: ', '')}.`] : []),
  ].join(' ');
}

type Column = readonly [head: string, align: 'l' | 'r', cell: (row: RunRow) => string];

const others: Column = ['others', 'r', (row) => formatCount(othersOf(row))];

function tableOf(rows: readonly RunRow[]): string {
  const columns: readonly Column[] = [
    ['mode', 'l', (row) => escaped(row.id)],
    ['outcome', 'l', (row) => `${signOf(row)} ${row.outcome}`],
    ['published', 'r', ({ counts }) => formatCount(counts.published)],
    ['handled', 'r', ({ counts }) => formatCount(counts.handled)],
    ['regressions', 'r', ({ counts }) => formatCount(counts.regressions)],
    ['contested', 'r', ({ exposure }) => formatCount(exposure.contestedPairs)],
    ['duplicates', 'r', ({ counts }) => formatCount(counts.duplicates.total)],
    ['lost', 'r', ({ counts }) => formatCount(counts.lost)],
    ...(rows.some(hasOthers) ? [others] : []),
    ['misroutes', 'r', ({ counts }) => formatCount(counts.misroutes)],
    ['handled/s', 'r', ({ throughput }) => formatRate(throughput.handledPerSecond)],
    ['p50 ms', 'r', ({ latencyMs }) => escaped(formatMs(latencyMs.endToEnd.p50))],
    ['p99 ms', 'r', ({ latencyMs }) => escaped(formatMs(latencyMs.endToEnd.p99))],
  ];
  return markdownTable([columns.map(([head]) => head), ...rows.map((row) => columns.map(([, , cell]) => cell(row)))], {
    align: columns.map(([, align]) => align),
  });
}

function signOf({ outcome }: RunRow): string {
  return { ordered: '✓', violated: '✗', inconclusive: '?' }[outcome];
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
