/** The view of a checked record: all that a reader is told, as data. */
import type { RecordCounts, RecordFinding, RecordReport } from '../../../domain/record/record-report.js';
import { formatCount, plural } from '../../../text/numbers.js';
import { listed } from '../../../text/lists.js';
import {
  causeText,
  lineText,
  recordRemedyText,
  storyTexts,
  untoldTexts,
} from '../../words/record/record-cause-text.js';
import { unexplainedText } from '../../words/record/unexplained-text.js';
import { otherLinesText } from '../../words/record/other-lines-text.js';
import { claimText, recordReasonText } from '../../words/record/record-reason-text.js';
import { hazardsLike, pairsText } from '../../words/record/pairs-text.js';
import { eventsText, furtherFields, originText } from '../../words/record/seen-text.js';
import { sentence } from '../../words/sentence.js';
import { anomalyCell, countCell, statusOf } from '../model/figures.js';
import type { Section } from '../model/finding.js';
import type { Cell, Table } from '../model/table.js';
import type { Because, VerdictView } from '../verdict-view.js';

/** Of handlings alone, all causes are untold. */
const untoldShown = 4;
const witnessesShown = 1;

export interface RecordView {
  readonly tool: string;
  readonly version: string;
  /** `the record orders.ndjson`. */
  readonly what: string;
  /** What it has, in a line. */
  readonly has: string;
  readonly verdict: VerdictView;
  readonly counts: Table;
  readonly notes: readonly string[];
  /** The worst anomaly of each cause, line by line; null: no cause is named. */
  readonly witnesses: Section | null;
  /** null: no aggregate has an anomaly. */
  readonly worst: Section | null;
  /** null: no line was bad. */
  readonly badLines: Section | null;
  /** Which further fields would tell what; null: none would. */
  readonly further: Section | null;
}

export function recordView(report: RecordReport): RecordView {
  return {
    ...{ tool: 'eventbus-bench', version: report.tool.version },
    what: whatOf(report),
    has: hasText(report),
    verdict: verdictOf(report),
    counts: countsTable(report),
    notes: notesOf(report),
    witnesses: witnessesOf(report),
    worst: worstOf(report),
    badLines: badLinesOf(report),
    further: furtherOf(report),
  };
}

function whatOf({ sources }: RecordReport): string {
  const names = sources.map(({ name }) => name);
  const [first = 'nothing', second] = names;
  if (second === undefined) return `the record ${first}`;
  return names.length === 2 ? `the records ${first} and ${second}` : `${names.length} records, from ${first} on`;
}

function hasText(report: RecordReport): string {
  const { lines, aggregatesTotal, versions, fields, firstVersion } = report;
  const topics = fields.topic > 0 ? ', each within its topic' : '';
  const rule =
    versions === 'rising'
      ? 'versions rise by any step'
      : `versions rise by one${firstVersion === null ? '' : ` from ${firstVersion} on`}`;
  const events = lines.record === 0 ? 'no events' : eventsText(report);
  return `${events} of ${plural(aggregatesTotal, 'aggregate')}${topics}; ${rule}`;
}

function verdictOf(report: RecordReport): VerdictView {
  const { outcome, reasons, origins, counts, exposure } = report;
  const status = statusOf(outcome);
  const [first, ...others] = reasons.map((reason) => recordReasonText(reason));
  const more = others.map((reason) => ({ title: 'Also', text: sentence(reason, false) }) as const);
  if (outcome === 'ordered') {
    const pairs = plural(exposure?.atRiskPairs ?? 0, 'pair');
    const text = `The bus kept order: 0 of ${pairs} at risk out of order, in ${plural(counts.handled, 'handling')}.`;
    return { advice: null, findings: [{ status, rows: [], text, because: [] }] };
  }
  if (outcome === 'inconclusive') {
    const nothing =
      counts.handled === 0
        ? 'Undecided'
        : `Undecided: of ${plural(counts.handled, 'handling')} none was out of order or twice, and`;
    const text = counts.handled === 0 ? `${nothing}: ${first}.` : `${nothing} ${first}.`;
    return { advice: null, findings: [{ status, rows: [], text, because: more }] };
  }
  const where =
    counts.regressions === 0
      ? []
      : [
          {
            title: 'Where',
            text: listed(
              origins.map((one) => `${originText(one)} (${formatCount(one.count)})`),
              'and',
            ),
          } as const,
        ];
  return {
    advice: null,
    findings: [
      {
        status,
        rows: [],
        text: sentence(first ?? ''),
        because: [...where, ...causesOf(report), ...more],
      },
    ],
  };
}

/** The causes that the record shows, with what to change; where it shows none, what its pairs look like. */
function causesOf(report: RecordReport): readonly Because[] {
  const named = report.causes.flatMap((cause) => [
    { title: 'Cause', text: causeText(cause) } as const,
    { title: 'Fix', text: sentence(`${recordRemedyText(cause.remedy)} (docs/HAZARDS.md#${cause.id})`) } as const,
  ]);
  if (named.length === 0) return pairsOf(report);
  const left = unexplainedText(report.unexplained);
  return [...named, ...(left === null ? [] : [{ title: 'Cause', text: left } as const])];
}

/** What late events do not have in common with those before them, and the hazards that look like that. */
function pairsOf({ pairs, origins }: RecordReport): readonly Because[] {
  if (pairs === null) return [];
  const text = pairsText(pairs);
  const hazards = hazardsLike(pairs, origins);
  return [
    ...(text === null ? [] : [{ title: 'Pairs', text } as const]),
    ...(hazards.length === 0
      ? []
      : [
          {
            title: 'May be',
            text: `${listed(hazards, 'or')} (docs/HAZARDS.md); this record does not tell`,
          } as const,
        ]),
  ];
}

type Figure = number | null;

/** What the record does not show is a dash, and its column is left out. */
function countsTable({ counts, exposure }: RecordReport): Table {
  const figures: readonly (readonly [id: string, title: string, cell: Cell, value: Figure])[] = [
    figure('handled', 'handled', counts, countCell),
    figure('regressions', 'regressions', counts, anomalyCell),
    figure('duplicates', 'duplicates', counts, anomalyCell),
    figure('ties', 'ties', counts, countCell),
    figure('gaps', 'gaps', counts, (value) => anomalyCell(value, 'unsure')),
    figure('openGaps', 'open', counts, (value) => anomalyCell(value, 'unsure')),
    figure('lost', 'lost', counts, anomalyCell),
    figure('unseen', 'unseen', counts, (value) => anomalyCell(value, 'unsure')),
    figure('phantoms', 'phantoms', counts, anomalyCell),
    figure('storeInversions', 'stored late', counts, anomalyCell),
    figure('splitKeys', 'split keys', counts, anomalyCell),
    figure('overlaps', 'overlaps', counts, anomalyCell),
    figure('completionInversions', 'finished late', counts, anomalyCell),
    ['atRisk', 'at risk', countCell(exposure?.atRiskPairs ?? null), exposure?.atRiskPairs ?? null],
    figure('descents', 'descents', counts, countCell),
    figure('naive', 'naive', counts, countCell),
  ];
  const shown = figures.filter(([, , , value]) => value !== null);
  return {
    columns: shown.map(([id, title]) => ({ id, title, align: 'right' })),
    rows: [Object.fromEntries(shown.map(([id, , cell]) => [id, cell]))],
  };
}

function figure(
  id: keyof RecordCounts,
  title: string,
  counts: RecordCounts,
  cellOf: (value: Figure) => Cell,
): readonly [id: string, title: string, cell: Cell, value: Figure] {
  return [id, title, cellOf(counts[id]), counts[id]];
}

function notesOf({ lines, counts, redacted, claims }: RecordReport): string[] {
  return [
    ...(counts.naive > counts.regressions
      ? [
          'naive: what a checker counts that takes every version not above the highest so far; descents: versions below the one before',
        ]
      : []),
    ...otherLinesText(lines),
    ...((lines.moved ?? 0) > 0
      ? [`${plural(lines.moved ?? 0, 'line')} stood behind one with a higher order, and were put in their place`]
      : []),
    ...(redacted ? ['names of aggregates are hashes, and texts of lines are left out (--redact)'] : []),
    ...(claims.length > 0 ? [`taken on trust (--strategy-claims): ${listed(claims.map(claimText), 'and')}`] : []),
    ...(lines.leftOut > 0 ? [`${plural(lines.leftOut, 'line')} were left out, as asked`] : []),
  ];
}

function worstOf({
  aggregates,
  aggregatesTotal,
  aggregatesWithAnomalies,
  sources,
  lines,
}: RecordReport): Section | null {
  if (aggregates.length === 0) return null;
  const areApart = sources.length > 1 && lines.moved === null;
  return {
    title: 'Worst aggregates',
    aside: `${formatCount(aggregatesWithAnomalies)} of ${formatCount(aggregatesTotal)} have anomalies`,
    findings: aggregates.map((found) => ({
      status: null,
      title: `${found.aggregate}${found.topic === '-' ? '' : ` (${found.topic})`}${areApart ? ` in ${found.source}` : ''}`,
      text: findingText(found, sources.length > 1),
    })),
  };
}

function findingText(
  { regressions, duplicates, gaps, lost, overlaps, examples }: RecordFinding,
  areSeveral: boolean,
): string {
  const [example] = examples;
  const counts = [
    ...(regressions > (example === undefined ? 0 : 1) ? [plural(regressions, 'regression')] : []),
    ...(duplicates > 0 ? [plural(duplicates, 'duplicate')] : []),
    ...(gaps > 0 && example === undefined ? [plural(gaps, 'gap')] : []),
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : []),
    ...(overlaps > 0 ? [plural(overlaps, 'overlap')] : []),
  ].join(', ');
  if (example === undefined) return counts;
  const { version, after, line, afterLine, origin, source, afterSource } = example;
  const at = (number: number | null, file: string | null): string => {
    if (number === null) return '';
    return ` (${file === null || !areSeveral ? '' : `${file}, `}line ${formatCount(number)})`;
  };
  const lost_ = origin === null ? '' : `, lost order ${originText(origin)}`;
  const first = `version ${version}${at(line, source)} came after ${after}${at(afterLine, afterSource)}${lost_}`;
  return counts === '' ? first : `${first}; ${counts}`;
}

function witnessesOf({ causes }: RecordReport): Section | null {
  const findings = causes.flatMap(({ id, witnesses }) =>
    witnesses.slice(0, witnessesShown).map((witness) => ({
      status: null,
      title: `${witness.aggregate}${witness.topic === '-' ? '' : ` (${witness.topic})`}`,
      text: `${id}: ${storyTexts(witness, lineText).join('; ')}`,
    })),
  );
  return findings.length === 0 ? null : { title: 'Witnesses', findings };
}

function badLinesOf({ badLines, lines, sources }: RecordReport): Section | null {
  if (badLines.length === 0) return null;
  return {
    title: 'Bad lines',
    aside: lines.bad > badLines.length ? `the first ${badLines.length} of ${formatCount(lines.bad)}` : '',
    findings: badLines.map(({ source, line, problem, text }) => ({
      status: null,
      title: `${sources.length > 1 ? `${source}, ` : ''}line ${formatCount(line)}`,
      text: text === '' ? problem : `${problem}: ${text}`,
    })),
  };
}

function furtherOf(report: RecordReport): Section | null {
  const findings = [
    ...furtherFields(report).map(({ name, tells }) => ({ status: null, title: name, text: tells })),
    ...untoldTexts(report.untold)
      .slice(0, untoldShown)
      .map(({ name, tells }) => ({ status: null, title: name, text: tells })),
  ];
  return findings.length === 0 ? null : { title: 'What further lines and fields would tell', findings };
}
