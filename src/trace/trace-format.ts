/**
 * The format of a trace file: one JSON object a line; a file holds one *segment* for each row of the report, from its
 * `header` to its `end`. docs/TRACE.md describes every line; here are the names, the limits that writer and reader
 * share, and the types of the two lines that are not observations.
 */
import type { Claims } from '../domain/report/claims.js';
import type { Drain } from '../domain/drain.js';
import type { ErrorCode } from '../domain/errors.js';
import type { Stage } from '../domain/observation.js';
import type { BrokerInfo, ClientInfo, RunError, RunReport, RunRow } from '../domain/report/run-report.js';
import type { BrokerKind } from '../domain/broker/registry.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import type { Topology } from '../domain/topology.js';

/** Every header says this, so that no other NDJSON file is taken for a trace. */
export const traceFormat = 'eventbus-bench-trace';

/** Changes when a line of an older version would be read wrongly. */
export const traceFormatVersion = 4;

export const lineKinds = [
  'header',
  'names',
  'publish',
  'publish-result',
  'delivery',
  'submit',
  'attempt',
  'finish',
  'ack',
  'event',
  'hole',
  'end',
] as const;
export type LineKind = (typeof lineKinds)[number];

/**
 * How long, in stamps, a delivery waits for its submit, or an attempt for its end, before its line is written without
 * it: at least this long, and less than twice as long.
 */
export const patienceStamps = 65_536;

/**
 * A line names a delivery by its id only if it was delivered fewer stamps ago than this; otherwise it repeats the
 * delivery.
 */
export const referenceReachStamps = 262_144;

/** How the report names a row, and its place among all rows of the run. */
export interface TraceRow extends Pick<RunRow, 'id' | 'durable' | 'strategy' | 'repeat' | 'point' | 'clock'> {
  /** null where it is not known. */
  readonly mode: RunRow['mode'] | null;
  readonly broker: BrokerKind;
  /** From 0. */
  readonly index: number;
}

/** The run that a segment belongs to, as its report has it. */
export type TraceRun = Pick<RunReport, 'tool' | 'command' | 'replay' | 'startedAt' | 'environment'>;

/** What the checker has to know of a history that was recorded without a scenario, which would say it otherwise. */
export interface TraceRecord {
  readonly orderScope: Scenario['orderScope'];
  /** Stages of which the history has observations. */
  readonly stages: readonly Stage[];
}

/** What was to be run or, where nothing was, how the history was recorded. */
export type TraceOrigin =
  | { readonly scenario: Scenario; readonly record?: undefined }
  | { readonly scenario: null; readonly record: TraceRecord };

/** What a header says beside its kind, format and format version. */
export type TraceHeader = TraceOrigin & TraceHeaderFields;

interface TraceHeaderFields {
  readonly run: TraceRun;
  readonly row: TraceRow;
  /** Every row that the run was going to have, this one included, in their order. */
  readonly plannedRows: readonly TraceRow[];
  /** What the row was set up to be: what its judge reads beside what was observed. */
  readonly claims: Claims;
  readonly topics: readonly string[];
  /** Its subscriptions, in their order, give the names of the subscriptions in observations. */
  readonly topology: Topology;
  readonly broker: BrokerInfo;
  readonly client: ClientInfo;
}

/** What an end says beside its kind and the counts of lines. */
export interface TraceEnd {
  readonly drain: Drain;
  readonly interrupted: boolean;
  /** Observations that were lost before they reached the writer. */
  readonly observationsLost: number;
  readonly durationMs: number;
  readonly wallDurationMs: number;
  readonly peakRssBytes: number | null;
  readonly error: (RunError & { readonly code: ErrorCode }) | null;
}
