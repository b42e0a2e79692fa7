/**
 * Reads a source in a worker thread, ahead of the check: it makes packs of its lines until all packs are full, and goes on
 * when one was taken. It ends without a word where a source cannot be read so: the check then reads it itself.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { InternalError } from '../../domain/errors.js';
import { ChosenReader } from '../choice/chosen-reader.js';
import { decompressing } from '../input/compressed/decompressed.js';
import { feed } from '../input/feed.js';
import { fileOpener, type OpenedSource } from '../input/open-source.js';
import { packsMost } from './pack.js';
import { PackingSink } from './packing-sink.js';
import type { AheadOrder, AheadProgress, FromAhead } from './protocol.js';

if (parentPort === null) throw new InternalError('a worker script was started outside of a worker thread');
const port = parentPort;

try {
  await readAhead(workerData as AheadOrder);
} catch {
  port.close();
}

async function readAhead({ path, reading, needsTopic, memory }: AheadOrder): Promise<void> {
  const source = await decompressing(fileOpener(path)).open();
  try {
    const taken = new Int32Array(memory.taken);
    let bytes = 0;
    let packs = 0;
    const sink = new PackingSink({
      ...{ memory, needsTopic, source: source.name },
      free: () => waitForFree(taken, packs++),
      send: (note) => post({ type: 'pack', note, progress: progressOf(source, bytes) }),
    });
    const reader = new ChosenReader({ ...reading, pattern: null }, source, sink);
    await feed(source, { reader, sink }, (read) => {
      bytes = read;
    });
    post({ type: 'end', end: { format: source.format, badEnd: source.badEnd ?? null, lines: sink.lines } });
  } finally {
    await source.close();
  }
}

function progressOf({ format, totalBytes }: OpenedSource, bytes: number): AheadProgress {
  return { format, totalBytes, bytes };
}

/** @param before packs that were begun before this one  @returns which pack is free */
function waitForFree(taken: Int32Array, before: number): number {
  for (let done = taken[0]!; before - done >= packsMost; done = Atomics.load(taken, 0)) Atomics.wait(taken, 0, done);
  return before % packsMost;
}

function post(message: FromAhead): void {
  port.postMessage(message);
}
