/** Tells from the beginning of a source how it is written. */
import { UsageError } from '../../domain/errors.js';

/** Formats of a record, and `trace`, which is what `run --trace` writes. */
export const recordFormats = ['ndjson', 'csv', 'text', 'otlp', 'trace'] as const;
export type RecordFormat = (typeof recordFormats)[number];

const lineFeed = 0x0a;
const openBrace = 0x7b;
const peekedBytes = 65_536;

/** Bytes of a mark that says that text is UTF-8, at the beginning. */
export function markBytes(bytes: Uint8Array, from: number, to: number): number {
  return to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf ? 3 : 0;
}

/** @throws {UsageError} if the source is UTF-16, by its mark or by the zeros of plain letters */
export function refuseUtf16(bytes: Uint8Array, from: number, to: number, source: string): void {
  const encoding = utf16Of(bytes.subarray(from, Math.min(to, from + 1_024)));
  if (encoding === null) return;
  throw new UsageError(
    `${source} is written in UTF-16, and a record is read as UTF-8`,
    `iconv -f ${encoding} -t UTF-8 ${source === 'standard input' ? '' : `${source} `}| eventbus-bench check -`,
  );
}

function utf16Of(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16';
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2]!++;
  const [even, odd] = [zeros[0]!, zeros[1]!];
  const most = bytes.length / 4;
  if (bytes.length < 16 || Math.max(even, odd) < most || Math.min(even, odd) > most / 4) return null;
  return odd > even ? 'UTF-16LE' : 'UTF-16BE';
}

/**
 * @returns null: neither JSON nor a line with delimiters is at its beginning
 * @throws {UsageError} if it is a JSON array
 */
export function formatByContent(bytes: Uint8Array, from: number, to: number, source: string): RecordFormat | null {
  const text = Buffer.from(bytes.subarray(from, Math.min(to, from + peekedBytes))).toString('utf8');
  const begin = text.trimStart();
  if (begin.startsWith('[')) {
    throw new UsageError(
      `${source} is a JSON array, and a record has a line for each thing that happened`,
      `jq -c '.[]' ${source === 'standard input' ? '' : `${source} `}| eventbus-bench check -`,
    );
  }
  if (/^\{\s*"kind"\s*:\s*"header"/u.test(begin)) return 'trace';
  if (/^\{\s*"resource_?[sS]pans"\s*:/u.test(begin)) return 'otlp';
  if (begin === '' || hasObject(bytes, from, to)) return 'ndjson';
  const [first = ''] = begin.split('\n', 1);
  return /[,;\t]/u.test(first) && !first.includes('{') ? 'csv' : null;
}

/** Whether any line begins with an object. */
function hasObject(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to;) {
    if (bytes[at] === openBrace) return true;
    const end = bytes.indexOf(lineFeed, at);
    if (end < 0 || end >= to) return false;
    at = end + 1;
  }
  return false;
}
