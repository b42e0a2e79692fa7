/**
 * Which rows does a scenario have, in which order do they run, and what are they called? Each mode with its strategy on
 * every broker, the next one likewise, then all of them again for the next repeat, so that a machine that gets slower
 * does so for all of them.
 */
import type { BrokerKind, ModeRow, Scenario } from '../domain/scenario.js';

export interface PlannedRow {
  /** `multi/shared#1`; with its broker (`nats:multi/shared#1`) or strategy (`single+serial#1`) where there are several. */
  readonly id: string;
  readonly broker: BrokerKind;
  readonly modeRow: ModeRow;
  readonly strategy: string;
  /** From 1. */
  readonly repeat: number;
}

type Rows = Pick<Scenario, 'brokers' | 'rows' | 'strategies' | 'repeat'>;

export function plannedRows({ brokers, rows, strategies, repeat }: Rows): readonly PlannedRow[] {
  const once = rows.flatMap(({ mode, strategy }) => brokers.map((broker) => ({ modeRow: mode, strategy, broker })));
  const repeats = Array.from({ length: repeat }, (_, at) => at + 1);
  return repeats.flatMap((nth) =>
    once.map((row) => {
      const prefix = brokers.length > 1 ? `${row.broker}:` : '';
      const suffix = strategies.length > 1 ? `+${row.strategy}` : '';
      return { ...row, id: `${prefix}${row.modeRow}${suffix}#${nth}`, repeat: nth };
    }),
  );
}

export function plannedRowIds(scenario: Rows): readonly string[] {
  return plannedRows(scenario).map(({ id }) => id);
}

/** Each row's id without its repeat, once. */
export function plannedRowNames(scenario: Rows): readonly string[] {
  return plannedRowIds({ ...scenario, repeat: 1 }).map((id) => id.slice(0, id.lastIndexOf('#')));
}
