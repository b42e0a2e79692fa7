/**
 * Finds the rows of the result table that `--mode` and `--durable` select. Without a mode, these are all rows; a
 * durable narrows the multi rows down to one. A row's own name (`multi/shared`) is a mode, too.
 */
import type { rowFields } from '../domain/scenario/fields/subscription-fields.js';
import { modeRows } from '../domain/scenario/scenario.js';
import type { ModeRow } from '../domain/scenario/scenario.js';

export type ModeChoice = (typeof rowFields.mode.value.of)[number];
export type DurableChoice = (typeof rowFields.durable.value.of)[number];

/** @returns the rows of all these modes, in table order; empty if they have no row with this durable */
export function rowsOf(modes: readonly ModeChoice[], durable: DurableChoice | null): readonly ModeRow[] {
  return modeRows.filter((row) => modes.some((mode) => isRowOf(row, mode, durable)));
}

function isRowOf(row: ModeRow, mode: ModeChoice, durable: DurableChoice | null): boolean {
  const ofMode = mode === 'all' || row === mode || row.startsWith(`${mode}/`);
  return ofMode && (durable === null || row === `multi/${durable}` || (mode === 'all' && row === 'single'));
}
