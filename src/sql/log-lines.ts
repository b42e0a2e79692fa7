/**
 * Writes the part of a query that reads the log: its columns under the names that the definitions use, and the lines
 * that can be judged.
 */
import type { LogQuery } from './query.js';

/** The columns that tell one unit from another: the aggregate, within its topic if there are topics. */
export function unitOf({ columns }: LogQuery): string {
  return columns.topic === null ? 'aggregate' : 'topic, aggregate';
}

/** `topic` and its like, where the log has it. */
function selected(column: string | null, name: string): readonly string[] {
  return column === null ? [] : [`    ${column} AS ${name}`];
}

/** The CTEs `log_lines` and `usable_lines`. */
export function readLines(query: LogQuery): string {
  const { columns, dialect, table } = query;
  const lines = [
    ...selected(columns.topic, 'topic'),
    ...selected(columns.aggregate, 'aggregate'),
    ...selected(dialect.wholeNumber(columns.version), 'version'),
    ...selected(columns.id, 'id'),
    ...selected(columns.place, 'place'),
    ...selected(columns.start, 'started'),
    ...selected(columns.finish, 'finished'),
  ];
  return `-- The log, by the names of the definitions. A line is one observation: one handling of a version.
log_lines AS (
  SELECT
${lines.join(',\n')}
  FROM ${table} AS log
),
-- The lines that can be judged: with an aggregate, a version that is a whole number, and a place in the order.
usable_lines AS (
  SELECT * FROM log_lines
  WHERE aggregate IS NOT NULL AND version IS NOT NULL AND place IS NOT NULL
)`;
}
