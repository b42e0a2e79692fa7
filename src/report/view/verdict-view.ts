/**
 * Makes the verdict of a report, which stands above everything else: which rows lose order, by which cause and with
 * which fix, which keep it, and which are undecided. Rows with the same verdict share one finding.
 */
import type { Cause, RunReport, RunRow } from '../../domain/report/run-report.js';
import type { AnomalyKind, Outcome } from '../../domain/scenario/scenario.js';
import { listed } from '../../text/lists.js';
import { formatBound, formatCount, plural } from '../../text/numbers.js';
import { worstRowOf } from '../repeats/merged-rows.js';
import { runGroupOf } from '../repeats/repeat-groups.js';
import { groupRepeats, type RowGroup } from '../repeats/row-order.js';
import { decidingOf, unexplainedText } from '../words/anomaly-text.js';
import { reasonText } from '../words/reason-text.js';
import { sentence } from '../words/sentence.js';
import { mainOrigin } from '../words/row-cause-text.js';
import { lostAt, namesInShort, violatedText } from '../words/verdict-text.js';
import { fixTexts } from './fix-text.js';
import { adviceVerdict } from './comparison/advice-verdict.js';
import { statusOf } from './model/figures.js';
import type { Status } from './model/finding.js';

export interface VerdictView {
  /** What to take, of a comparison; null: nothing was compared. */
  readonly advice: string | null;
  readonly findings: readonly VerdictFinding[];
}

export interface VerdictFinding {
  readonly status: Status;
  /** Labels of the rows that it is about; each row of the report is in one finding. */
  readonly rows: readonly string[];
  /** A sentence about one or several rows. */
  readonly text: string;
  /** The cause and the fix of what is wrong, where the diagnosis knows them; and causes that have broken nothing yet. */
  readonly because: readonly Because[];
}

export interface Because {
  readonly title: 'Cause' | 'Fix' | 'Latent' | 'Where' | 'Pairs' | 'May be' | 'Also';
  readonly text: string;
}

export function verdictView({ runs, comparison }: RunReport): VerdictView {
  const judged = groupRepeats(runs).map(judge);
  const of = (outcome: Outcome): Judged[] => judged.filter((one) => one.outcome === outcome);
  return {
    advice: comparison === null ? null : adviceVerdict(comparison),
    findings: [
      ...alike(of('violated'), ({ worst }) => `${mainAnomaly(worst).of} ${causeIds(worst)}`).map((rows) =>
        violated(rows, judged, comparison !== null),
      ),
      ...ordered(of('ordered'), judged.length, of('violated').length > 0),
      ...alike(of('inconclusive'), whyUndecided).map(undecided),
    ],
  };
}

/** All runs of one row, and the one that says most. */
interface Judged {
  readonly group: RowGroup;
  readonly label: string;
  readonly worst: RunRow;
  readonly outcome: Outcome;
}

type Alike = readonly [Judged, ...Judged[]];

function judge(group: RowGroup): Judged {
  const worst = worstRowOf(group);
  return { group, label: group.label, worst, outcome: worst.outcome };
}

function labelsOf(rows: readonly Judged[]): string[] {
  return rows.map(({ label }) => label);
}

/** The rows with the same key together, in the order of the rows. */
function alike(rows: readonly Judged[], keyOf: (row: Judged) => string): Alike[] {
  const found = new Map<string, [Judged, ...Judged[]]>();
  for (const row of rows) {
    const key = keyOf(row);
    const before = found.get(key);
    if (before === undefined) found.set(key, [row]);
    else before.push(row);
  }
  return [...found.values()];
}

function violated(rows: Alike, all: readonly Judged[], isCompared: boolean): VerdictFinding {
  const [{ worst }] = rows;
  const { of } = mainAnomaly(worst);
  const published = new Set(rows.flatMap(({ group }) => group.rows.map(({ counts }) => counts.published)));
  const isOneByOne = rows.length <= 3 && !isCompared;
  const most = ({ group }: Judged): number =>
    Math.max(...group.rows.map((row) => decidingOf(row).find((anomaly) => anomaly.of === of)?.count ?? 0));
  const text = violatedText(of, {
    names: namesInShort(labelsOf(rows)),
    isOne: rows.length === 1,
    counts: isOneByOne ? rows.map(most) : [Math.max(...rows.map(most))],
    published: published.size === 1 ? worst.counts.published : null,
    inRuns: inRuns(rows, 'violated'),
    cause: isCompared ? causeIds(worst) || null : null,
    isRepeated: rows.some(({ group }) => group.rows.length > 1) || (rows.length > 1 && !isOneByOne),
  });
  return {
    status: statusOf('violated'),
    rows: labelsOf(rows),
    text: `${text}.`,
    because: isCompared ? [] : becauseOf(worst, of, all),
  };
}

/** The gravest anomaly that made the row violated, and how many there are. */
function mainAnomaly(row: RunRow): { readonly of: AnomalyKind; readonly count: number } {
  return decidingOf(row)[0] ?? { of: 'regression', count: row.counts.violations };
}

/** Ids of the causes that are not only latent; empty: none is known. */
function causeIds({ causes }: RunRow): string {
  return listed(
    causes.filter(({ latent }) => !latent).map(({ id }) => id),
    'and',
  );
}

/** All causes, and the fixes that nothing in the report refutes; then the latent ones. */
function becauseOf(row: RunRow, of: AnomalyKind, all: readonly Judged[]): readonly Because[] {
  return [...causeAndFix(row, of, all), ...latentCauses(row)];
}

/** The causes that are at work and have broken nothing. */
function latentCauses({ causes }: RunRow): readonly Because[] {
  const latent = causes.filter((cause) => cause.latent);
  if (latent.length === 0) return [];
  return [{ title: 'Latent', text: listed(latent.map(named), 'and') }];
}

/** `shared-durable (certain)` */
function named({ id, confidence }: Cause): string {
  return `${id} (${confidence})`;
}

function causeAndFix(row: RunRow, of: AnomalyKind, all: readonly Judged[]): readonly Because[] {
  const causes = row.causes.filter(({ latent }) => !latent);
  const [origin, count] = mainOrigin(row);
  const where = of === 'regression' && count > 0 ? lostAt(origin) : null;
  if (causes.length === 0) {
    return [{ title: 'Cause', text: where === null ? 'not explained' : `not explained; ${where}` }];
  }
  const names = listed(causes.map(named), 'and');
  const cause = where === null ? names : `${names}: ${where}`;
  const unexplained = unexplainedText(row);
  return [
    { title: 'Cause', text: unexplained === null ? cause : `${cause}; ${unexplained}` },
    ...fixTexts(row, causes, all).map((text) => ({ title: 'Fix', text }) as const),
  ];
}

function ordered(rows: readonly Judged[], all: number, besideViolated: boolean): VerdictFinding[] {
  if (rows.length === 0) return [];
  const sum = (of: (row: RunRow) => number): number =>
    rows.flatMap(({ group }) => group.rows).reduce((total, row) => total + of(row), 0);
  const inverted = formatCount(sum(({ exposure }) => exposure.invertedPairs));
  const pairs = `${inverted} of ${plural(
    sum(({ exposure }) => exposure.atRiskPairs),
    'pair',
  )} at risk out of order`;
  const kept = besideViolated ? 'kept it' : 'kept order';
  const who = rows.length > 3 ? `${rows.length} of ${all}` : namesInShort(labelsOf(rows));
  // Many rows stand in one line, with what their runs say of further ones.
  const bound = boundOf(rows);
  const worth = rows.length > 3 && bound !== '' ? bound : `: ${pairs}${bound}`;
  const text = `${who} ${kept}${inRuns(rows, 'ordered')}${worth}.`;
  return [{ status: statusOf('ordered'), rows: labelsOf(rows), text, because: [] }];
}

/** What the runs of the row with the fewest say of further runs; empty for single runs. */
function boundOf(rows: readonly Judged[]): string {
  const bounds = rows.map(({ group }) => runGroupOf(group).atMost);
  if (bounds.includes(null) || rows.some(({ group }) => group.rows.length === 1)) return '';
  const most = Math.max(...bounds.map((bound) => bound ?? 0));
  return `; at most ${formatBound(most)} of runs lose it (95 % confidence)`;
}

/** ` in 3 of 5 runs` if all rows have it so; empty if nothing was repeated. */
function inRuns(rows: readonly Judged[], wanted: Outcome): string {
  const shares = rows.map(({ group }) => {
    const those = group.rows.filter(({ outcome }) => outcome === wanted).length;
    return `${formatCount(those)} of ${formatCount(group.rows.length)} runs`;
  });
  const [first = ''] = shares;
  if (rows.every(({ group }) => group.rows.length === 1)) return '';
  return shares.every((share) => share === first) ? ` in ${first}` : '';
}

/** Rows are undecided for the same reason if the kinds of their first reasons are the same. */
function whyUndecided({ worst: { reasons, error } }: Judged): string {
  const [first] = reasons;
  return error === null ? `${first?.kind ?? ''} ${first?.of ?? ''}` : `${error.code} ${error.message}`;
}

function undecided(rows: Alike): VerdictFinding {
  const [{ worst }] = rows;
  const names = namesInShort(labelsOf(rows));
  const [reason] = worst.reasons;
  const are = rows.length === 1 ? 'is' : 'are';
  const { error } = worst;
  if (error !== null) {
    const did = error.code === 'unsupported' ? `${rows.length === 1 ? 'was' : 'were'} not run` : 'ended early';
    return {
      status: { outcome: 'inconclusive', hasFailed: true },
      rows: labelsOf(rows),
      text: `${names} ${did}: ${sentence(error.message, false)}`,
      because: [],
    };
  }
  const why = reason === undefined ? '' : `: ${reasonText(reason)}`;
  return {
    status: statusOf('inconclusive'),
    rows: labelsOf(rows),
    text: sentence(`${names} ${are} undecided${inRuns(rows, 'inconclusive')}${why}`, false),
    because: latentCauses(worst),
  };
}
