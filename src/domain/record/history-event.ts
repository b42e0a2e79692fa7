/** One event of a history that a program has in memory: the fields of a record line, as values of the language. */
import type { RecordClaim } from './record-claims.js';
import type { RecordEvent, VersionRule } from './record-fields.js';
import type { AnomalyKind } from '../scenario/scenario.js';

/** Fields mean what they mean in a record (docs/RECORD.md). Further fields are left alone. */
export interface HistoryEvent {
  readonly aggregate: string | number;
  /** An integer up to 2^63 − 1. A number beyond 2^53 is not exact: such a one is a bigint, or a decimal text. */
  readonly version: number | bigint | string;
  /** What happened. Default: `handled`. */
  readonly ev?: RecordEvent;
  readonly topic?: string;
  readonly partition?: number;
  readonly position?: number | bigint | string;
  /** From 1. */
  readonly deliveryCount?: number;
  readonly delivery?: string | number;
  readonly subscription?: string | number;
  readonly lane?: string | number;
  readonly process?: string | number;
  readonly publisher?: string | number;
  readonly source?: string;
  readonly id?: string | number;
  readonly ok?: boolean;
  /** ISO 8601, milliseconds since 1970, or a date. */
  readonly time?: string | number | Date;
  readonly error?: string;
}

export interface HistoryOptions {
  /** Default: `dense`, versions rise by one. */
  readonly versions?: VersionRule;
  /** The first version of every aggregate. Default: not known. */
  readonly firstVersion?: number;
  /** The history has its end: what was published and did not arrive is lost. Default: false. */
  readonly complete?: boolean;
  /** Anomalies that are counted and are no violation. Default: none. */
  readonly allow?: readonly AnomalyKind[];
  /** What the bus is said to guarantee. Default: nothing. */
  readonly claims?: readonly RecordClaim[];
  /** Pairs at risk below which a history is no pass. Default: 30. */
  readonly minAtRisk?: number;
}
