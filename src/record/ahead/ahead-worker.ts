/**
 * Reads a source, or the segments of it that it claims, in a worker thread, ahead of the check: it makes packs of lines until
 * all packs are full, and goes on when one was taken. It ends without a word where a source cannot be read so: the check then reads it itself.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { InternalError } from '../../domain/errors.js';
import { ChosenReader } from '../choice/chosen-reader.js';
import { decompressing } from '../input/compressed/decompressed.js';
import { feed } from '../input/feed.js';
import { fileOpener, type OpenedSource } from '../input/open-source.js';
import { NdjsonReader } from '../ndjson/ndjson-reader.js';
import { pathTree } from '../ndjson/path-tree.js';
import { claimedAt, packsMost, sentAt, takenAt } from './pack.js';
import { PackingSink } from './packing-sink.js';
import type { AheadOrder, AheadProgress, FromAhead, SegmentsOrder } from './protocol.js';
import { Segments } from './segments.js';

if (parentPort === null) throw new InternalError('a worker script was started outside of a worker thread');
const port = parentPort;

try {
  const order = workerData as AheadOrder;
  if (order.segments === null) await readAll(order);
  else readClaimed(order, order.segments);
} catch {
  port.close();
}

async function readAll(order: AheadOrder): Promise<void> {
  const { path, reading } = order;
  const source = await decompressing(fileOpener(path)).open();
  try {
    let bytes = 0;
    const sink = sinkOf(order, () => progressOf(source, bytes));
    const reader = new ChosenReader({ ...reading, pattern: null }, source, sink);
    await feed(source, { reader, sink }, (read) => {
      bytes = read;
    });
    post({ type: 'end', end: { format: source.format, badEnd: source.badEnd ?? null, lines: sink.lines } });
  } finally {
    await source.close();
  }
}

function readClaimed(order: AheadOrder, segmentsOrder: SegmentsOrder): void {
  const counts = new Int32Array(order.memory.counts);
  const { bytes, count } = segmentsOrder;
  const segments = new Segments(segmentsOrder);
  let begin = 0;
  const sink = sinkOf(order, () => ({ format: 'ndjson', totalBytes: null, bytes: begin }));
  const reader = new NdjsonReader(pathTree(order.reading.map, { only: false }), order.reading.constants, sink);
  for (;;) {
    const number = Atomics.add(counts, claimedAt, 1);
    if (number >= count) return;
    begin = number * bytes;
    const { buffer, from, to, end } = segments.read(number);
    reader.startBehind(0);
    sink.restart();
    reader.read(buffer, from, to, false);
    sink.flush();
    post({ type: 'segment', segment: { lines: reader.lines, end } });
  }
}

function sinkOf({ path, needsTopic, memory }: AheadOrder, progress: () => AheadProgress): PackingSink {
  const counts = new Int32Array(memory.counts);
  let packs = 0;
  return new PackingSink({
    ...{ memory, needsTopic, source: path },
    free: () => waitForFree(counts, packs++),
    send: (note) => {
      Atomics.add(counts, sentAt, 1);
      post({ type: 'pack', note, progress: progress() });
    },
  });
}

function progressOf({ format, totalBytes }: OpenedSource, bytes: number): AheadProgress {
  return { format, totalBytes, bytes };
}

/** @param before packs that were begun before this one  @returns which pack is free */
function waitForFree(counts: Int32Array, before: number): number {
  for (let taken = counts[takenAt]!; before - taken >= packsMost; taken = Atomics.load(counts, takenAt)) {
    Atomics.wait(counts, takenAt, taken);
  }
  return before % packsMost;
}

function post(message: FromAhead): void {
  port.postMessage(message);
}
