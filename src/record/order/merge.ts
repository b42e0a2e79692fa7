/**
 * Merges the lines of several sources into the order of a counter that all of them share, and hands them on one by one.
 * A counter gives each line a number of its own: where two lines have the same one, it is no counter of lines, such as
 * the event's place in the log, by which any record would look sorted.
 */
import { UsageError } from '../../domain/errors.js';
import { Fields } from '../fields.js';
import type { LineSink } from '../reader.js';
import { putInto } from './held-line.js';
import { LinePlaces } from './line-places.js';
import { SourceLines, type UnsortedLines } from './source-lines.js';

/** A source that is read on when its next line is not known. */
export interface MergedSource {
  /** Reads the next lines. @returns false: there are none */
  more(): Promise<boolean>;
}

/** Lines that are handed on before others get their turn. */
const linesAtOnce = 4_096;

interface At {
  readonly source: number;
  readonly line: number;
}

export class Merge {
  readonly #sink: Pick<LineSink, 'line' | 'flush'>;
  readonly #names: readonly string[];
  readonly places: LinePlaces;
  /** Where each source puts its lines. */
  readonly lines: readonly SourceLines[];
  readonly #fields = new Fields();
  #last: (At & { readonly order: number | bigint }) | null = null;

  /**
   * @param names of the sources
   * @param sink takes the lines, numbered in their order
   * @param unsortedOf takes what is no line to be sorted, of a source by index
   */
  constructor(
    names: readonly string[],
    sink: Pick<LineSink, 'line' | 'flush'>,
    unsortedOf: (source: number) => UnsortedLines,
  ) {
    this.#sink = sink;
    this.#names = names;
    this.places = new LinePlaces(names);
    this.lines = names.map((_, index) => new SourceLines(unsortedOf(index), () => this.#last?.order ?? null));
  }

  /** Lines that stood behind one with a higher counter. */
  get moved(): number {
    return this.lines.reduce((sum, { moved }) => sum + moved, 0);
  }

  /** Fields that any line has, a bit for each. */
  get met(): number {
    return this.lines.reduce((mask, { met }) => mask | met, 0);
  }

  /** @throws {UsageError} if two lines have the same counter; and whatever a source throws */
  async run(sources: readonly MergedSource[]): Promise<void> {
    do {
      for (const [index, lines] of this.lines.entries()) {
        while (!lines.isReady) if (!(await sources[index]!.more())) lines.end();
      }
    } while (this.#handOn());
  }

  /** Hands all lines on that are held, since none will follow. */
  drain(): void {
    for (const lines of this.lines) lines.end();
    while (this.#handOn());
  }

  /** @returns false: there is no line */
  #handOn(): boolean {
    let source = this.#lowest();
    for (let count = 0; source >= 0 && count < linesAtOnce; count++) {
      this.#handOver(source);
      if (!this.lines[source]!.isReady) break;
      source = this.#lowest();
    }
    this.#sink.flush();
    return source >= 0;
  }

  #handOver(source: number): void {
    const lines = this.lines[source]!;
    const { order, number: line } = lines.next!;
    if (this.#last?.order === order) throw this.#sameOrder({ source, line }, this.#last);
    if (this.#last !== null && order < this.#last.order) throw new Error('a line left behind a later one');
    this.#last = { order, source, line };
    putInto(this.#fields, lines.next!);
    lines.takeNext();
    this.#sink.line(this.#fields, this.places.add(source, line));
  }

  /** The source whose next line is the next of all; -1: none has one. */
  #lowest(): number {
    let lowest = -1;
    for (const [index, { next }] of this.lines.entries()) {
      if (next === undefined) continue;
      if (lowest < 0 || next.order < this.lines[lowest]!.next!.order) lowest = index;
    }
    return lowest;
  }

  #sameOrder(one: At, other: At & { readonly order: number | bigint }): UsageError {
    const at = ({ source, line }: At): string => `${this.#names[source]}, line ${line}`;
    return new UsageError(
      `${at(one)}: its order is ${other.order}, as that of ${at(other)}`,
      'order is a counter that gives each line of all files a number of its own, as in docs/YOUR-BUS.md; leave it out of --map, and each file is a source of its own, in the order of its lines',
    );
  }
}
