/**
 * Renders reports as GitHub's Markdown, for a job summary or a pull request: the gate first, then the verdict, tables, what each row
 * means, and the command that repeats the run. Names and messages are escaped, so that none is taken as markup,
 * mentions somebody or breaks a table.
 */
import type { Comparison } from '../../domain/report/comparison.js';
import type { JudgedReport } from '../../domain/report/gate.js';
import type { ComparisonView } from '../view/comparison/comparison-view.js';
import type { Finding } from '../view/model/finding.js';
import type { GateView } from '../view/gate-view.js';
import type { HeadingView } from '../view/heading-view.js';
import { clockSentences, type Note } from '../view/model/note.js';
import type { RecommendationView } from '../view/comparison/recommendation-view.js';
import type { VerdictView } from '../view/verdict-view.js';
import { nothingRun, viewOf, type ReportView } from '../view/report-view.js';
import type { RowsView } from '../view/rows-view.js';
import type { SeriesView } from '../view/comparison/sweeps-view.js';
import type { WitnessView } from '../view/witnesses-view.js';
import { comparisonBars } from './comparison-bars.js';
import { codeBlock, escaped, fenced, finding, signs, tableOf } from './markdown-text.js';

export function render(reports: readonly JudgedReport[]): string {
  return reports.map((judged) => `${blocksOf(viewOf(judged), judged.report.comparison).join('\n\n')}\n`).join('\n');
}

function blocksOf(view: ReportView, comparison: Comparison | null): string[] {
  const { heading, gate, rows, toDecide, repeat } = view;
  return [
    headingOf(heading),
    ...(gate === null ? [] : gateOf(gate)),
    ...verdictOf(view.verdict),
    ...(comparison === null ? [] : ['Handled events per second:', fenced('text', comparisonBars(comparison))]),
    ...(rows === null ? [nothingRun] : bodyOf(view, rows)),
    ...toDecide.commands.map(({ command }) => `${toDecide.title}:\n\n${codeBlock(command)}`),
    `Repeat:\n\n${codeBlock(repeat)}`,
  ];
}

/** What to take, and a line for each finding, with cause and fix behind it. */
function verdictOf({ advice, findings }: VerdictView): string[] {
  const lines = findings.map(({ status, text, because }) =>
    [
      `- ${signs[status.outcome]} ${escaped(text)}`,
      ...because.map((one) => `**${one.title}:** ${escaped(one.text)}.`),
    ].join(' '),
  );
  return [...(advice === null ? [] : [`**${escaped(advice)}**`]), ...(lines.length === 0 ? [] : [lines.join('\n')])];
}

function headingOf({ tool, scenario, seed, perturbed }: HeadingView): string {
  const further = [seed, perturbed].filter((text) => text !== null).map(escaped);
  return `## ${tool} ${[escaped(scenario), ...further].join(', ')}`;
}

function gateOf({ status, outcome, findings }: GateView): string[] {
  const list = findings.map((finding) => `- ${escaped(finding)}`);
  return [`**Gate: ${signs[status.outcome]} ${outcome}**`, ...(list.length === 0 ? [] : [list.join('\n')])];
}

function bodyOf(
  { comparison, sweeps, meanings, otherCheckers, witnesses }: ReportView,
  { table, notes, allRuns }: RowsView,
): string[] {
  const shown = comparison === null ? meanings.findings : meanings.findings.filter(({ isInClaims }) => !isInClaims);
  const isTaken = comparison !== null || sweeps !== null;
  return [
    ...(comparison === null ? [] : comparisonOf(comparison)),
    ...(sweeps === null ? [] : sweeps.series.flatMap(seriesOf)),
    ...(isTaken ? [] : [tableOf(table)]),
    ...(isTaken || allRuns === null ? [] : [allRuns.findings.map(plainFinding).join('\n')]),
    ...(comparison === null ? [notes.map(noteSentence).join(' ')] : []),
    ...(shown.length === 0 ? [] : [`### ${meanings.title}`, shown.map(finding).join('\n')]),
    ...(isTaken || otherCheckers === null
      ? []
      : [`### ${otherCheckers.title}`, otherCheckers.findings.map(finding).join('\n')]),
    ...(isTaken ? [] : witnesses.map(witnessOf)),
  ];
}

/** Folded up, since few readers need all stages. Blank lines, so that the title is Markdown, as it is escaped for. */
function witnessOf({ title, lines }: WitnessView): string {
  const list = lines.map(({ name, clauses }) => `- **${name}**: ${clauses.map(escaped).join('; ')}`);
  return ['<details><summary>', escaped(title), '</summary>', list.join('\n'), '</details>'].join('\n\n');
}

function comparisonOf({ table, legend, claims, recommendation }: ComparisonView): string[] {
  return [
    ...recommendationOf(recommendation),
    tableOf(table),
    legend,
    `### ${claims.title}`,
    claims.findings.map(finding).join('\n'),
  ];
}

function recommendationOf({ parts }: RecommendationView): string[] {
  const list = parts.map(({ text }) => `- ${escaped(text)}`);
  return [...(list.length === 0 ? [] : [list.join('\n')])];
}

function seriesOf({ name, field, table }: SeriesView): string[] {
  return [`### ${escaped(name)} by ${escaped(field)}`, tableOf(table)];
}

function plainFinding(found: Finding): string {
  return finding({ ...found, status: null });
}

/** A note as a sentence. Several reports can share a document, so it always says which rows have virtual times. */
function noteSentence({ text, clock = 'wall' }: Note): string {
  const capital = text.replace(/^[a-z](?=[a-z])/, (letter) => letter.toUpperCase());
  const sentence = capital.endsWith('.') ? capital : `${capital}.`;
  return [escaped(sentence), ...(clock === 'wall' ? [] : [clockSentences.both])].join(' ');
}
