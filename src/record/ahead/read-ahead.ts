/**
 * Has a large file read by a thread of its own, ahead of the check: reading lines and checking them take about as long as
 * each other. The lines come in the order of the file, so the result is that of one thread.
 */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { NotPacked } from '../engine.js';
import type { AheadEnd, AheadOrder, AheadProgress } from './protocol.js';
import { hasScript, ReaderThread } from './reader-thread.js';
import { PackTaker, type AheadTarget } from './take-pack.js';

/** With less to read, starting a thread takes longer than it saves. */
export const aheadFromBytes = 32 * 1_048_576;

/** Whether a thread of its own pays. False if the sources run uncompiled. */
export async function isWorthReadingAhead(path: string, fromBytes: number): Promise<boolean> {
  if (availableParallelism() < 2 || !hasScript()) return false;
  const file = await stat(path).catch(() => null);
  return file !== null && file.isFile() && file.size >= fromBytes;
}

/**
 * @param onPack called after each pack; may throw
 * @throws {NotPacked} if the file cannot be read so
 * @throws {NeedsMore} as {@link PackTaker.take}
 */
export async function readAhead(
  order: Omit<AheadOrder, 'memory' | 'segments'>,
  target: AheadTarget,
  onPack: (progress: AheadProgress) => void,
): Promise<AheadEnd> {
  const taker = new PackTaker(target);
  const thread = new ReaderThread({ ...order, segments: null });
  try {
    for (;;) {
      const message = await thread.next();
      if (message?.type === 'end') return message.end;
      if (message?.type !== 'pack') throw new NotPacked();
      taker.take(message.note, thread.columns(message.note.slot), 0);
      thread.release();
      onPack(message.progress);
    }
  } finally {
    await thread.end();
  }
}
