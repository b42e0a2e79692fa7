/**
 * Writes what most people would: the naive count, as one window over the log. It counts a version that is not above the
 * highest one so far, and so does not tell a regression from a duplicate.
 */
import { readLines, unitOf } from './log-lines.js';
import { countOf } from './measures.js';
import type { LogQuery } from './query.js';

/** @returns the query, with a semicolon and a line end */
export function simpleQuery(query: LogQuery): string {
  const unit = unitOf(query);
  const untested = query.dialect.untested === null ? '' : `-- ${query.dialect.untested}\n`;
  return `${untested}-- The naive count of a log, for ${query.dialect.name}; written by eventbus-bench sql.
WITH
${readLines(query)},
-- Each line, with the highest version of its aggregate before it.
observations AS (
  SELECT
    version,
    max(version) OVER (
      PARTITION BY ${unit} ORDER BY place, version ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS highest_before
  FROM usable_lines
)
-- Naive count: a version not above the highest one so far; always regressions + duplicates.
SELECT ${countOf('version <= highest_before')} AS naive
FROM observations;
`;
}
