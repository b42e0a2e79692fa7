/**
 * Defines the columns of the result: each measure with its definition, which becomes a comment of the query, and with
 * what it sums over. The definitions are those of docs/CHECKER.md, for a log that has nothing but handlings; that of an
 * equal version with another id is in docs/RECORD.md.
 */
import type { LogQuery } from './query.js';

export interface Measure {
  readonly name: string;
  readonly definition: string;
  /** The CTE that it sums over. */
  readonly from: 'observations' | 'running' | 'log_lines';
  readonly sum: string;
  /** An aggregate that has one is among the worst. */
  readonly isAnomaly?: true;
}

/** Holds for a line of `observations` that is a regression. */
export const isRegression = 'nth_of_version = 1 AND version < highest_before';

/** Whether events that share a version can be told apart. */
export function hasTies({ columns }: LogQuery): boolean {
  return columns.id !== null;
}

/** How many lines a condition holds of: 0 of no lines on every engine, which COUNT_IF is not. */
export function countOf(condition: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END)`;
}

/** In the order of the result. */
export function measuresOf(query: LogQuery): readonly Measure[] {
  return [
    {
      name: 'aggregates',
      definition: 'The aggregates, each within its topic if there are topics.',
      from: 'observations',
      sum: '1',
    },
    { name: 'observations', definition: 'The lines that are judged.', from: 'observations', sum: 'count(*)' },
    {
      name: 'regressions',
      definition: 'Regression: the first observation of a version when a higher one had been observed already.',
      from: 'observations',
      sum: countOf(isRegression),
      isAnomaly: true,
    },
    ...furtherOf(query),
    ...gapsOf(query),
    {
      name: 'naive',
      definition: `Naive count: a version not above the highest one so far; always regressions + duplicates${hasTies(query) ? ' + ties' : ''}.`,
      from: 'observations',
      sum: countOf('version <= highest_before'),
    },
    {
      name: 'descents',
      definition: 'Descent: a version lower than that of the line before.',
      from: 'observations',
      sum: countOf('version < version_before'),
    },
    ...overlapsOf(query),
    {
      name: 'tied_lines',
      definition: 'Tied: a line that shares its place with another line of its aggregate.',
      from: 'observations',
      sum: countOf('at_this_place > 1'),
    },
    {
      name: 'unusable_lines',
      definition: 'Unusable: a line without an aggregate, a whole number as its version, or a place.',
      from: 'log_lines',
      sum: countOf('aggregate IS NULL OR version IS NULL OR place IS NULL'),
    },
  ];
}

/** Further observations of a version. */
function furtherOf(query: LogQuery): readonly Measure[] {
  const duplicates = (definition: string, sum: string): Measure => ({
    ...{ name: 'duplicates', definition, from: 'observations', sum: countOf(sum), isAnomaly: true },
  });
  if (!hasTies(query)) {
    return [duplicates('Duplicate: an observation of a version that had been observed already.', 'nth_of_version > 1')];
  }
  return [
    duplicates('Duplicate: an observation of a version that had been observed with this id.', 'nth_of_event > 1'),
    {
      name: 'ties',
      definition: 'Tie: the first observation with this id of a version that had been observed with another one.',
      from: 'observations',
      sum: countOf('nth_of_version > 1 AND nth_of_event = 1'),
    },
  ];
}

function gapsOf({ versions, firstVersion, dialect }: LogQuery): readonly Measure[] {
  if (versions === 'rising') return [];
  // The first line of an aggregate has skipped nothing, unless it is known with which version it should begin. Where it
  // began lower than that, it is followed from there.
  const before = firstVersion === null ? 'version' : `CAST(${String(firstVersion - 1n)} AS ${dialect.integer})`;
  const reached = `coalesce(highest_before, ${before})`;
  return [
    {
      name: 'gaps',
      definition: 'Gap: a version that had not been observed when a higher one was; counted when it is first skipped.',
      from: 'observations',
      sum: `sum(greatest(CAST(version AS ${dialect.wideInteger}) - ${reached} - 1, 0))`,
      isAnomaly: true,
    },
  ];
}

function overlapsOf({ columns }: LogQuery): readonly Measure[] {
  if (columns.start === null) return [];
  return [
    {
      name: 'overlaps',
      definition: 'Overlap: two handlings of different versions of an aggregate that ran at the same time.',
      from: 'running',
      sum: 'sum(CASE WHEN step >= 0 THEN of_unit - of_version ELSE 0 END)',
      isAnomaly: true,
    },
    {
      name: 'without_interval',
      definition: 'In no overlap: a line without a start or a finish, or that finishes before it starts.',
      from: 'log_lines',
      sum: countOf('NOT coalesce(started <= finished, FALSE)'),
    },
  ];
}
