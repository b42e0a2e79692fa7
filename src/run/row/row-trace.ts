/**
 * Writes the trace of a run: one segment for each row, begun when the row's broker is known and ended with the row.
 * Warm-up rows are not traced.
 */
import type { BrokerInfo, ClientInfo, RunRow } from '../../domain/report/run-report.js';
import { TraceFile } from '../../trace/trace-file.js';
import type { TraceRow, TraceRun } from '../../trace/trace-format.js';
import { TraceWriter } from '../../trace/trace-writer.js';
import { claimsOfPlan } from './claims-of-plan.js';
import type { Execution } from '../bench/execution.js';
import type { RowPlan } from './row-plan.js';

export class RunTrace {
  readonly #file: TraceFile;
  readonly #run: TraceRun;
  #plannedRows: readonly TraceRow[] = [];

  /** @throws {UsageError} if the file cannot be written */
  constructor(path: string, run: TraceRun) {
    this.#file = new TraceFile(path);
    this.#run = run;
  }

  /** Adds rows that are going to be run to the list of planned rows. */
  plan(plans: readonly RowPlan[]): void {
    this.#plannedRows = [...this.#plannedRows, ...plans.map((plan) => ({ ...plan.identity, index: plan.index }))];
  }

  begin(plan: RowPlan, broker: BrokerInfo, client: ClientInfo): TraceWriter {
    const header = {
      run: this.#run,
      scenario: plan.scenario,
      row: this.#plannedRows[plan.index]!,
      plannedRows: this.#plannedRows,
      claims: claimsOfPlan(plan),
      topics: plan.names.topics,
      topology: plan.topology,
      broker,
      client,
    };
    return new TraceWriter(this.#file, header, plan.names);
  }

  end(writer: TraceWriter, execution: Execution, row: RunRow): void {
    const { drain, interrupted, observationsLost, error } = execution;
    writer.close({
      drain,
      interrupted,
      observationsLost,
      durationMs: row.durationMs,
      wallDurationMs: row.wallDurationMs,
      peakRssBytes: row.peakRssBytes,
      error: error === null ? null : { code: error.code, message: error.message, wayOut: error.wayOut },
    });
  }

  /** Writes what is pending. */
  flush(): void {
    this.#file.flush();
  }

  /** @throws {UsageError} if not everything could be written */
  close(): void {
    this.#file.close();
  }
}
