/** Makes the table of a comparison, with one row for each candidate over all its repeats. */
import type { Candidate, Comparison, Ratio95 } from '../../../domain/report/comparison.js';
import { unknownMark } from '../../../text/numbers.js';
import { anomalyCell, countCell, msCell, rateCell, statusOf } from '../model/figures.js';
import type { Cell, Column, Row, Table } from '../model/table.js';

export type CandidateColumn =
  | 'strategy'
  | 'outcome'
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

export function candidateTable({ candidates, baseline }: Comparison): Table<CandidateColumn> {
  return {
    columns: columnsOf(candidates.some(({ others }) => others > 0)),
    rows: candidates.map((one) => cellsOf(one, baseline)),
  };
}

function columnsOf(hasOthers: boolean): Column<CandidateColumn>[] {
  const figure = (id: CandidateColumn, title: string): Column<CandidateColumn> => ({ id, title, align: 'right' });
  return [
    { id: 'strategy', title: 'strategy', align: 'left' },
    { id: 'outcome', title: 'outcome', align: 'left' },
    { ...figure('regressions', 'regressions'), short: 'regress.' },
    figure('atRisk', 'at risk'),
    { ...figure('duplicates', 'duplicates'), short: 'dupl.' },
    figure('lost', 'lost'),
    ...(hasOthers ? [figure('others', 'others')] : []),
    figure('handledPerSecond', 'handled/s'),
    figure('byBaseline', 'by baseline'),
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
    regressions: anomalyCell(one.regressions),
    atRisk: countCell(one.atRiskPairs),
    duplicates: anomalyCell(one.duplicates),
    lost: anomalyCell(one.lost),
    others: anomalyCell(one.others),
    handledPerSecond: rateCell(one.handledPerSecond),
    byBaseline: { text: one.name === baseline ? 'baseline' : speedText(one.relativeSpeed) },
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

/** `1.05 (1.02–1.08)`. */
function speedText(speed: Ratio95 | null): string {
  if (speed === null) return unknownMark;
  const digits = (value: number): string => (value < 0.1 ? value.toFixed(3) : value.toFixed(2));
  if (speed.low95 === null || speed.high95 === null) return digits(speed.ratio);
  return `${digits(speed.ratio)} (${digits(speed.low95)}–${digits(speed.high95)})`;
}
