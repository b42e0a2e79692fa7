/** What lines of text say by a pattern, as the pattern of this language finds it. */
import { isUtf8 } from 'node:buffer';
import type { Taken } from '../read-in-pieces.js';
import { classed } from './ndjson.js';

export function slowText(lines: readonly Buffer[], pattern: string): Taken[] {
  const compiled = new RegExp(pattern, 'u');
  return lines.flatMap((bytes, index) => {
    const number = index + 1;
    const line = bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes;
    if (line.length === 0) return [];
    const text = line.toString('utf8');
    const groups = compiled.exec(text)?.groups;
    if (groups === undefined) return [{ kind: 'other', number } as const];
    if (text.includes('\0')) return [{ kind: 'bad', number } as const];
    const found = ['aggregate', 'version', 'topic'].map((name) => (groups[name] === '' ? undefined : groups[name]));
    if (found.some((one) => one?.includes('\ufffd')) && !isUtf8(line)) return [{ kind: 'bad', number } as const];
    const [aggregate, version, topic] = found.map((one) => one && Buffer.from(one).toString('latin1'));
    return [classed(number, aggregate, version, topic)];
  });
}
