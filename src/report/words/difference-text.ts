/** Words for what differs between two reports, which are called A and B throughout. */
import type {
  CauseSeen,
  ComparedCount,
  ComparedSpeed,
  CountDifference,
  FieldDifference,
  OnlyIn,
  OutcomeDifference,
  OutcomeTally,
  ReportDifference,
  ReportSide,
  RowDifference,
  SpeedDifference,
} from '../../domain/report/report-difference.js';
import type { Reason } from '../../domain/report/reason.js';
import {
  formatCount,
  formatFactor,
  formatMs,
  formatRate,
  formatShort,
  plural,
  unknownMark,
} from '../../text/numbers.js';
import { reasonText } from './reason-text.js';

const countNames: Readonly<Record<ComparedCount, string>> = {
  published: 'published',
  handled: 'handled',
  violations: 'violations',
  regressions: 'regressions',
  'duplicates.total': 'duplicates',
  lost: 'lost',
  unseen: 'not handled at the end',
  phantoms: 'phantoms',
  storeInversions: 'store inversions',
  splitKeys: 'split keys',
  overlaps: 'overlaps',
  completionInversions: 'completion inversions',
  'exposure.atRiskPairs': 'pairs at risk',
};

export const speedNames: Readonly<Record<ComparedSpeed, string>> = {
  'throughput.handledPerSecond': 'handled/s',
  'latencyMs.endToEnd.p50': 'p50 ms',
  'latencyMs.endToEnd.p99': 'p99 ms',
};

const fieldKinds: Readonly<Record<FieldDifference['of'], string>> = {
  load: 'load',
  tool: 'tool',
  machine: 'machine',
  row: 'rows',
};

export function fieldKindText(of: FieldDifference['of']): string {
  return fieldKinds[of];
}

/** `a.json: incident, 3 rows, by eventbus-bench 0.12.0, 2026-11-28T10:00:00Z`. */
export function sideText({ source, scenario, startedAt, toolVersion, rows }: ReportSide): string {
  return `${source}: ${scenario ?? 'a trace'}, ${plural(rows, 'row')}, by eventbus-bench ${toolVersion}, ${startedAt}`;
}

const longestValue = 60;

/** `topics 5 in A, 10 in B`. */
export function fieldText({ field, a, b }: FieldDifference): string {
  return `${field} ${valueText(a)} in A, ${valueText(b)} in B`;
}

export function inAText(name: string): string {
  return `${name} in A`;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** What the differences beforehand mean for those of the rows. */
export function beforehandTexts({ differs, isLoadKnown, rows }: ReportDifference): string[] {
  const has = (kind: FieldDifference['of']): boolean => differs.some(({ of }) => of === kind);
  const isSeedAlone = has('load') && differs.every(({ of, field }) => of !== 'load' || field === 'seed');
  const isMeasured = rows.some(({ basis }) => basis === 'sampled');
  return [
    ...(isLoadKnown ? [] : ['A trace does not tell its load, so A and B may be of different loads.']),
    ...(isSeedAlone ? ['A and B have different seeds, so only repeats of a row show a difference.'] : []),
    ...(has('load') && !isSeedAlone
      ? ['A and B are of different loads: what differs in a row may come from the load alone.']
      : []),
    ...(has('machine') && isMeasured
      ? ['A and B were run on different machines: speeds measured by the clock compare these too.']
      : []),
  ];
}

/** `2 of 3 rows that both have differ.` */
export function summaryText(rows: readonly RowDifference[], changed: number): string {
  if (rows.length === 0) return 'A and B have no row in common.';
  const of = plural(rows.length, 'row');
  if (changed === 0)
    return `No difference seen in ${rows.length === 1 ? 'the row' : `any of the ${of}`} that both have.`;
  return `${formatCount(changed)} of ${of} that both have ${changed === 1 ? 'differs' : 'differ'}.`;
}

/** `violated 3/5`; of one run `violated`. */
export function tallyText(tally: OutcomeTally): string {
  return tally.runs === 1
    ? tally.worst
    : `${tally.worst} ${formatCount(tally[tally.worst])}/${formatCount(tally.runs)}`;
}

/** `3/5`, beside a sign; of one run nothing but the sign. */
export function tallyInShort(tally: OutcomeTally): string {
  return tally.runs === 1 ? '' : `${formatShort(tally[tally.worst])}/${formatShort(tally.runs)}`;
}

/** `violated in A, ordered in B: chance may do that, …`. */
export function outcomeText({ a, b, change }: OutcomeDifference): string {
  const [ofA, ofB] = [allRunsText(a), allRunsText(b)];
  if (ofA === ofB) return `${ofA} in both`;
  return `${ofA} in A, ${ofB} in B${changeText(change, Math.min(a.runs, b.runs))}`;
}

/** `2 of 5 runs violated, 3 ordered`. */
function allRunsText(tally: OutcomeTally): string {
  if (tally.runs === 1) return `${tally.worst}${tally.failed > 0 ? ' (ended by an error)' : ''}`;
  const seen = worstFirst.filter((outcome) => tally[outcome] > 0);
  const parts = seen.map((outcome, at) => {
    const of = at === 0 ? ` of ${plural(tally.runs, 'run')}` : '';
    return `${formatCount(tally[outcome])}${of} ${outcome}`;
  });
  return `${parts.join(', ')}${tally.failed > 0 ? ` (${formatCount(tally.failed)} ended by an error)` : ''}`;
}

const worstFirst = ['violated', 'inconclusive', 'ordered'] as const;

function changeText(change: OutcomeDifference['change'], fewestRuns: number): string {
  switch (change) {
    case 'same':
      return '';
    case 'exact':
      return '; load and seeds are the same, so the difference is one of what ran';
    case 'shown':
      return "; more than chance gives (Fisher's exact test at 5 %)";
    case 'unproven':
      return fewestRuns === 1
        ? '; one run of a side does not show that runs differ (--repeat)'
        : "; chance may give that (Fisher's exact test at 5 %; --repeat gives more runs)";
  }
}

/** `regressions 497 in A, 0 in B`; where the sides have different numbers of runs: `regressions 99.4 a run in A, 0 in B`. */
export function countText({ count, a, b }: CountDifference, { outcome }: RowDifference): string {
  const isPerRun = outcome.a.runs !== outcome.b.runs;
  const [ofA, ofB] = [countOf(a, outcome.a.runs, isPerRun), countOf(b, outcome.b.runs, isPerRun)];
  return `${countNames[count]} ${ofA}${isPerRun ? ' a run' : ''} in A, ${ofB} in B`;
}

/** `497 → 0`. */
export function countsText(a: number | null, b: number | null, { outcome }: RowDifference, isPerRun: boolean): string {
  return `${countOf(a, outcome.a.runs, isPerRun)} → ${countOf(b, outcome.b.runs, isPerRun)}`;
}

/** `12.3k → 0`. */
export function countsInShort(
  a: number | null,
  b: number | null,
  { outcome }: RowDifference,
  isPerRun: boolean,
): string {
  const short = (total: number | null, runs: number): string =>
    total === null ? unknownMark : formatShort(isPerRun ? total / runs : total);
  return `${short(a, outcome.a.runs)} → ${short(b, outcome.b.runs)}`;
}

function countOf(total: number | null, runs: number, isPerRun: boolean): string {
  if (total === null) return unknownMark;
  return isPerRun ? formatRate(total / runs) : formatCount(total);
}

/** `only in A: shared-durable (certain, in 2 of 5 runs)`. */
export function causesText({ a, b }: OnlyIn<CauseSeen>, { outcome }: RowDifference): string {
  const cause = ({ id, confidence, runs }: CauseSeen, of: number): string =>
    `${id} (${confidence}${of === 1 ? '' : `, in ${formatCount(runs)} of ${plural(of, 'run')}`})`;
  return onlyText(
    a.map((one) => cause(one, outcome.a.runs)),
    b.map((one) => cause(one, outcome.b.runs)),
  );
}

/** `only in B: the drain is incomplete`. */
export function reasonsText({ a, b }: OnlyIn<Reason>): string {
  return onlyText(a.map(reasonText), b.map(reasonText));
}

function onlyText(a: readonly string[], b: readonly string[]): string {
  const parts = [
    ['A', a],
    ['B', b],
  ] as const;
  return parts
    .filter(([, items]) => items.length > 0)
    .map(([side, items]) => `only in ${side}: ${items.join(', ')}`)
    .join('; ');
}

/** `handled/s 812 in A, 1,020 in B: 1.26 times (95 % interval 1.20 to 1.31)`; what is said of several is said once. */
export function speedsText(speeds: readonly SpeedDifference[]): string {
  const clauses = new Map<string, string[]>();
  for (const speed of speeds) {
    const clause = resultText(speed);
    clauses.set(clause, [...(clauses.get(clause) ?? []), valuesText(speed)]);
  }
  return [...clauses].map(([clause, values]) => `${values.join(', ')}${clause}`).join('; ');
}

function valuesText({ figure, a, b, result }: SpeedDifference): string {
  const format = figure === 'throughput.handledPerSecond' ? formatRate : formatMs;
  if (result === 'same') return `${speedNames[figure]} ${format(a)} in both`;
  return `${speedNames[figure]} ${format(a)} in A and ${format(b)} in B`;
}

function resultText({ a, b, ratio, result }: SpeedDifference): string {
  switch (result) {
    case 'same':
      return '';
    case 'one-run':
      return ': one run of a side proves no difference in speed (--repeat)';
    case 'unknown':
      return `: not compared, since ${a === null || b === null ? 'one is not known' : 'a value of 0 has no ratio'}`;
    case 'clocks':
      return ': not compared, since one is in virtual time';
    case 'none-seen':
    case 'differs': {
      const { ratio: factor, low95, high95 } = ratio!;
      const span = low95 === high95 ? 'exactly' : `95 % interval ${formatFactor(low95)} to ${formatFactor(high95)}`;
      return `: ${result === 'differs' ? '' : 'no difference seen, '}${formatFactor(factor)} times (${span})`;
    }
  }
}

/** In few characters: `1.26×`. */
export function speedInShort({ ratio, result }: SpeedDifference): string {
  switch (result) {
    case 'differs':
      return `${formatFactor(ratio!.ratio)}×`;
    case 'none-seen':
      return 'none seen';
    case 'one-run':
      return 'one run';
    case 'same':
      return 'same';
    case 'unknown':
    case 'clocks':
      return unknownMark;
  }
}

export const differenceWords = {
  title: 'two reports side by side',
  beforehand: 'What differs beforehand',
  onlyIn: (side: 'A' | 'B'): string => `Rows only in ${side}`,
  alike: 'No difference seen',
  violations: { total: 'violations', perRun: 'violations a run', perRunInShort: 'viol. a run' },
  notes: {
    speed:
      'handled/s, p99: B by A, where the 95 % interval of the ratio excludes 1; none seen: it does not; one run: proves no difference.',
    chance: 'Of 20 figures that are alike, about one interval excludes 1 by chance.',
    counts: 'Counts vary from run to run; only in virtual time, with one load and seed, are they exact.',
  },
} as const;
