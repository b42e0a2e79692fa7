/**
 * The aggregates whose events are kept for good, since something went wrong with them: the rows that each has, from
 * somewhat before its first anomaly on.
 */
import { timelineRowsMax } from '../../domain/report/run-picture.js';

/** Aggregates that are kept, at most: more than are told, since those that turn out to be the worst are told. */
export const keptMax = 40;

/** Rows before an aggregate's first anomaly, at most; the others come after it. */
export const rowsBefore = timelineRowsMax / 2;

export interface KeptAggregate {
  /** Rows in the store, in the order in which they began. */
  readonly rows: number[];
  /** Rows of the aggregate before the first of these. */
  readonly earlier: number;
  /** The row of the store that its first one is. */
  readonly from: number;
}

export class KeptAggregates {
  readonly #byAggregate = new Map<number, KeptAggregate>();
  readonly #firstRow: number;

  /** @param firstRow of the store that is theirs; {@link keptMax} times {@link timelineRowsMax} rows are */
  constructor(firstRow: number) {
    this.#firstRow = firstRow;
  }

  get isFull(): boolean {
    return this.#byAggregate.size === keptMax;
  }

  get(aggregate: number): KeptAggregate | undefined {
    return this.#byAggregate.get(aggregate);
  }

  /** Must not be called when full. */
  keep(aggregate: number, earlier: number): KeptAggregate {
    const kept = { rows: [], earlier, from: this.#firstRow + this.#byAggregate.size * timelineRowsMax };
    this.#byAggregate.set(aggregate, kept);
    return kept;
  }
}

/** The next row of a kept aggregate; -1: it has all that are told of one. */
export function nextRow({ rows, from }: KeptAggregate): number {
  if (rows.length === timelineRowsMax) return -1;
  const row = from + rows.length;
  rows.push(row);
  return row;
}
