/** Reads a large file of NDJSON in two threads, of which one checks as well. The lines come in the order of the file. */
import { open, type FileHandle } from 'node:fs/promises';
import { ChosenReader } from '../choice/chosen-reader.js';
import { compressionOf } from '../input/compressed/compression.js';
import type { LineSink } from '../reader.js';
import type { AheadEnd, AheadOrder, AheadProgress } from './protocol.js';
import type { AheadTarget } from './take-pack.js';
import { TwoThreads, type Sharing } from './two-threads.js';

/** Packs are few below this: they last until a segment was read. */
const fewPacks = 3;

export const usualSharing: Sharing = { bytes: 1_048_576, claims: (ready) => ready < fewPacks };

const peekedBytes = 65_536;

/**
 * @param onRead called after each pack and each segment; may throw
 * @returns null: the file is none of plain NDJSON with several segments, and nothing was done
 * @throws {NotPacked} if the file cannot be read so
 * @throws {NeedsMore} as {@link PackTaker.take}
 */
export async function readTogether(
  order: Omit<AheadOrder, 'memory' | 'segments'>,
  target: AheadTarget,
  sharing: Sharing,
  onRead: (progress: AheadProgress) => void,
): Promise<AheadEnd | null> {
  const file = await open(order.path).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    // The rest is no shorter than a segment, so that a line that begins before it mostly ends in it.
    const count = Math.floor(size / sharing.bytes) - 1;
    if (count < 1 || !(await isPlainNdjson(file, order))) return null;
    const segments = { file: file.fd, bytes: sharing.bytes, count };
    return await new TwoThreads({ ...{ file, size, target, sharing, onRead }, order: { ...order, segments } }).read();
  } finally {
    await file.close();
  }
}

/** Whether it is NDJSON as it was written, neither compressed nor wrapped, as its beginning says. */
async function isPlainNdjson(
  file: FileHandle,
  { path, reading }: Pick<AheadOrder, 'path' | 'reading'>,
): Promise<boolean> {
  if (reading.strip !== null) return false;
  const begin = Buffer.alloc(peekedBytes);
  const { bytesRead } = await file.read(begin, 0, begin.length, 0).catch(() => ({ bytesRead: 0 }));
  if (compressionOf(begin) !== null) return false;
  const source = { name: path, format: null as string | null };
  try {
    new ChosenReader({ ...reading, pattern: null }, source, nobody).read(begin, 0, bytesRead, false);
  } catch {
    // Whoever reads it from the beginning is told what is wrong with it.
    return false;
  }
  return source.format === 'ndjson';
}

const nobody: LineSink = { line: () => {}, flush: () => {}, bad: () => {}, other: () => {} };
