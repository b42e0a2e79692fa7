/** Reads a record that may be damaged by the reader that is asked for, in pieces of sizes that are drawn. */
import { ChosenReader } from '../../../../src/record/choice/chosen-reader.js';
import { parseMap } from '../../../../src/record/map/parse-map.js';
import { LinePattern } from '../../../../src/record/text/line-pattern.js';
import { UsageError } from '../../../../src/domain/errors.js';
import type { RecordField } from '../../../../src/domain/record/record-fields.js';
import type { Prng } from '../../../../src/runtime/ports.js';
import type { Asked } from '../../../record/fixtures.js';
import { readInPieces, Recorder, type Taken } from './read-in-pieces.js';

/** How many lines are damaged in all, and the first seed. */
export const mutatedWanted = Number(process.env['EVENTBUS_BENCH_MUTATED'] ?? 100_000);
export const mutatedFirstSeed = Number(process.env['EVENTBUS_BENCH_MUTATED_SEED'] ?? 0);

/** For so many lines. */
export function mutatedTimeoutMs(lines: number): number {
  return Math.max(60_000, 5 * lines);
}

/** @returns null: it was refused as UTF-16, which it may look like */
export function takenFrom(asked: Asked, content: Buffer, prng: Prng): Taken[] | null {
  const map = parseMap(asked.map ?? '');
  const constants = new Map<RecordField, string>();
  for (const [field, from] of map) if (from.kind === 'constant') constants.set(field, from.text);
  const pattern = asked.pattern === undefined ? null : new LinePattern(asked.pattern, map);
  const options = { format: asked.format ?? null, strip: asked.strip ?? null, pattern, map, constants };
  const recorder = new Recorder();
  try {
    readInPieces(content, new ChosenReader(options, { name: 'made-up', format: null }, recorder), pieceBytesOf(prng));
  } catch (error) {
    if (error instanceof UsageError && error.message.includes('UTF-16')) return null;
    throw error;
  }
  return recorder.taken;
}

function pieceBytesOf(prng: Prng): () => number {
  const kind = prng.float();
  if (kind < 0.1) return () => 1;
  if (kind < 0.6) return () => 1 + prng.below(60);
  return () => 1 + prng.below(4_000);
}
