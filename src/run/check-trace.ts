/**
 * Judges the trace of a run, for the command `check`. Each segment goes through the same checker, latency recorder,
 * judge and diagnosis as in the live run, so its row equals the live row. A truncated segment is judged as far as it
 * goes and is never a pass. A planned row that is missing in the trace is in the report as inconclusive.
 */
import type { Readable } from 'node:stream';
import { sweepSeries } from '../comparison/sweep-series.js';
import type { Drain } from '../domain/drain.js';
import { UsageError } from '../domain/errors.js';
import { stages, type Names, type ObservationSink } from '../domain/observation.js';
import type { Progress } from '../domain/progress.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import type { Topology } from '../domain/topology.js';
import { rowsOfRun } from '../gate/rows-of-run.js';
import { FanOut } from '../observation/fan-out.js';
import type { TraceSegment } from '../trace/segment-reader.js';
import type { TraceHeader, TraceRow } from '../trace/trace-format.js';
import { readTrace, type TraceVisitor } from '../trace/trace-reader.js';
import { RowObserver } from './row/row-observer.js';
import { runGroups } from '../report/repeats/repeat-groups.js';

export interface CheckTraceOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Called with one sentence for each fault of the file that leaves a part of it to judge. */
  readonly onTrouble?: (sentence: string) => void;
  readonly signal?: AbortSignal;
  /** Read in place of the file; the path is then only the name of it in messages. */
  readonly input?: Readable;
}

/**
 * @throws {UsageError} if the file cannot be read or is no trace
 * @throws {InterruptedError} once the signal is aborted
 */
export async function checkTrace(path: string, options: CheckTraceOptions = {}): Promise<RunReport> {
  const check = new TraceCheck(options);
  await readTrace(path, check, { signal: options.signal, input: options.input, onBlock: () => check.reportProgress() });
  return check.report(path);
}

class TraceCheck implements TraceVisitor {
  readonly #options: CheckTraceOptions;
  readonly #rows: RunRow[] = [];
  #first: TraceHeader | null = null;
  #last: TraceSegment | null = null;
  #current: SegmentCheck | null = null;

  constructor(options: CheckTraceOptions) {
    this.#options = options;
  }

  begin(header: TraceHeader, names: Names): ObservationSink {
    this.#first ??= header;
    this.#current = new SegmentCheck(header, names);
    return this.#current.sink;
  }

  async end(segment: TraceSegment): Promise<void> {
    const { row } = segment.header;
    if (segment.truncation !== null) this.#options.onTrouble?.(`row ${row.id}: ${segment.truncation}`);
    this.#rows.push(await this.#current!.row(segment));
    this.#last = segment;
  }

  reportProgress(): void {
    if (this.#current !== null) this.#options.onProgress?.(this.#current.progress());
  }

  async report(path: string): Promise<RunReport> {
    const header = this.#first;
    if (header === null) throw new UsageError(`the trace ${path} has no row`, 'record it again');
    await this.#addMissingRows(header);
    return {
      schemaVersion: '2.0',
      ...header.run,
      seed: header.scenario?.seed ?? null,
      scenario: header.scenario,
      runs: this.#rows,
      groups: runGroups(this.#rows),
      comparison: null,
      sweeps: sweepSeries(this.#rows),
    };
  }

  /** Adds planned rows that the trace lacks, unless the run itself ended early by an error or an interrupt. */
  async #addMissingRows(header: TraceHeader): Promise<void> {
    const end = this.#last?.end ?? null;
    if (end !== null && (end.error !== null || end.interrupted)) return;
    const present = new Set(this.#rows.map((row) => row.id));
    // Repeats may have been planned while the run went on, so the last header lists the most rows.
    const { plannedRows } = this.#last?.header ?? header;
    for (const planned of plannedRows) {
      if (present.has(planned.id)) continue;
      this.#options.onTrouble?.(`row ${planned.id}: ${missingRow}`);
      this.#rows.push(await rowWithoutSegment(header, planned));
    }
  }
}

const missingRow = 'the trace ends before this row begins';

/** Observes one segment and makes its row. */
class SegmentCheck {
  readonly sink: ObservationSink;
  readonly #header: TraceHeader;
  readonly #observer: RowObserver;
  readonly #begunAtMs = performance.now();

  constructor(header: TraceHeader, names: Names) {
    this.#header = header;
    this.#observer = observerOf(header, header.row, names);
    this.sink = new FanOut([...this.#observer.sinks]);
  }

  progress(): Progress {
    const { row, plannedRows, scenario } = this.#header;
    return {
      round: 'rows',
      rowId: row.id,
      rowIndex: row.index,
      rowsTotal: scenario === null ? plannedRows.length : rowsOfRun(scenario, plannedRows.at(-1)?.repeat),
      ...this.#observer.progress,
      publishTotal: scenario === null ? 0 : scenario.aggregates * scenario.versions,
      elapsedMs: performance.now() - this.#begunAtMs,
      phase: 'running',
    };
  }

  row(segment: TraceSegment): Promise<RunRow> {
    const { row, broker, client } = this.#header;
    const { end, truncation } = segment;
    return this.#observer.row({
      broker,
      client,
      drain: truncation === null && end !== null ? end.drain : cutShort(segment),
      ending: {
        notRun: end?.error?.code === 'unsupported' ? end.error.message : null,
        interrupted: end?.interrupted ?? false,
        truncated: truncation !== null || (end !== null && end.observationsLost > 0),
        truncation,
      },
      durationMs: end?.durationMs ?? segment.lastAtMs,
      wallDurationMs: end?.wallDurationMs ?? (row.clock === 'wall' ? segment.lastAtMs : 0),
      peakRssBytes: end?.peakRssBytes ?? null,
      error: end?.error ?? null,
    });
  }
}

/** The observer of a row. A trace without a scenario has the order scope in its record, and allows no anomaly. */
function observerOf(header: TraceHeader, row: TraceRow, names: Names): RowObserver {
  const { claims, topology, scenario, record } = header;
  const identity = { ...row, mode: row.mode ?? modeOf(topology) };
  const known = scenario ?? { orderScope: record.orderScope, allow: [] };
  return new RowObserver({ identity, names, claims, topology, scenario: known, stages: record?.stages ?? stages });
}

/** Infers the mode from the number of subscriptions, for a trace that does not state it. */
function modeOf({ subscriptions }: Topology): RunRow['mode'] {
  return subscriptions.length > 1 ? 'multi' : 'single';
}

/** The drain of a run whose end was not recorded. It is incomplete, so events not seen are not counted as lost. */
function cutShort(segment: TraceSegment | null): Drain {
  return {
    complete: false,
    reason: 'its end is not in the trace',
    brokerLost: segment?.end?.drain.brokerLost ?? false,
    givenUp: segment?.end?.drain.givenUp ?? 0,
  };
}

function rowWithoutSegment(header: TraceHeader, planned: TraceRow): Promise<RunRow> {
  const { client } = header;
  const broker =
    planned.broker === header.row.broker ? header.broker : { kind: planned.broker, version: null, url: null };
  const names: Names = { aggregates: [], topics: header.topics, subscriptions: [] };
  return observerOf(header, planned, names).row({
    broker,
    client,
    drain: cutShort(null),
    ending: { notRun: null, interrupted: false, truncated: true, truncation: missingRow },
    durationMs: 0,
    wallDurationMs: 0,
    peakRssBytes: null,
    error: null,
  });
}
