/** Makes the table of a comparison, with one row for each candidate over all its repeats. */
import type { Candidate, Comparison, Ratio95 } from '../../../domain/report/comparison.js';
import type { ProbeOutcome } from '../../../domain/report/probe.js';
import { formatCount, formatPercent, plural, unknownMark } from '../../../text/numbers.js';
import { anomalyCell, countCell, msCell, rateCell, statusOf } from '../model/figures.js';
import type { Clock } from '../model/note.js';
import type { Cell, Column, Row, Table } from '../model/table.js';

export type CandidateColumn =
  | 'strategy'
  | 'outcome'
  | 'probe'
  | 'ordered'
  | 'regressions'
  | 'atRisk'
  | 'duplicates'
  | 'lost'
  | 'others'
  | 'handledPerSecond'
  | 'byBaseline'
  | 'p50'
  | 'p99'
  | 'running'
  | 'held';

export function candidateTable({ candidates, baseline, probe }: Comparison, clock: Clock): Table<CandidateColumn> {
  const columns = columnsOf(
    candidates.some(({ others }) => others > 0),
    probe?.handlerFailShare ?? null,
  );
  return {
    columns: columns.map((column) =>
      clock === 'virtual' && times.has(column.id) ? { ...column, over: 'virtual' } : column,
    ),
    rows: candidates.map((one) => cellsOf(one, baseline)),
  };
}

/** The columns that are measured by a clock. */
const times: ReadonlySet<CandidateColumn> = new Set(['handledPerSecond', 'p50', 'p99']);

/** @param probed share of handlings that failed in the probe; null: there was none */
function columnsOf(hasOthers: boolean, probed: number | null): Column<CandidateColumn>[] {
  const figure = (id: CandidateColumn, title: string): Column<CandidateColumn> => ({ id, title, align: 'right' });
  return [
    { id: 'strategy', title: 'strategy', align: 'left' },
    { id: 'outcome', title: 'outcome', align: 'left' },
    { id: 'ordered', title: 'ordered', align: 'left', detailOf: 'outcome' },
    ...(probed === null
      ? []
      : [{ id: 'probe', title: `${formatPercent(probed)} fail`, align: 'left' } satisfies Column<CandidateColumn>]),
    { ...figure('regressions', 'regressions'), short: 'regress.' },
    figure('atRisk', 'at risk'),
    { ...figure('duplicates', 'duplicates'), short: 'dupl.' },
    figure('lost', 'lost'),
    ...(hasOthers ? [figure('others', 'others')] : []),
    figure('handledPerSecond', 'handled/s'),
    { ...figure('byBaseline', 'by baseline'), short: '× base' },
    figure('p50', 'p50 ms'),
    figure('p99', 'p99 ms'),
    figure('running', 'running'),
    figure('held', 'held'),
  ];
}

function cellsOf(one: Candidate, baseline: string): Row<CandidateColumn> {
  return {
    strategy: { text: one.name, marks: marksOf(one) },
    outcome: outcomeOfRuns(one),
    probe: probeCell(one.probe),
    ordered: orderedRuns(one),
    regressions: anomalyCell(one.regressions),
    atRisk: countCell(one.atRiskPairs),
    duplicates: anomalyCell(one.duplicates),
    lost: anomalyCell(one.lost),
    others: anomalyCell(one.others),
    handledPerSecond: rateCell(one.handledPerSecond),
    byBaseline: one.name === baseline ? { text: 'baseline', short: 'base' } : speedCell(one.relativeSpeed),
    p50: msCell(one.p50Ms),
    p99: msCell(one.p99Ms),
    running: rateCell(one.handlersMean),
    held: countCell(one.heldMax),
  };
}

function marksOf({ isParetoOptimal, repairs }: Candidate): NonNullable<Cell['marks']> {
  return [...(isParetoOptimal ? (['★'] as const) : []), ...(repairs === 'behind a fault' ? (['†'] as const) : [])];
}

/**
 * `violated in 2 of 3 runs`, in short `violated 2/3`: the number of runs that came out so, with the others as the
 * detail. Of a report that did not count the violated ones: `violated (1 of 3 ordered)`, in short the bare outcome.
 */
function outcomeOfRuns({ outcome, runs, runsOrdered, runsViolated }: Candidate): Cell {
  const status = statusOf(outcome);
  if (runs === 1) return { text: outcome, status };
  if (runsViolated === null && outcome !== 'ordered')
    return { text: `${outcome} (${runsOrdered} of ${runs} ordered)`, short: outcome, status };
  const violated = runsViolated ?? 0;
  const found = { violated, inconclusive: runs - runsOrdered - violated, ordered: runsOrdered };
  const others = (['violated', 'inconclusive', 'ordered'] as const).filter((one) => one !== outcome && found[one] > 0);
  const detail = others.map((one) => `${formatCount(found[one])} ${one}`).join(', ');
  return {
    text: `${outcome} in ${formatCount(found[outcome])} of ${plural(runs, 'run')}`,
    short: `${outcome} ${found[outcome]}/${runs}`,
    status,
    ...(detail !== '' && { detail }),
  };
}

/**
 * How it came out where a few handlers fail. Violated: the number of violations. Ordered: how what failed was handled
 * again, `42 retried` (in place) or `41 again` (delivered again).
 */
function probeCell(found: ProbeOutcome | null): Cell {
  if (found === null) return { text: unknownMark, tone: 'aside' };
  return { text: probeText(found), status: statusOf(found.outcome) };
}

function probeText({ outcome, violations, retries, redone }: ProbeOutcome): string {
  if (outcome === 'violated') return formatCount(violations);
  if (outcome === 'inconclusive') return 'unclear';
  const again = [
    ...(retries > 0 ? [`${formatCount(retries)} retried`] : []),
    ...(redone > 0 ? [`${formatCount(redone)} again`] : []),
  ];
  return again.length === 0 ? 'held' : again.join(', ');
}

/** `3/5`: so many of the runs were ordered. */
function orderedRuns({ outcome, runs, runsOrdered, notRun }: Candidate): Cell {
  const text = notRun === null ? `${formatCount(runsOrdered)}/${formatCount(runs)}` : 'not run';
  return { text, status: statusOf(outcome) };
}

/** `1.05 (1.02–1.08)`, in short `1.05`. */
function speedCell(speed: Ratio95 | null): Cell {
  if (speed === null) return { text: unknownMark };
  const digits = (value: number): string => (value < 0.1 ? value.toFixed(3) : value.toFixed(2));
  const short = digits(speed.ratio);
  if (speed.low95 === null || speed.high95 === null) return { text: short };
  return { text: `${short} (${digits(speed.low95)}–${digits(speed.high95)})`, short };
}
