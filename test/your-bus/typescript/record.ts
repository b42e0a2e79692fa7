/** Writes the record of a bus: a line for each thing that happens. The page shows what stands between the marks. */

// docs/YOUR-BUS.md: begin
import { appendFileSync } from 'node:fs';
import { isMainThread, threadId, workerData } from 'node:worker_threads';

/** The counter of the process. Every worker thread is given it: new Worker(file, { workerData: { places } }). */
export const places: BigInt64Array = isMainThread
  ? new BigInt64Array(new SharedArrayBuffer(8))
  : (workerData as { places: BigInt64Array }).places;

const file = `record-${Date.now()}-${process.pid}-${threadId}.ndjson`;
const lines: string[] = [];

/** Takes the line's place first, by one atomic step; lines go to the thread's own file by the thousand. */
export function record(ev: string, aggregate: string, version: number, more: object = {}): void {
  const order = Number(Atomics.add(places, 0, 1n)) + 1;
  lines.push(`${JSON.stringify({ order, ev, aggregate, version, ...more })}\n`);
  if (lines.length === 1000) flush();
}

function flush(): void {
  if (lines.length > 0) appendFileSync(file, lines.splice(0).join(''));
}

setInterval(flush, 1000).unref();
process.on('exit', flush);
// docs/YOUR-BUS.md: end
