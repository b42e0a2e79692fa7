/**
 * Resolves the rows that the gates of a scenario apply to. They are named as expectations name them: `single`,
 * `nats:single`, `multi/shared+keyed-pool`. A name that fits no row is an error: a gate on nothing would always hold.
 */
import type { BrokerKind } from '../domain/broker/registry.js';
import { UsageError } from '../domain/errors.js';
import { expectationKeysOf } from '../domain/scenario/scenario.js';
import type { RowSpec, Scenario } from '../domain/scenario/scenario.js';
import type { Layers } from './layers.js';
import { nearest } from './nearest.js';
import { isForOtherBrokers } from './row-names.js';

export interface GateRowsContext {
  /** Where the names stand, for messages: `--gate-mode`. */
  readonly place: string;
  /** The rows there are. */
  readonly rows: readonly (RowSpec & { readonly broker: string })[];
  /** Whether names that fit no row are ignored, as long as one name fits. */
  readonly partly?: boolean;
}

/**
 * @param names empty: all rows
 * @returns the names that fit a row
 * @throws {UsageError} naming the rows there are, and the nearest
 */
export function gateRowsOf(names: readonly string[], { place, rows, partly = false }: GateRowsContext): string[] {
  const known = [...new Set(rows.flatMap((row) => expectationKeysOf(row, row.broker)))];
  const fitting = names.filter((name) => known.includes(name));
  const other = names.find((name) => !known.includes(name));
  if (other === undefined || (partly && fitting.length > 0)) return fitting;
  const near = nearest(other, known);
  throw new UsageError(
    `${place} names the row ${other}, and there is none; rows are ${namesOf(rows).join(', ')}`,
    near === null ? 'name one of these, or all' : `did you mean ${near}?`,
  );
}

/**
 * Names in a file whose rows were left out by flags are ignored, unless none is left; any other name without a row is
 * an error.
 * @throws {UsageError} naming the rows there are, and the nearest
 */
export function resolveGateRows(layers: Layers, rows: readonly RowSpec[]): Scenario['gateRows'] {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const { mode, durable, broker, strategy, gateMode } = layers.flags;
  const names = layers.given('gateMode') ?? [];
  // A file may speak of rows on brokers on which it is not run today.
  const here = gateMode === undefined ? names.filter((name) => !isForOtherBrokers(name, brokers)) : names;
  return gateRowsOf(here.length === 0 ? names : here, {
    place: layers.place('gateMode'),
    rows: rows.flatMap((row) => brokers.map((on) => ({ ...row, broker: on }))),
    partly: gateMode === undefined && [mode, durable, broker, strategy].some((flag) => flag !== undefined),
  });
}

/** The names of rows, as short as tells them apart. */
function namesOf(rows: GateRowsContext['rows']): readonly string[] {
  const several = (part: (row: GateRowsContext['rows'][number]) => string): boolean => new Set(rows.map(part)).size > 1;
  const [brokers, strategies] = [several(({ broker }) => broker), several(({ strategy }) => strategy)];
  const names = rows.map(
    ({ broker, mode, strategy }) => `${brokers ? `${broker}:` : ''}${mode}${strategies ? `+${strategy}` : ''}`,
  );
  return [...new Set(names)];
}
