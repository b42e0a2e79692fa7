/**
 * Writes the part of a query that counts overlaps: pairs of handlings of different versions of one aggregate whose
 * intervals intersect. It counts them as a sweep over starts and finishes: where a handling starts, those that run are
 * the starts before it without the finishes before it. So the cost grows with the lines, and not with their pairs. A
 * handling of no duration runs at no time, and meets those that do.
 */
import { unitOf } from './log-lines.js';
import type { LogQuery } from './query.js';

/** The CTEs `steps` and `starts`. */
export function findOverlaps(query: LogQuery): string {
  const unit = unitOf(query);
  const before = (partition: string): string =>
    `coalesce(sum(step) OVER (PARTITION BY ${partition} ORDER BY moment, step ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)`;
  return `-- What changes the number of running handlings: a start by 1, a finish by -1, a handling of no duration by 0.
-- At one moment finishes come first, so that handlings that only touch do not overlap.
steps AS (
  SELECT ${unit}, version, started AS moment, CASE WHEN started = finished THEN 0 ELSE 1 END AS step
  FROM usable_lines WHERE started <= finished
  UNION ALL
  SELECT ${unit}, version, finished AS moment, -1 AS step
  FROM usable_lines WHERE started < finished
),
-- How many handlings were running before each step: of the aggregate, and of the same version.
running AS (
  SELECT
    ${unit}, step,
    ${before(unit)} AS of_unit,
    ${before(`${unit}, version`)} AS of_version
  FROM steps
)`;
}
