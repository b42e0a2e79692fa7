/**
 * Describes the engines that the query is written for: what of their SQL differs, and nothing else. The rest of the
 * query is the same text for all of them. An engine is added by adding its record here.
 */
export interface Dialect {
  readonly name: string;
  /** A name as an identifier of the engine, whatever characters it has. */
  readonly quoted: (name: string) => string;
  /** A text as a constant of the engine; it has no control character. */
  readonly text: (text: string) => string;
  /** A signed integer of 64 bits. */
  readonly integer: string;
  /** A number for sums that 64 bits do not hold. */
  readonly wideInteger: string;
  /** A column as an integer of 64 bits that may be null; null where it holds anything but a whole number. */
  readonly wholeNumber: (column: string) => string;
  /** What stands behind the last clause; the keys of a total have to be null. */
  readonly ending: string;
  /** Whether a table that is named like a file is read as one. */
  readonly readsFiles: boolean;
  /** Null: the query was run on the engine. */
  readonly untested: string | null;
}

export const dialectIds = ['duckdb', 'clickhouse', 'spark', 'bigquery'] as const;
export type DialectId = (typeof dialectIds)[number];

/** The quote is doubled, and nothing else has a meaning. */
const doubling =
  (quote: string) =>
  (name: string): string =>
    quote + name.replaceAll(quote, quote + quote) + quote;

/** Back-slashes before what has a meaning. */
const escaping =
  (quote: string) =>
  (name: string): string =>
    quote + name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;

export const dialects: Readonly<Record<DialectId, Dialect>> = {
  duckdb: {
    name: 'DuckDB',
    quoted: doubling('"'),
    text: doubling("'"),
    integer: 'BIGINT',
    wideInteger: 'HUGEINT',
    // The cast alone rounds 1.5.
    wholeNumber: (column) =>
      `CASE WHEN regexp_full_match(CAST(${column} AS VARCHAR), '-?[0-9]+') THEN TRY_CAST(${column} AS BIGINT) END`,
    ending: '',
    readsFiles: true,
    untested: null,
  },
  clickhouse: {
    name: 'ClickHouse',
    quoted: escaping('`'),
    text: escaping("'"),
    integer: 'Int64',
    wideInteger: 'Int128',
    // Nullable: the greatest of no numbers that cannot be null is 0 here.
    wholeNumber: (column) => `accurateCastOrNull(${column}, 'Int64')`,
    ending: '\nSETTINGS group_by_use_nulls = 1',
    readsFiles: false,
    untested: null,
  },
  spark: {
    name: 'Spark',
    quoted: doubling('`'),
    text: escaping("'"),
    integer: 'BIGINT',
    wideInteger: 'DECIMAL(38, 0)',
    wholeNumber: (column) =>
      `CASE WHEN CAST(${column} AS STRING) RLIKE '^-?[0-9]+$' THEN try_cast(${column} AS BIGINT) END`,
    ending: '',
    readsFiles: false,
    untested: null,
  },
  bigquery: {
    name: 'BigQuery',
    quoted: escaping('`'),
    text: escaping("'"),
    integer: 'INT64',
    wideInteger: 'NUMERIC',
    wholeNumber: (column) =>
      `CASE WHEN REGEXP_CONTAINS(CAST(${column} AS STRING), r'^-?[0-9]+$') THEN SAFE_CAST(${column} AS INT64) END`,
    ending: '',
    readsFiles: false,
    untested: 'Untested: the syntax of this query was checked, and it was never run on BigQuery.',
  },
};
