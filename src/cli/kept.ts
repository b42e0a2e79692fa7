/** Says what is kept of an interrupted run, where, and how to go on: one sentence, and a line for each thing to do. */
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import { isCutShort } from '../domain/report/cut-short.js';
import { shellCommand } from '../report/words/shell-command.js';
import { traitsOf, type BrokerKind } from '../domain/broker/registry.js';
import { whereOf, whereOfKafka, type Connections } from '../run/connection.js';
import { plural } from '../text/numbers.js';

export interface Kept {
  readonly runs: readonly RunRow[];
  /** null: the number of rows is not known. */
  readonly rowsPlanned: number | null;
  /** null: no report was written. */
  readonly reportPath: string | null;
  /** null: no trace was asked for. */
  readonly trace: string | null;
  /** Servers on which the run may have left something. */
  readonly leftOn: readonly ServerLeft[];
  /** The command that repeats the run. */
  readonly replay: string;
}

export interface ServerLeft {
  readonly where: string;
  /** The arguments by which `clean` finds it. */
  readonly clean: readonly string[];
}

/** A report of an interrupted run lists so many aggregates at most, the worst of each row, to be written in no time. */
const aggregatesKept = 5_000;
const aggregatesOfRowKept = 100;

/** The report with the worst aggregates of each row only; the row's numbers are those of all. */
export function shortened(report: RunReport): RunReport {
  const ofRow = Math.max(1, Math.min(aggregatesOfRowKept, Math.floor(aggregatesKept / report.runs.length)));
  return { ...report, runs: report.runs.map((row) => ({ ...row, aggregates: row.aggregates.slice(0, ofRow) })) };
}

/** The servers of a run that the user named: on them a run that is ended in its midst leaves what it made. */
export function serversLeft(brokers: readonly BrokerKind[], { nats, kafka }: Connections): readonly ServerLeft[] {
  const servers = new Set(brokers.map((broker) => traitsOf(broker).server));
  const left: ServerLeft[] = [];
  if (nats !== null && servers.has('nats')) {
    const where = whereOf(nats);
    left.push({ where, clean: ['--nats-url', where] });
  }
  if (kafka !== null && servers.has('kafka')) {
    const where = whereOfKafka(kafka);
    left.push({ where, clean: ['--kafka-brokers', where] });
  }
  return left;
}

export function keptWords(kept: Kept): string {
  const { trace, leftOn, replay } = kept;
  return [
    sentenceOf(kept),
    ...(trace === null ? [] : [`  the trace so far is in ${trace}: ${shellCommand(['check', trace])}`]),
    ...leftOn.map(
      ({ where, clean }) =>
        `  what this run made on ${where} may be left; this removes it: ${shellCommand(['clean', ...clean])}`,
    ),
    `  to start over: ${replay}`,
  ].join('\n');
}

function sentenceOf({ runs, rowsPlanned, reportPath }: Kept): string {
  if (runs.length === 0) return 'interrupted before any row had ended: no report was written';
  const cutShort = runs.filter(isCutShort).length;
  const ended = runs.length - cutShort;
  const notRun = rowsPlanned === null ? 0 : rowsPlanned - runs.length;
  const parts = [
    ...(ended > 0 ? [`${plural(ended, 'row')} that had ended`] : []),
    ...(cutShort > 0 ? [`${plural(cutShort, 'row')} as far as it had got`] : []),
  ];
  const rest = notRun > 0 ? `; ${plural(notRun, 'row')} had not ended` : '';
  if (reportPath === null) return `interrupted: the report could not be kept${rest}`;
  return `interrupted: ${reportPath} keeps ${parts.join(' and ')}${rest}`;
}
