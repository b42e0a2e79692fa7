/**
 * The names that a scenario has for its rows. A strategy alone (`serial`) is run in every mode that was asked for; with
 * its mode (`multi/shared+keyed-pool`) it is one row. Expectations name rows by mode and, if they are to be more
 * specific, by broker and strategy too (`nats:multi/shared+keyed-pool`).
 */
import { brokerKinds, type BrokerKind } from '../domain/broker/registry.js';
import { modeRows } from '../domain/scenario/scenario.js';
import type { ModeRow, RowSpec } from '../domain/scenario/scenario.js';

/** Every way to name a strategy. @param strategies ids of those there are */
export function strategyNames(strategies: readonly string[]): readonly string[] {
  return [...strategies, ...pairNames(strategies)];
}

/** Every way to name a row in an expectation. */
export function expectationKeys(strategies: readonly string[]): readonly string[] {
  const rows = [...modeRows, ...pairNames(strategies)];
  return [...rows, ...brokerKinds.flatMap((broker) => rows.map((row) => `${broker}:${row}`))];
}

/** The same as one pattern, for editors. */
export function expectationKeyPattern(strategies: readonly string[]): string {
  return `^(?:(?:${brokerKinds.join('|')}):)?(?:${modeRows.join('|')})(?:\\+(?:${strategies.join('|')}))?$`;
}

/**
 * The rows that strategies, as named, make in these modes, each once. A row that is named with its mode is run whatever
 * the modes are.
 */
export function rowSpecsOf(named: readonly string[], modes: readonly ModeRow[]): readonly RowSpec[] {
  const plain = named.filter((name) => modeOfPair(name) === null);
  const all = named.flatMap((name): RowSpec[] => {
    const mode = modeOfPair(name);
    if (mode !== null) return [{ mode, strategy: name.slice(mode.length + 1) }];
    // In table order: all strategies of a mode side by side, where the first of them was named.
    return name === plain[0] ? modes.flatMap((row) => plain.map((strategy) => ({ mode: row, strategy }))) : [];
  });
  return all.filter(
    (row, at) => all.findIndex(({ mode, strategy }) => mode === row.mode && strategy === row.strategy) === at,
  );
}

/** Null for a strategy alone. */
export function modeOfPair(name: string): ModeRow | null {
  return modeRows.find((mode) => name.startsWith(`${mode}+`)) ?? null;
}

/** Whether an expectation names a broker, and that broker is none of these. */
export function isForOtherBrokers(key: string, brokers: readonly BrokerKind[]): boolean {
  const named = brokerKinds.find((broker) => key.startsWith(`${broker}:`));
  return named !== undefined && !brokers.includes(named);
}

function pairNames(strategies: readonly string[]): readonly string[] {
  return modeRows.flatMap((mode) => strategies.map((strategy) => `${mode}+${strategy}`));
}
