/** Writes the query for a drawn log, and reads what an engine answers to it. */
import { dialects, type DialectId } from '../../src/sql/dialect.js';
import { exactQuery } from '../../src/sql/exact-query.js';
import { simpleQuery } from '../../src/sql/simple-query.js';
import type { LogQuery } from '../../src/sql/query.js';
import type { LogCounts, Terms } from './log-oracle.js';

/** Over the columns aggregate, version, place, began and ended; topic if it is by topic, and id if it has ids. */
export function logQueryOf(
  dialect: DialectId,
  table: string,
  { byTopic, hasIds, versions, firstVersion }: Terms,
): LogQuery {
  const column = (name: string): string => `log.${dialects[dialect].quoted(name)}`;
  return {
    dialect: dialects[dialect],
    table,
    columns: {
      aggregate: column('aggregate'),
      version: column('version'),
      id: hasIds ? column('id') : null,
      topic: byTopic ? column('topic') : null,
      place: column('place'),
      start: column('began'),
      finish: column('ended'),
    },
    versions,
    firstVersion,
  };
}

export function queryOf(dialect: DialectId, table: string, terms: Terms): string {
  return exactQuery(logQueryOf(dialect, table, terms));
}

export function naiveQueryOf(dialect: DialectId, table: string, terms: Terms): string {
  return simpleQuery(logQueryOf(dialect, table, terms));
}

/** A row of the result, its numbers as an engine writes them. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** What the first row says of the whole log. */
export function countsIn([all]: readonly ResultRow[]): LogCounts {
  if (all?.['scope'] !== 'all') throw new Error(`the first row is not the whole log: ${JSON.stringify(all)}`);
  return numbersOf(all);
}

/** What the rows below it say, by topic and aggregate as JSON. */
export function worstIn([, ...worst]: readonly ResultRow[]): readonly (readonly [string, LogCounts])[] {
  return worst.map((row) => [JSON.stringify([row['topic'] ?? null, row['aggregate']]), numbersOf(row)]);
}

function numbersOf(row: ResultRow): LogCounts {
  const { scope: _, topic: __, aggregate: ___, first_regression_at: ____, ...measures } = row;
  const numbers = Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, Number(value)]));
  return { gaps: 0, ties: 0, ...numbers } as unknown as LogCounts;
}
