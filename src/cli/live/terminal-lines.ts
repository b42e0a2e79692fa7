/**
 * Shows lines on a terminal in place of those that it showed before, and writes only those that have changed. None may
 * be wider than the terminal. `log-update` does the same for text of any width, which it measures and breaks at every
 * drawing: with the blocks of a curve that took 30 ms of CPU time for the first, and two thirds of the time of each.
 */
import { stripVTControlCharacters } from 'node:util';
import { cursorLeft, cursorUp, eraseDown, eraseEndLine, synchronizedOutput } from 'ansi-escapes';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

const usualSize: TerminalSize = { columns: 80, rows: 24 };

export class TerminalLines {
  readonly #stream: NodeJS.WriteStream;
  /** What stands above the line of the cursor. */
  #lines: readonly string[] = [];
  #shownAt: TerminalSize | null = null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  get size(): TerminalSize {
    const { columns, rows } = this.#stream;
    return { columns: columns || usualSize.columns, rows: rows || usualSize.rows };
  }

  /** Whether the terminal has another size than when lines were last shown. */
  get isResized(): boolean {
    const { columns, rows } = this.size;
    return columns !== this.#shownAt?.columns || rows !== this.#shownAt.rows;
  }

  show(lines: readonly string[]): void {
    if (this.isResized) this.clear();
    const before = this.#lines;
    this.#lines = lines;
    this.#shownAt = this.size;
    if (lines.length === before.length && lines.every((line, at) => line === before[at])) return;
    const changed = lines.map((line, at) => (line === before[at] ? '\n' : `${line}${eraseEndLine}\n`));
    const rest = lines.length < before.length ? eraseDown : '';
    this.#stream.write(synchronizedOutput(upBy(before.length) + changed.join('') + rest));
  }

  /** Leaves the lines where they are, and shows the next ones below: others have written to the terminal since. */
  leave(): void {
    this.#lines = [];
  }

  /** Erases the lines, and what the terminal itself may have put below them, such as `^C`. */
  clear(): void {
    const { columns } = this.size;
    const taken = this.#lines.reduce((sum, line) => sum + rowsOf(line, columns), 0);
    if (taken > 0) this.#stream.write(synchronizedOutput(upBy(taken) + eraseDown));
    this.#lines = [];
  }
}

/** To the first column, so many lines higher. */
function upBy(lines: number): string {
  return cursorLeft + (lines > 0 ? cursorUp(lines) : '');
}

/** A terminal that has become narrower since has broken the lines that are too wide for it. */
function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(stripVTControlCharacters(line).length / columns));
}
