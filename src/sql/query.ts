/**
 * Says what a query is written for: the log as a table, which of its columns is what, and how its versions run. A line
 * of the log is one observation, so one handling of a version.
 */
import type { Dialect } from './dialect.js';

/** Columns of the log, each as it stands in the query; null: the log has none. */
export interface LogColumns {
  readonly aggregate: string;
  readonly version: string;
  /** What tells events of the same version apart, where versions only rise. */
  readonly id: string | null;
  readonly topic: string | null;
  /** By which lines are ordered. */
  readonly place: string;
  /** When the handling began and ended; both, or neither. */
  readonly start: string | null;
  readonly finish: string | null;
}

export interface LogQuery {
  readonly dialect: Dialect;
  /** As it stands behind FROM. */
  readonly table: string;
  readonly columns: LogColumns;
  /** Dense versions rise by one, so one that is skipped is a gap; others only rise. */
  readonly versions: 'dense' | 'rising';
  /** The version that each aggregate begins with; null: not known, so that the first one seen has skipped nothing. */
  readonly firstVersion: bigint | null;
}
