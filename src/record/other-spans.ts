/** Counts spans that are no part of a record, by what they are of. Names come from outside, so only so many are kept. */
import type { RecordReport } from '../domain/record/record-report.js';

const namesMost = 20;
/** In place of further names. */
const furtherNames = '…';

export class OtherSpans {
  readonly #counts = new Map<string | null, number>();

  /** @param operation null: of no message */
  count(operation: string | null): void {
    const isKept = this.#counts.has(operation) || this.#counts.size < namesMost;
    const name = isKept ? operation : furtherNames;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** The most first. */
  get byOperation(): RecordReport['lines']['otherSpans'] {
    return [...this.#counts].map(([operation, count]) => ({ operation, count })).sort((a, b) => b.count - a.count);
  }
}
