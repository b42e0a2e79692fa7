/** Makes the tables of a sweep: one for each row of the scenario and swept field, with one line for each value. */
import type { SweepFigures, SweepSeries } from '../../../domain/scenario/sweep.js';
import { boundNotes } from '../../words/run-bound-text.js';
import { countCell, msCell, outcomeCell, rateCell, statusOf } from '../model/figures.js';
import { concurrencyNote, type Clock, type Note } from '../model/note.js';
import type { Column, Row, Table } from '../model/table.js';

export type SweepColumn =
  'value' | 'outcome' | 'regressions' | 'atRisk' | 'handledPerSecond' | 'p50' | 'p99' | 'running' | 'held';

export interface SweepsView {
  readonly series: readonly SeriesView[];
  readonly notes: readonly Note[];
  /** The notes that the tables cannot do without. */
  readonly brief: readonly Note[];
}

/** One row of the scenario along the values of one field. */
export interface SeriesView {
  readonly name: string;
  readonly field: string;
  readonly table: Table<SweepColumn>;
}

export function sweepsView(sweeps: readonly SweepSeries[], clock: Clock): SweepsView {
  return {
    series: sweeps.map((series) => seriesView(series, clock)),
    notes: notesOf(sweeps, clock),
    brief: [{ text: perRunNote }, { text: 'p99: from publish to handled; held: events in the bus at once' }],
  };
}

function seriesView({ field, name, points }: SweepSeries, clock: Clock): SeriesView {
  return { name, field, table: { columns: columnsOf(field, clock), rows: points.map(cellsOf) } };
}

function columnsOf(field: string, clock: Clock): Column<SweepColumn>[] {
  const figure = (id: SweepColumn, title: string): Column<SweepColumn> => ({ id, title, align: 'right' });
  const time = (id: SweepColumn, title: string): Column<SweepColumn> => ({
    ...figure(id, title),
    ...(clock === 'virtual' && { over: 'virtual' }),
  });
  return [
    figure('value', field),
    { id: 'outcome', title: 'outcome', align: 'left' },
    { ...figure('regressions', 'regressions a run'), short: 'regress.' },
    figure('atRisk', 'at risk'),
    time('handledPerSecond', 'handled/s'),
    time('p50', 'p50 ms'),
    time('p99', 'p99 ms'),
    figure('running', 'running'),
    figure('held', 'held'),
  ];
}

function cellsOf(point: SweepFigures): Row<SweepColumn> {
  const regressions = point.regressionsPerRun?.value ?? null;
  return {
    value: { text: point.value },
    outcome: outcomeCell(statusOf(point.outcome)),
    regressions: { ...rateCell(regressions), tone: regressions === 0 ? 'aside' : 'bad' },
    atRisk: countCell(point.atRiskPairs),
    handledPerSecond: rateCell(point.handledPerSecond),
    p50: msCell(point.p50Ms),
    p99: msCell(point.p99Ms),
    running: rateCell(point.handlersMean),
    held: countCell(point.heldMax),
  };
}

const perRunNote = 'regress.: a run, on average; at risk: pairs of all runs that could have gone wrong';

function notesOf(sweeps: readonly SweepSeries[], clock: Clock): Note[] {
  const points = sweeps.flatMap((series) => series.points);
  return [{ text: perRunNote }, ...boundNotes(points).map((text) => ({ text })), concurrencyNote(clock)];
}
