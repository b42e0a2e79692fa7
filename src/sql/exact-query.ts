/**
 * Writes the definitions of docs/CHECKER.md as one query over a log of handlings: regressions, duplicates, gaps, the
 * naive count, descents, and overlaps where the log has intervals. Its first row is the whole log; the rows below it are
 * the worst aggregates. Every measure is a sum over lines that know what came before them, so the log is sorted by
 * aggregate and place, and never joined with itself.
 */
import { readLines, unitOf } from './log-lines.js';
import { hasTies, isRegression, measuresOf, type Measure } from './measures.js';
import { findOverlaps } from './overlaps.js';
import type { LogQuery } from './query.js';

/** So many aggregates are shown below the whole log. */
const worstMax = 10;

/** @returns the query, with a semicolon and a line end */
export function exactQuery(query: LogQuery): string {
  const measures = measuresOf(query);
  const overlaps = query.columns.start === null ? [] : [findOverlaps(query)];
  const parts = [
    ...[readLines(query), knowWhatCameBefore(query), ...overlaps],
    ...[countByUnit(query, measures), sumUp(query, measures)],
  ];
  return `${heading(query)}\nWITH\n${parts.join(',\n')}\n${showTheWorst(query, measures)}${query.dialect.ending};\n`;
}

function heading({ dialect, firstVersion, versions }: LogQuery): string {
  const untested = dialect.untested === null ? [] : [dialect.untested];
  const from = firstVersion === null ? 'the first one seen of each aggregate' : String(firstVersion);
  const lines = [
    ...untested,
    `The order of each aggregate's events in a log, for ${dialect.name}; written by eventbus-bench sql.`,
    versions === 'dense'
      ? `Versions rise by one, from ${from}.`
      : 'Versions rise, by any number, so that there are no gaps.',
    `The first row is the whole log; below it are up to ${String(worstMax)} aggregates, the worst first.`,
    'A log without a regression does not prove that order is kept: nothing here says how often it was at risk.',
  ];
  return lines.map((line) => `-- ${line}`).join('\n');
}

function knowWhatCameBefore(query: LogQuery): string {
  const unit = unitOf(query);
  const nthOfEvent = hasTies(query)
    ? `    row_number() OVER (PARTITION BY ${unit}, version, id ORDER BY place) AS nth_of_event,\n`
    : '';
  const inOrder = `PARTITION BY ${unit} ORDER BY place, version ROWS BETWEEN`;
  return `-- Each line, with what had been observed of its aggregate before. Where lines share their place, their order is not
-- known: they are taken in the order of their versions, which accuses none of them.
observations AS (
  SELECT
    ${unit}, version, place,
    row_number() OVER (PARTITION BY ${unit}, version ORDER BY place) AS nth_of_version,
${nthOfEvent}    max(version) OVER (${inOrder} UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest_before,
    max(version) OVER (${inOrder} 1 PRECEDING AND 1 PRECEDING) AS version_before,
    count(*) OVER (PARTITION BY ${unit} ORDER BY place RANGE BETWEEN CURRENT ROW AND CURRENT ROW) AS at_this_place
  FROM usable_lines
)`;
}

/** The measures of each unit; what has no unit is in a row without one. */
function countByUnit(query: LogQuery, measures: readonly Measure[]): string {
  const unit = unitOf(query);
  const none = unit.replaceAll(/\w+/g, 'NULL');
  const grouped = (from: Measure['from'], first: string): string =>
    `${sumsOver(from, { measures, unit, first })}\n  GROUP BY ${unit}`;
  const parts = [
    grouped('observations', `min(CASE WHEN ${isRegression} THEN place END)`),
    ...(query.columns.start === null ? [] : [grouped('running', 'NULL')]),
    sumsOver('log_lines', { measures, unit: none, first: 'NULL' }),
  ];
  return `-- The measures, aggregate by aggregate; what belongs to none is in a row of its own.
counts AS (
${parts.join('\n  UNION ALL\n')}
)`;
}

interface Sums {
  readonly measures: readonly Measure[];
  readonly unit: string;
  /** The place of the first regression. */
  readonly first: string;
}

/** The measures that come from one CTE, each below its definition, and 0 for the others. */
function sumsOver(from: Measure['from'], { measures, unit, first }: Sums): string {
  const sums = measures.map((one) =>
    one.from === from ? `    -- ${one.definition}\n    ${one.sum} AS ${one.name}` : `    0 AS ${one.name}`,
  );
  return `  SELECT
    ${unit},
${sums.join(',\n')},
    ${first} AS first_regression_at
  FROM ${from}`;
}

function sumUp(query: LogQuery, measures: readonly Measure[]): string {
  const keys = unitOf(query)
    .split(', ')
    .map((key) => `counts.${key}`);
  return `-- The whole log, and each aggregate.
sums AS (
  SELECT
    GROUPING(counts.aggregate) AS is_all,
    ${keys.map((key) => `${key} AS ${key.replace('counts.', '')}`).join(', ')},
    ${measures.map(({ name }) => `sum(counts.${name}) AS ${name}`).join(',\n    ')},
    min(counts.first_regression_at) AS first_regression_at
  FROM counts
  GROUP BY GROUPING SETS ((), (${keys.join(', ')}))
)`;
}

/** Names are qualified, since some are words of SQL: OVERLAPS. */
function showTheWorst(query: LogQuery, measures: readonly Measure[]): string {
  const ofSums = (names: readonly string[]): readonly string[] => names.map((name) => `sums.${name}`);
  const unit = ofSums(unitOf(query).split(', '));
  const anomalies = measures.filter(({ isAnomaly }) => isAnomaly).map(({ name }) => name);
  const others = anomalies.filter((name) => name !== 'regressions');
  return `SELECT
  CASE WHEN is_all = 1 THEN 'all' ELSE 'worst' END AS scope,
  ${[...unit, ...ofSums(measures.map(({ name }) => name)), 'sums.first_regression_at'].join(',\n  ')}
FROM sums
WHERE is_all = 1 OR ${ofSums(anomalies).join(' + ')} > 0
ORDER BY is_all DESC, sums.regressions DESC, ${ofSums(others).join(' + ')} DESC, ${unit.join(', ')}
LIMIT ${String(1 + worstMax)}`;
}
