/** Takes from reports the rows that have timelines, for formats that are made of these. */
import { UsageError } from '../../domain/errors.js';
import { incidentsMax, timelineRowsMax, timelinesMax } from '../../domain/report/run-picture.js';
import type { JudgedReport } from '../../domain/report/gate.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { toldRun, type ToldRun } from './told-run.js';

export interface ToldRow {
  readonly report: RunReport;
  readonly row: RunRow;
  /** Its id; of one of several reports with the number of the report before it. */
  readonly name: string;
  /**
   * When it began, in milliseconds since 1970: rows are laid end to end from the start of their report, each as long
   * as it lasted in its own clock.
   */
  readonly beganAtMs: number;
  readonly told: ToldRun;
  readonly extent: ToldExtent;
}

/** How much of a row its timelines tell. */
export interface ToldExtent {
  readonly aggregatesTold: number;
  readonly aggregatesTotal: number;
  readonly deliveriesTold: number;
  /** Of the aggregates that are told. */
  readonly deliveriesLeftOut: number;
  readonly incidentsTold: number;
  readonly incidentsTotal: number;
}

/** How much the timelines of a row tell at most. */
export const extentMax = { aggregates: timelinesMax, deliveriesEach: timelineRowsMax, incidents: incidentsMax };

/** @throws {UsageError} if no row has timelines */
export function toldRows(reports: readonly JudgedReport[]): ToldRow[] {
  const rows = reports.flatMap(({ report }, index) => {
    let endedAtMs = Date.parse(report.startedAt);
    return report.runs.flatMap((row) => {
      const { timelines } = row;
      const beganAtMs = endedAtMs;
      endedAtMs += row.durationMs;
      if (timelines === null) return [];
      const name = reports.length === 1 ? row.id : `${String(index + 1)}: ${row.id}`;
      return [{ report, row, name, beganAtMs, told: toldRun(row, timelines), extent: extentOf(row) }];
    });
  });
  if (rows.length > 0) return rows;
  const [replay] = reports.map(({ report }) => report.replay).filter((command) => command !== '');
  throw new UsageError(
    'no row of the report has timelines, of which this format is made',
    `run it again with this version${replay === undefined ? '' : `: ${replay}`}; of a trace, eventbus-bench check TRACE --json makes such a report`,
  );
}

function extentOf({ timelines, aggregatesTotal }: RunRow): ToldExtent {
  const { aggregates = [], incidents = [], incidentsTotal = 0 } = timelines ?? {};
  return {
    aggregatesTold: aggregates.length,
    aggregatesTotal,
    deliveriesTold: aggregates.reduce((sum, { rows }) => sum + rows.length, 0),
    deliveriesLeftOut: aggregates.reduce((sum, { earlier, later }) => sum + earlier + later, 0),
    incidentsTold: incidents.length,
    incidentsTotal,
  };
}
