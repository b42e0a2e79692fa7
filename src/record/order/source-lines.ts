/**
 * The lines of one source on their way into the order of a counter. A line is held until as many lines as the window has
 * were read after it, so lines may stand that far from their place. Twice as many are read before they are sorted.
 */
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { readInteger } from '../integers.js';
import type { LineSink } from '../reader.js';
import { LineHolder, type HeldLine } from './held-line.js';

/** Lines of a source that are held. */
export const windowLines = 65_536;

const { order: orderField, source: sourceField } = fieldIndex;

/** The counter says the order now, for all sources alike. */
const notKept = (1 << orderField) | (1 << sourceField);

/** Takes what is no line to be sorted. */
export type UnsortedLines = Pick<LineSink, 'bad' | 'other'>;

export class SourceLines implements LineSink {
  readonly #holder = new LineHolder(notKept);
  /** Lines that others may go before. */
  #held: HeldLine[] = [];
  /** Lines in their order, of which those before {@link #at} have left. */
  #sorted: HeldLine[] = [];
  #at = 0;
  #isAtEnd = false;
  readonly #unsorted: UnsortedLines;
  readonly #reached: () => number | bigint | null;
  readonly #window: number;
  #highest: number | bigint | null = null;
  /** Lines that stood behind one with a higher counter. */
  moved = 0;
  /** Lines so far. */
  lines = 0;
  /** Fields that any line has, a bit for each. */
  met = 0;

  /**
   * @param reached the counter of the last line that was handed on, of any source
   * @param window lines that are held
   */
  constructor(unsorted: UnsortedLines, reached: () => number | bigint | null, window = windowLines) {
    this.#unsorted = unsorted;
    this.#reached = reached;
    this.#window = window;
  }

  /** Whether its next line is known, or that there is none. */
  get isReady(): boolean {
    return this.#isAtEnd || this.#at < this.#sorted.length;
  }

  get next(): HeldLine | undefined {
    return this.#sorted[this.#at];
  }

  takeNext(): void {
    this.#at++;
    if (this.#at === this.#sorted.length) this.#sort();
  }

  /** No line will follow. */
  end(): void {
    if (this.#isAtEnd) return;
    this.#isAtEnd = true;
    if (this.#at === this.#sorted.length) this.#sort();
  }

  line(fields: Fields, number: number): void {
    this.lines = number;
    this.met |= fields.mask;
    const order = orderOf(fields);
    if (order === null) {
      const problem = fields.has(orderField) ? 'its order is no integer of up to 64 bits' : 'it has no order';
      this.bad(number, problem, JSON.stringify(fields.texts()));
      return;
    }
    if (this.#isTooLate(order)) {
      const why = `its order is ${order}, and it stands more than ${this.#window} lines behind its place`;
      this.bad(number, why, JSON.stringify(fields.texts()));
      return;
    }
    if (this.#highest === null || order > this.#highest) this.#highest = order;
    else this.moved++;
    this.#held.push(this.#holder.hold(order, number, fields));
    if (this.#at === this.#sorted.length) this.#sort();
  }

  /** Lines behind its place were let go of, of this source or of another one. */
  #isTooLate(order: number | bigint): boolean {
    const reached = this.#reached();
    if (reached !== null && order < reached) return true;
    const last = this.#sorted.at(-1);
    return last !== undefined && order < last.order;
  }

  /** Lets go of what no line can go before any more. */
  #sort(): void {
    const kept = this.#isAtEnd ? 0 : this.#window;
    if (this.#held.length < 2 * kept || this.#held.length === 0) return;
    this.#held.sort(compared);
    this.#sorted = this.#held;
    this.#held = this.#sorted.splice(this.#sorted.length - kept, kept);
    this.#at = 0;
  }

  flush(): void {
    // What is held has bytes of its own.
  }

  bad(number: number, problem: string, text: string, lacks?: 'aggregate' | 'version'): void {
    this.lines = number;
    this.#unsorted.bad(number, problem, text, lacks);
  }

  other(number: number, text: () => string, operation?: string | null): void {
    this.lines = number;
    this.#unsorted.other(number, text, operation);
  }
}

/** Of equal counters, which are refused, the line that stands first goes first. */
function compared(a: HeldLine, b: HeldLine): number {
  if (a.order === b.order) return a.number - b.number;
  return a.order < b.order ? -1 : 1;
}

function orderOf(fields: Fields): number | bigint | null {
  if (!fields.has(orderField)) return null;
  return readInteger(fields.bytes[orderField]!, fields.from[orderField]!, fields.to[orderField]!);
}
