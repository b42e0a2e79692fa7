/** Makes the view of what differs between two reports: what differs beforehand, a table of the rows, and each row's differences. */
import type {
  FieldDifference,
  ReportDifference,
  RowDifference,
  SpeedDifference,
} from '../../domain/report/report-difference.js';
import {
  beforehandTexts,
  causesText,
  countsInShort,
  countsText,
  countText,
  differenceWords,
  fieldKindText,
  fieldText,
  inAText,
  outcomeText,
  reasonsText,
  sideText,
  speedInShort,
  speedNames,
  speedsText,
  summaryText,
  tallyInShort,
  tallyText,
} from '../words/difference-text.js';
import { statusOf } from './model/figures.js';
import type { Finding, Section, Status, Tone } from './model/finding.js';
import type { Cell, Table } from './model/table.js';

export type DifferenceColumn = 'row' | 'a' | 'b' | 'violations' | 'handledPerSecond' | 'p99';

export interface DifferenceView {
  readonly tool: string;
  readonly title: string;
  /** A and B: the files and what they are of. */
  readonly sides: readonly Finding[];
  /** null: nothing differs beforehand, and the load of both is known. */
  readonly beforehand: Section | null;
  /** What the differences beforehand mean. */
  readonly cautions: readonly string[];
  readonly summary: string;
  /** null: the reports have no row in common. */
  readonly table: Table<DifferenceColumn> | null;
  readonly notes: readonly string[];
  /** A section for each row that differs. */
  readonly rows: readonly Section[];
  /** Rows that only one of the two has, and rows without a difference. */
  readonly others: readonly Finding[];
}

export function differenceView(difference: ReportDifference): DifferenceView {
  const { a, b, differs, rows, onlyA, onlyB } = difference;
  const shared = sharedByAll(rows);
  const beforehand = [...differs, ...shared];
  const sections = rows.map((row) => ({ row, section: rowSection(row, shared) }));
  const changed = sections.filter(({ section }) => section !== null);
  const alike = sections.filter(({ section }) => section === null).map(({ row }) => row.name);
  return {
    tool: 'eventbus-bench',
    title: differenceWords.title,
    sides: [plain('A', sideText(a)), plain('B', sideText(b))],
    beforehand:
      beforehand.length === 0 ? null : { title: differenceWords.beforehand, findings: fieldFindings(beforehand) },
    cautions: beforehandTexts(difference),
    summary: summaryText(rows, changed.length),
    table: rows.length === 0 ? null : tableOf(rows),
    notes: rows.length === 0 ? [] : notesOf(rows),
    rows: changed.flatMap(({ section }) => (section === null ? [] : [section])),
    others: [
      { title: differenceWords.alike, names: changed.length === 0 ? [] : alike },
      { title: differenceWords.onlyIn('A'), names: onlyA },
      { title: differenceWords.onlyIn('B'), names: onlyB },
    ].flatMap(({ title, names }) => (names.length === 0 ? [] : [plain(title, names.join(', '))])),
  };
}

function fieldFindings(differs: readonly FieldDifference[]): Finding[] {
  const kinds = [...new Set(differs.map(({ of }) => of))];
  return kinds.map((kind) =>
    plain(
      fieldKindText(kind),
      differs
        .filter(({ of }) => of === kind)
        .map(fieldText)
        .join('; '),
    ),
  );
}

/** What differs of all rows alike, such as their broker. */
function sharedByAll(rows: readonly RowDifference[]): readonly FieldDifference[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  return first.differs.filter((one) => others.every(({ differs }) => differs.some((other) => isSame(one, other))));
}

function isSame(one: FieldDifference, other: FieldDifference): boolean {
  return one.field === other.field && one.a === other.a && one.b === other.b;
}

/**
 * What differs in a row; null: nothing does.
 * @param shared what differs of all rows alike, and is said elsewhere
 */
function rowSection(row: RowDifference, shared: readonly FieldDifference[]): Section | null {
  const { differs, outcome, counts, causes, reasons, speed } = row;
  const unequal = counts.filter(({ a, b }) => a !== null && b !== null && a * outcome.b.runs !== b * outcome.a.runs);
  const isChanged =
    outcome.change !== 'same' ||
    unequal.some(({ count }) => !loadCounts.has(count)) ||
    [causes, reasons].some(({ a, b }) => a.length + b.length > 0) ||
    speed.some(({ result }) => result === 'differs');
  if (!isChanged) return null;
  const own = differs.filter((one) => !shared.some((other) => isSame(one, other)));
  const of = (isLatent: boolean): RowDifference['causes'] => ({
    a: causes.a.filter(({ latent }) => latent === isLatent),
    b: causes.b.filter(({ latent }) => latent === isLatent),
  });
  const findings = [
    plain('row', [...(row.nameInA === row.name ? [] : [inAText(row.nameInA)]), ...own.map(fieldText)].join('; ')),
    plain('outcome', outcomeText(outcome)),
    plain('counts', unequal.map((one) => countText(one, row)).join('; ')),
    plain('causes', causesText(of(false), row)),
    plain('latent', causesText(of(true), row)),
    plain('reasons', reasonsText(reasons)),
    plain('speed', speedsText(speed)),
  ];
  return { title: row.name, findings: findings.filter(({ text }) => text !== '') };
}

/** Counts that follow from the load: alone they are no difference. */
const loadCounts: ReadonlySet<string> = new Set(['published', 'handled', 'exposure.atRiskPairs']);

function tableOf(rows: readonly RowDifference[]): Table<DifferenceColumn> {
  const { violations } = differenceWords;
  const isPerRun = rows.some(({ outcome }) => outcome.a.runs !== outcome.b.runs);
  return {
    columns: [
      { id: 'row', title: 'row', align: 'left' },
      { id: 'a', title: 'A', align: 'left' },
      { id: 'b', title: 'B', align: 'left' },
      isPerRun
        ? { id: 'violations', title: violations.perRun, short: violations.perRunInShort, align: 'right' }
        : { id: 'violations', title: violations.total, align: 'right' },
      { id: 'handledPerSecond', title: speedNames['throughput.handledPerSecond'], align: 'right' },
      { id: 'p99', title: speedNames['latencyMs.endToEnd.p99'], align: 'right' },
    ],
    rows: rows.map((row) => {
      const { a, b } = row.counts.find(({ count }) => count === 'violations')!;
      const text = countsText(a, b, row, isPerRun);
      const perRun = (total: number | null, runs: number): number => (total ?? 0) / runs;
      const more = perRun(b, row.outcome.b.runs) - perRun(a, row.outcome.a.runs);
      return {
        row: { text: row.name },
        a: sideCell(row.outcome.a),
        b: sideCell(row.outcome.b),
        violations: {
          text,
          short: countsInShort(a, b, row, isPerRun),
          tone: more > 0 ? 'bad' : more < 0 ? 'good' : 'aside',
        },
        handledPerSecond: speedCell(row, 'throughput.handledPerSecond', 'higher'),
        p99: speedCell(row, 'latencyMs.endToEnd.p99', 'lower'),
      };
    }),
  };
}

function sideCell(tally: RowDifference['outcome']['a']): Cell {
  const status: Status = { ...statusOf(tally.worst), hasFailed: tally.failed > 0 };
  return { text: tallyText(tally), short: tallyInShort(tally), status };
}

function speedCell({ speed }: RowDifference, figure: SpeedDifference['figure'], better: 'higher' | 'lower'): Cell {
  const found = speed.find((one) => one.figure === figure)!;
  return { text: speedInShort(found), tone: toneOf(found, better) };
}

function toneOf({ result, ratio }: SpeedDifference, better: 'higher' | 'lower'): Tone {
  if (result !== 'differs' || ratio === null) return 'aside';
  return ratio.ratio > 1 === (better === 'higher') ? 'good' : 'bad';
}

function notesOf(rows: readonly RowDifference[]): string[] {
  const { notes } = differenceWords;
  const sampled = rows.filter(({ basis }) => basis === 'sampled');
  const intervals = sampled.flatMap(({ speed }) => speed).filter(({ ratio }) => ratio !== null);
  return [
    notes.speed,
    ...(intervals.length >= 10 ? [notes.chance] : []),
    ...(sampled.length === 0 ? [] : [notes.counts]),
  ];
}

function plain(title: string, text: string): Finding {
  return { status: null, title, text };
}
