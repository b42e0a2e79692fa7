/** Takes off what containers and collectors put around lines, by patterns of its own: a line for each line. */
import { slowJson } from './json.js';
import { withoutMark } from './ndjson.js';

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)`;

export type Wrapping = 'docker' | 'kubernetes' | 'journald';

/** A line without what was around it, and whether it goes on in the next. */
interface Unwrapped {
  readonly text: Buffer;
  readonly goesOn: boolean;
}

const unwrap: Readonly<Record<Wrapping, (line: Buffer) => Unwrapped>> = {
  docker: (line) => {
    const text = keyOf(line, 'log');
    if (text === null) return { text: withoutPrefix(line, `^(?:[\\w.-]+ +\\| ?)?(?:${time} )?`), goesOn: false };
    const goesOn = text.at(-1) !== 10;
    return { text: goesOn ? text : text.subarray(0, -1), goesOn };
  },
  kubernetes: (line) => {
    const whole = `^${time} std(?:out|err) F(?::[^ ]*)? `;
    const part = `^${time} std(?:out|err) P(?::[^ ]*)? `;
    for (const [prefix, goesOn] of [
      [whole, false],
      [part, true],
    ] as const) {
      // prettier-ignore
      if (new RegExp(prefix, 'u').test(headOf(line))) return { text: withoutPrefix(line, prefix), goesOn };
    }
    return { text: withoutPrefix(line, `^(?:\\[pod/[^\\] ]+\\] )?(?:${time} )?`), goesOn: false };
  },
  journald: (line) => {
    const text = keyOf(line, 'MESSAGE');
    if (text !== null) return { text, goesOn: false };
    if (/^-- .* --\r?$/u.test(headOf(line))) return { text: Buffer.alloc(0), goesOn: false };
    const begin = String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?`;
    return { text: withoutPrefix(line, `^(?:${begin}|${time}) [^ ]+ [^ \\[:]+(?:\\[\\d+\\])?: `), goesOn: false };
  },
};

/** As long as a prefix may be. */
function headOf(line: Buffer): string {
  return line.subarray(0, 512).toString('latin1');
}

function withoutPrefix(line: Buffer, prefix: string): Buffer {
  return line.subarray(new RegExp(prefix, 'u').exec(headOf(line))?.[0].length ?? 0);
}

/** @returns null: the line is no JSON object, or has no such key */
function keyOf(line: Buffer, key: string): Buffer | null {
  const value = line[0] === 0x7b ? slowJson(line) : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
  const text = value[key]!;
  if (typeof text === 'string') return Buffer.from(text.slice(1), 'latin1');
  if (typeof text === 'boolean') return Buffer.from(String(text));
  const isBytes = Array.isArray(text) && text.every((one) => typeof one === 'string' && one.startsWith('N'));
  return isBytes ? Buffer.from(text.map((one) => Number((one as string).slice(1)))) : null;
}

export function slowStripped(lines: readonly Buffer[], wrapping: Wrapping): Buffer[] {
  const out: Buffer[] = [];
  let parts: Buffer[] = [];
  const put = (line: Buffer): void => void out.push(Buffer.from(line.map((byte) => (byte === 10 ? 32 : byte))));
  for (const raw of lines) {
    const line = raw.at(-1) === 13 ? raw.subarray(0, -1) : raw;
    const { text, goesOn } = unwrap[wrapping](line);
    parts.push(text);
    put(goesOn ? Buffer.alloc(0) : Buffer.concat(parts));
    if (!goesOn) parts = [];
  }
  if (parts.length > 0) put(Buffer.concat(parts));
  // What is wrapped may begin with a mark, as a file may.
  return out.map((line, index) => (index === 0 ? withoutMark(line) : line));
}
