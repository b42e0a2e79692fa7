/**
 * Selects the rows that gates apply to: the rows that `--gate-mode` names, in the notation of expectations, or all rows
 * if it names none.
 */
import type { RunRow } from '../domain/report/run-report.js';
import { expectationKeysOf, modeRowOf, type RowExpectation, type Scenario } from '../domain/scenario/scenario.js';
import type { PlannedRow } from '../scenario/planned-rows.js';

/** The fields that name a row, in a report of any schema version. */
export type NamedRow = Pick<RunRow, 'mode' | 'durable' | 'strategy'> & { readonly broker: { readonly kind: string } };

/** Every name that fits a row, the most specific first. */
export function rowKeysOf(row: NamedRow): readonly string[] {
  return expectationKeysOf({ mode: modeRowOf(row), strategy: row.strategy }, row.broker.kind);
}

/** As {@link rowKeysOf}, for a row that is yet to be run. */
export function plannedRowKeysOf({ modeRow, strategy, broker }: PlannedRow): readonly string[] {
  return expectationKeysOf({ mode: modeRow, strategy }, broker);
}

/** The most specific expectation among those for the names that fit a row. */
export function expectationOf(expect: Scenario['expect'], keys: readonly string[]): RowExpectation | undefined {
  const key = keys.find((one) => Object.hasOwn(expect, one));
  return key === undefined ? undefined : expect[key];
}

/** Whether order is not ruled out by what is expected of a row; a confidence asks for ordered runs of no other rows. */
export function mayBeOrdered(expected: RowExpectation | null | undefined): boolean {
  return expected?.outcome?.includes('ordered') ?? true;
}

/**
 * @param gateRows names of rows; empty: all rows
 * @param keys the names that fit the row
 */
export function isGated(gateRows: readonly string[], keys: readonly string[]): boolean {
  return gateRows.length === 0 || keys.some((key) => gateRows.includes(key));
}

export function gatedRows(gateRows: readonly string[], rows: readonly RunRow[]): readonly RunRow[] {
  return rows.filter((row) => isGated(gateRows, rowKeysOf(row)));
}
