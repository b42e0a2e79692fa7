/**
 * Renders reports as workflow commands of GitHub Actions, one a line, which GitHub shows as annotations:
 *
 * - `::error title=…::…` for a row that breaches a gate, leaves it undecided or was ended by an error;
 * - `::warning` for a violated or inconclusive row if no gate was given;
 * - one `::notice` for each report, with its outcome.
 *
 * A command is one line: `%`, CR and LF are escaped, in the title `:` and `,` too. GitHub keeps ten annotations of a
 * level in a step and silently drops the others, so the tenth says how many more there are.
 */
import type { GateSummary, JudgedReport } from '../../domain/report/gate.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { explainRow } from '../words/row-explanation.js';
import { formatCount, plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';

interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

const annotationsMax = 10;

export function render(reports: readonly JudgedReport[]): string {
  const annotations = reports.flatMap(annotationsOf);
  const levels = ['error', 'warning', 'notice'] as const;
  const kept = levels.flatMap((level) => withinLimit(annotations.filter((one) => one.level === level)));
  return kept.map((annotation) => `${commandOf(annotation)}\n`).join('');
}

function annotationsOf({ report, gate }: JudgedReport): Annotation[] {
  const name = report.scenario?.name ?? 'trace';
  const rows = report.runs.flatMap((row) => annotationsOfRow(row, name, gate));
  const ran = new Set(report.runs.map(({ id }) => id));
  const others = (gate?.findings ?? []).filter(({ rowId }) => rowId === null || !ran.has(rowId));
  return [
    ...rows,
    ...others.map(({ kind, text }): Annotation => ({ level: 'error', title: titleOf(name, kind), message: text })),
    { level: 'notice', title: `eventbus-bench ${name}`, message: summaryOf(report, gate) },
  ];
}

function annotationsOfRow(row: RunRow, name: string, gate: GateSummary | null): Annotation[] {
  const findings = gate?.findings.filter(({ rowId }) => rowId === row.id) ?? [];
  const [first] = findings;
  const title = (what: string): string => `eventbus-bench ${name} ${row.id}: ${what}`;
  const message = [...findings.map(({ text }) => text), explainRow(row)].join('\n');
  if (first !== undefined) {
    const breached = findings.some(({ kind }) => kind === 'breach');
    return [{ level: 'error', title: title(breached ? 'gate breached' : 'gate undecided'), message }];
  }
  if (row.error !== null) return [{ level: 'error', title: title(row.error.code), message }];
  if (gate !== null || row.outcome === 'ordered') return [];
  return [{ level: 'warning', title: title(row.outcome), message }];
}

function titleOf(name: string, kind: 'breach' | 'inconclusive'): string {
  return `eventbus-bench ${name}: gate ${kind === 'breach' ? 'breached' : 'undecided'}`;
}

function summaryOf({ runs, replay }: RunReport, gate: GateSummary | null): string {
  const outcomes = (['ordered', 'violated', 'inconclusive'] as const)
    .map((outcome) => [outcome, runs.filter((row) => row.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${formatCount(count)} ${outcome}`);
  const rows = runs.length === 0 ? 'Nothing was run' : `${plural(runs.length, 'row')}: ${outcomes.join(', ')}`;
  const gated = gate === null ? 'No gate was given.' : `Gate ${gate.outcome}.`;
  return `${rows}. ${gated}\nRepeat: ${replay}`;
}

function withinLimit(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= annotationsMax) return [...annotations];
  const [kept, more] = [annotations.slice(0, annotationsMax - 1), annotations.slice(annotationsMax - 1)];
  const titles = more.map(({ title }) => title).join('\n');
  const { level } = more[0]!;
  return [...kept, { level, title: `eventbus-bench: ${formatCount(more.length)} more of this level`, message: titles }];
}

function commandOf({ level, title, message }: Annotation): string {
  return `::${level} title=${escapedProperty(title)}::${escapedData(message)}`;
}

function escapedData(text: string): string {
  return text.split(/\r?\n/).map(printable).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
