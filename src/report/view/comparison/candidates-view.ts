/** Makes the table of a comparison, with one row for each candidate over all its repeats. */
import type { Candidate, Comparison, Ratio95 } from '../../../domain/report/comparison.js';
import { formatCount, unknownMark } from '../../../text/numbers.js';
import { anomalyCell, countCell, msCell, rateCell, statusOf } from '../model/figures.js';
import type { Clock } from '../model/note.js';
import type { Cell, Column, Row, Table } from '../model/table.js';

export type CandidateColumn =
  | 'strategy'
  | 'outcome'
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

export function candidateTable({ candidates, baseline }: Comparison, clock: Clock): Table<CandidateColumn> {
  return {
    columns: columnsOf(candidates.some(({ others }) => others > 0)).map((column) =>
      clock === 'virtual' && times.has(column.id) ? { ...column, over: 'virtual' } : column,
    ),
    rows: candidates.map((one) => cellsOf(one, baseline)),
  };
}

/** The columns that are measured by a clock. */
const times: ReadonlySet<CandidateColumn> = new Set(['handledPerSecond', 'p50', 'p99']);

function columnsOf(hasOthers: boolean): Column<CandidateColumn>[] {
  const figure = (id: CandidateColumn, title: string): Column<CandidateColumn> => ({ id, title, align: 'right' });
  return [
    { id: 'strategy', title: 'strategy', align: 'left' },
    { id: 'outcome', title: 'outcome', align: 'left' },
    { id: 'ordered', title: 'ordered', align: 'left', detailOf: 'outcome' },
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

/** `violated (1 of 3 ordered)`; in short with the number of runs that were not ordered, `violated 2/3`. */
function outcomeOfRuns({ outcome, runs, runsOrdered }: Candidate): Cell {
  const alike = outcome === 'ordered' ? runsOrdered : runs - runsOrdered;
  return {
    text: `${outcome} (${runsOrdered} of ${runs} ordered)`,
    short: runs > 1 ? `${outcome} ${alike}/${runs}` : outcome,
    status: statusOf(outcome),
  };
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
