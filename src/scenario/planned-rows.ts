/**
 * Lists the rows of a scenario by name, in the order in which they run. Repeats come outermost, then the points of a
 * sweep, then each mode with its strategy, then the brokers: so a machine that gets slower over time does so for all
 * rows alike.
 */
import type { BrokerKind } from '../domain/broker/registry.js';
import type { ModeRow, Scenario } from '../domain/scenario/scenario.js';
import type { SweepPoint } from '../domain/report/sweep-point.js';

export interface PlannedRow {
  /**
   * `multi/shared#1`; with its broker (`nats:multi/shared#1`) or strategy (`single+serial#1`) where there are several.
   */
  readonly id: string;
  readonly broker: BrokerKind;
  readonly modeRow: ModeRow;
  readonly strategy: string;
  /** null where nothing is swept. */
  readonly point: SweepPoint | null;
  /** From 1. */
  readonly repeat: number;
}

type Rows = Pick<Scenario, 'brokers' | 'rows' | 'strategies' | 'sweep' | 'repeat'>;

export function plannedRows({ brokers, rows, strategies, sweep, repeat }: Rows): readonly PlannedRow[] {
  const points = sweep.length === 0 ? [null] : sweep;
  const once = points.flatMap((point) =>
    rows.flatMap(({ mode, strategy }) => brokers.map((broker) => ({ modeRow: mode, strategy, broker, point }))),
  );
  const repeats = Array.from({ length: repeat }, (_, at) => at + 1);
  return repeats.flatMap((nth) =>
    once.map((row) => {
      const prefix = brokers.length > 1 ? `${row.broker}:` : '';
      const suffix = strategies.length > 1 ? `+${row.strategy}` : '';
      const at = row.point === null ? '' : `@${row.point.field}=${row.point.value}`;
      return { ...row, id: `${prefix}${row.modeRow}${suffix}${at}#${nth}`, repeat: nth };
    }),
  );
}

function plannedRowIds(scenario: Rows): readonly string[] {
  return plannedRows(scenario).map(({ id }) => id);
}

/** Each row's id without the point of a sweep and its repeat, once. */
export function plannedRowNames(scenario: Rows): readonly string[] {
  return plannedRowIds({ ...scenario, sweep: [], repeat: 1 }).map((id) => id.slice(0, id.lastIndexOf('#')));
}
