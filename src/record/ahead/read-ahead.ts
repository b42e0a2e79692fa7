/**
 * Has a large file read by a thread of its own, ahead of the check: reading lines and checking them take about as long as
 * each other. The lines come in the order of the file, so the result is that of one thread.
 */
import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { NotPacked } from '../engine.js';
import type { HandledEngine } from '../handled/handled-engine.js';
import type { Intake } from '../intake.js';
import { columnsOf, packMemory, packsMost } from './pack.js';
import type { AheadEnd, AheadOrder, AheadProgress, FromAhead } from './protocol.js';
import { PackTaker } from './take-pack.js';

/** With less to read, starting a thread takes longer than it saves. */
export const aheadFromBytes = 32 * 1_048_576;

const script = new URL('./ahead-worker.js', import.meta.url);

/** Whether a thread of its own pays. False if the sources run uncompiled, since a thread needs a compiled script. */
export async function isWorthReadingAhead(path: string, fromBytes: number): Promise<boolean> {
  if (availableParallelism() < 2 || !existsSync(fileURLToPath(script))) return false;
  const file = await stat(path).catch(() => null);
  return file !== null && file.isFile() && file.size >= fromBytes;
}

/**
 * @param onPack called after each pack; may throw
 * @throws {NotPacked} if the file cannot be read so
 * @throws {NeedsMore} as {@link PackTaker.take}
 */
export async function readAhead(
  order: Omit<AheadOrder, 'memory'>,
  target: { readonly intake: Intake; readonly engine: HandledEngine },
  onPack: (progress: AheadProgress) => void,
): Promise<AheadEnd> {
  const memory = packMemory();
  const taken = new Int32Array(memory.taken);
  const columns = Array.from({ length: packsMost }, (_, slot) => columnsOf(memory, slot));
  const taker = new PackTaker(target.intake, target.engine);
  const workerData: AheadOrder = { ...order, memory };
  const worker = new Worker(script, { workerData, name: 'reader', execArgv: [] });
  const thread: { isBroken: boolean } = { isBroken: false };
  worker.once('error', () => (thread.isBroken = true));
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[FromAhead]>) {
      if (message.type === 'end') return message.end;
      taker.take(message.note, columns[message.note.slot]!);
      Atomics.add(taken, 0, 1);
      Atomics.notify(taken, 0);
      onPack(message.progress);
    }
  } catch (error) {
    if (!thread.isBroken) throw error;
  } finally {
    await worker.terminate();
  }
  throw new NotPacked();
}
