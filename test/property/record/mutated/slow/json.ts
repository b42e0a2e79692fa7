/**
 * Reads a line of JSON by JSON.parse, with a character for each byte of a text and with numbers as they are written. It
 * has no code in common with the scanner.
 */

/** A value as {@link slowJson} has it: texts and numbers are told apart by their first letter. */
export type SlowValue = string | boolean | null | SlowValue[] | { [key: string]: SlowValue };

/** Deeper is no log line. */
const deepest = 500;

/** @returns undefined: it is no JSON */
export function slowJson(line: Buffer): SlowValue | undefined {
  const text = line.toString('latin1');
  try {
    JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
  const tagged = byteEscapes(text).replaceAll(
    /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*/g,
    (token, string?: string, colon?: string) => {
      if (string === undefined) return `"N${token}"`;
      return colon === undefined ? `"S${string.slice(1)}` : token;
    },
  );
  const value = JSON.parse(tagged) as SlowValue;
  return depthOf(value) > deepest ? undefined : value;
}

/** Escapes beyond ASCII become those of their bytes in UTF-8; half a surrogate pair has the three bytes of its number. */
function byteEscapes(text: string): string {
  return text.replaceAll(
    /\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|\\[^u]/gi,
    (escape, high?: string, low?: string, single?: string) => {
      if (high !== undefined) return escapesOf(Buffer.from(String.fromCharCode(hex(high), hex(low!))));
      if (single === undefined || hex(single) < 0x80) return escape;
      const unit = hex(single);
      if (unit < 0xd800 || unit > 0xdfff) return escapesOf(Buffer.from(String.fromCharCode(unit)));
      return escapesOf(Buffer.of(0xed, 0x80 + ((unit >> 6) & 0x3f), 0x80 + (unit & 0x3f)));
    },
  );
}

function hex(digits: string): number {
  return Number.parseInt(digits, 16);
}

function escapesOf(bytes: Buffer): string {
  return [...bytes].map((byte) => `\\u00${byte.toString(16)}`).join('');
}

function depthOf(value: SlowValue): number {
  let level: SlowValue[] = [value];
  for (let depth = 0; ; depth++) {
    const nested = level.filter((one) => typeof one === 'object' && one !== null);
    if (nested.length === 0) return depth;
    level = nested.flatMap((one) => Object.values(one));
  }
}

/** What is at a place; undefined: nothing, or what is no text, number, true or false. */
export function slowText(value: SlowValue, steps: readonly (string | number)[]): string | undefined {
  let at: SlowValue | undefined = value;
  for (const step of steps) {
    const isList = Array.isArray(at);
    if (typeof at !== 'object' || at === null || isList !== (typeof step === 'number')) return undefined;
    at = Object.hasOwn(at, step) ? (at as Record<string | number, SlowValue>)[step] : undefined;
  }
  if (typeof at === 'boolean') return String(at);
  return typeof at === 'string' ? at.slice(1) : undefined;
}
