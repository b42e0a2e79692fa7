/**
 * Which rows does a scenario have, in which order do they run, and what are they called? Each mode on every broker, the
 * next mode likewise, then all of them again for the next repeat, so that a machine that gets slower does so for every
 * broker and every mode.
 */
import type { BrokerKind, ModeRow, Scenario } from '../domain/scenario.js';

export interface PlannedRow {
  /** `multi/shared#1`, or `nats:multi/shared#1` where there are several brokers. */
  readonly id: string;
  readonly broker: BrokerKind;
  readonly modeRow: ModeRow;
  /** From 1. */
  readonly repeat: number;
}

type Rows = Pick<Scenario, 'brokers' | 'modes' | 'repeat'>;

export function plannedRows({ brokers, modes, repeat }: Rows): readonly PlannedRow[] {
  const once = modes.flatMap((modeRow) => brokers.map((broker) => ({ modeRow, broker })));
  const repeats = Array.from({ length: repeat }, (_, at) => at + 1);
  return repeats.flatMap((nth) =>
    once.map(({ modeRow, broker }) => {
      const prefix = brokers.length > 1 ? `${broker}:` : '';
      return { id: `${prefix}${modeRow}#${nth}`, broker, modeRow, repeat: nth };
    }),
  );
}

export function plannedRowIds(scenario: Rows): readonly string[] {
  return plannedRows(scenario).map(({ id }) => id);
}
