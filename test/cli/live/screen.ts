/**
 * A terminal as far as the live view uses one: it keeps the lines that a person would see, moves the cursor, erases
 * lines, and breaks lines that are too wide for it, also when it becomes narrower.
 */
import { Writable } from 'node:stream';

interface Line {
  text: string;
  /** Whether it goes on in the next line, because it was too wide. */
  isBroken: boolean;
}

export class Screen {
  #columns: number;
  #lines: Line[] = [{ text: '', isBroken: false }];
  #at = 0;
  #column = 0;
  /** Each piece as it was written. */
  readonly written: string[] = [];
  readonly stream: NodeJS.WriteStream;

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, callback) => {
        this.write(chunk.toString());
        callback();
      },
    });
    this.stream = Object.assign(stream, { columns, rows, isTTY: true }) as unknown as NodeJS.WriteStream;
  }

  /** What is seen, without the empty lines at the end. */
  get text(): string {
    return this.#lines
      .map(({ text }) => text.trimEnd())
      .join('\n')
      .trimEnd();
  }

  write(text: string): void {
    this.written.push(text);

    for (const [part, , digits, command] of text.matchAll(/(\x1b\[[?]?(\d*)(?:;\d+)*([a-zA-Z]))|[^]/gu)) {
      if (command !== undefined) this.#obey(command, digits === '' ? 1 : Number(digits));
      else if (part === '\n') this.#down(true);
      else if (part === '\r') this.#column = 0;
      else this.#put(part);
    }
  }

  /** Makes it as wide as this; lines that are too wide by then are broken, as most terminals do. */
  resize(columns: number): void {
    const cursor = this.#lines[this.#at];
    const broken = this.#lines.flatMap((line): Line[] => {
      const pieces = line.text.trimEnd().match(new RegExp(`.{1,${columns}}`, 'gu')) ?? [''];
      const last = pieces.length - 1;
      return pieces.map((text, at) => (at === last ? Object.assign(line, { text }) : { text, isBroken: true }));
    });
    this.#lines = broken;
    this.#at = broken.indexOf(cursor!);
    this.#columns = columns;
    Object.assign(this.stream, { columns });
  }

  #obey(command: string, count: number): void {
    if (command === 'A') this.#at = Math.max(0, this.#at - count);
    else if (command === 'B') this.#at = Math.min(this.#lines.length - 1, this.#at + count);
    else if (command === 'G') this.#column = 0;
    else if (command === 'J') {
      this.#lines[this.#at]!.text = this.#lines[this.#at]!.text.slice(0, this.#column);
      this.#lines.splice(this.#at + 1);
    } else if (command === 'K') {
      const line = this.#lines[this.#at]!;
      line.text = count === 2 ? '' : line.text.slice(0, this.#column);
    } else if (!'mhl'.includes(command)) throw new Error(`the escape ${command} is not known here`);
  }

  #put(character: string): void {
    if (this.#column === this.#columns) {
      this.#lines[this.#at]!.isBroken = true;
      this.#down(true);
    }
    const line = this.#lines[this.#at]!;
    const before = line.text.padEnd(this.#column);
    line.text = before.slice(0, this.#column) + character + before.slice(this.#column + 1);
    this.#column += 1;
  }

  #down(toStart: boolean): void {
    this.#at += 1;
    if (this.#at === this.#lines.length) this.#lines.push({ text: '', isBroken: false });
    if (toStart) this.#column = 0;
  }
}
