/**
 * Renders reports as CSV (RFC 4180) for spreadsheets and data frames: a header, then one line for each row of a report.
 * The columns that name the row come first, then one for each number, named by its path in the report
 * (`counts.regressions`, `latencyMs.endToEnd.p99`). The paths come from the report's schema, so a number that is added
 * there is a column here. An unknown value is an empty field.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it; control characters are made visible.
 */
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { JudgedReport } from '../../domain/report/gate.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { reasonText } from '../words/reason-text.js';
import { rowSchema } from '../contract/schema.js';
import { printable } from '../../text/printable.js';

type Value = string | number | null;
type Column = readonly [name: string, of: (row: RunRow, report: RunReport) => Value];

const described: readonly Column[] = [
  ['scenario', (_, { scenario }) => scenario?.name ?? null],
  ['startedAt', (_, { startedAt }) => startedAt],
  ['seed', (_, { seed }) => seed],
  ['id', ({ id }) => id],
  ['broker.kind', ({ broker }) => broker.kind],
  ['broker.version', ({ broker }) => broker.version],
  ['client.name', ({ client }) => client.name],
  ['client.version', ({ client }) => client.version],
  ['mode', ({ mode }) => mode],
  ['durable', ({ durable }) => durable],
  ['strategy', ({ strategy }) => strategy],
  ['clock', ({ clock }) => clock],
  ['outcome', ({ outcome }) => outcome],
  ['reasons', ({ reasons }) => reasons.map(reasonText).join('; ')],
  ['causes', ({ causes }) => causes.map(({ id }) => id).join('; ')],
  ['error.code', ({ error }) => error?.code ?? null],
  ['error.message', ({ error }) => error?.message ?? null],
];

/** What pictures are drawn from has numbers that say nothing alone. */
const figures = rowSchema.omit({ series: true, fetchMatrix: true, timelines: true });

export function render(reports: readonly JudgedReport[]): string {
  const columns = [...described, ...numberPaths(figures).map(numberColumn)];
  const lines = reports.flatMap(({ report }) =>
    report.runs.map((row) =>
      columns.map(([, of]) => {
        const value = of(row, report);
        return typeof value === 'string' ? printable(value) : value;
      }),
    ),
  );
  return stringify([columns.map(([name]) => name), ...lines], { record_delimiter: 'windows', escape_formulas: true });
}

function numberColumn(path: readonly string[]): Column {
  const value = (row: RunRow): Value => {
    const found = path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : null),
      row,
    );
    return typeof found === 'number' && Number.isFinite(found) ? found : null;
  };
  return [path.join('.'), value];
}

/** The paths to all numbers of the schema, except those in lists or under keys that vary. */
function numberPaths(schema: z.core.$ZodType): string[][] {
  if (schema instanceof z.ZodNullable) return numberPaths(schema.unwrap());
  if (schema instanceof z.ZodNumber) return [[]];
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([key, inner]) =>
    numberPaths(inner).map((path) => [key, ...path]),
  );
}
