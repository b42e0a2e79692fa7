/**
 * Finds the row of a delivery by its id. A table of fixed size: of two ids that fall to one place the later one has it,
 * and the earlier one is not found any more, which costs a row the rest of its story and nothing else.
 */
import type { EventRows } from './event-rows.js';

const places = 16_384;

export class RowOfDelivery {
  readonly #rows: EventRows;
  readonly #rowAt = new Int32Array(places);

  constructor(rows: EventRows) {
    this.#rows = rows;
  }

  set(delivery: number, row: number): void {
    this.#rowAt[delivery % places] = row;
  }

  /** @returns -1: it has no row any more */
  get(delivery: number): number {
    const row = this.#rowAt[delivery % places]!;
    return this.#rows.get(row, 'deliveryId') === delivery ? row : -1;
  }
}
