/** Lines of handlings for files that are read ahead. */
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';

export type LineOf = (aggregate: string, version: number, at: number) => string;

/** Lines of handlings, some late, some again, of aggregates with names of any length. */
export function drawn(seed: number, count: number, lineOf: LineOf): string {
  const prng = new SeededPrng(seed, 'read ahead');
  const next = new Map<string, number>();
  const lines: string[] = [];
  for (let at = 0; at < count; at++) {
    const aggregate = `order-${'x'.repeat(10 * prng.below(8))}-${prng.below(20)}`;
    const version = (next.get(aggregate) ?? 0) + 1 + prng.below(3) - prng.below(2);
    next.set(aggregate, version);
    lines.push(lineOf(aggregate, version, at));
  }
  return lines.join('');
}

export const plain: LineOf = (aggregate, version) => `${JSON.stringify({ aggregate, version, topic: 't' })}\n`;

/** Lines of other kinds between the handlings. */
export const mixed: LineOf = (aggregate, version, at) => {
  const line = plain(aggregate, version, at);
  if (at % 700 === 3) return `${line}{"level":"info","at":${at}}\n`;
  if (at % 900 === 5) return `${line}{"aggregate":"no version","topic":"t"}\n`;
  if (at % 1_100 === 7) return `${line}not JSON\n`;
  if (at % 1_300 === 9) return `${line}{"ev":"login","aggregate":"a","version":1,"topic":"t"}\n`;
  if (at % 1_700 === 11) return `${line}{"aggregate":"half","version":1.5,"topic":"t"}\n`;
  if (at % 1_900 === 13)
    return `${line}{"aggregate":"\\u00fc${at % 7}","version":${version},"topic":"t2","source":"s"}\n`;
  return line;
};
