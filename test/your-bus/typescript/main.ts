/**
 * Handles 4,080 events of 51 aggregates in four worker threads, some of them out of order, and says what it did: the
 * events and the regressions that it counted itself, under a lock of each aggregate. The threads wait for each other
 * after every ten rounds.
 */
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { places, record } from './record.js';

const aggregates = 51;
const lanes = 4;
const ten = 10 * aggregates;
const events = 80 * aggregates;
/** A sound bus has nothing out of order, and the events of an aggregate in one lane. */
const sound = process.env['SOUND'] !== undefined;
const pause = new Int32Array(new SharedArrayBuffer(4));

interface Event {
  readonly aggregate: string;
  readonly version: number;
}

/** What the threads share, by aggregate; `arrived` counts the threads that came to the end of ten rounds. */
interface Shared {
  readonly lane: number;
  readonly locks: Int32Array;
  readonly highest: Int32Array;
  readonly regressions: Int32Array;
  readonly arrived: Int32Array;
}

// docs/YOUR-BUS.md: begin
async function handle(event: Event, lane: string): Promise<void> {
  record('start', event.aggregate, event.version, { lane }); // before anything else, and before the first await
  await apply(event);
}

async function publish(event: Event): Promise<void> {
  record('publish', event.aggregate, event.version); // before the client's call
  await send(event);
  record('acked', event.aggregate, event.version); // the broker has acknowledged it
}
// docs/YOUR-BUS.md: end

/** Takes a moment now and then, so that the lanes take turns. */
async function apply({ version }: Event): Promise<void> {
  if (version % 4 === 0) Atomics.wait(pause, 0, 0, 0.05);
}

async function send(_: Event): Promise<void> {}

/** The i-th event: aggregate by aggregate, the versions of the rounds 3 and 4 of every ten exchanged. */
function task(i: number): Event {
  const aggregate = i % aggregates;
  const round = Math.floor(i / aggregates);
  const version = round + 1 + (sound ? 0 : round % 10 === 3 ? 1 : round % 10 === 4 ? -1 : 0);
  return { aggregate: aggregate === 0 ? 'a"b\\c\nü' : `agg-${aggregate}`, version };
}

/** Handles a fourth of the events of each ten rounds. */
async function handleShare({ lane, locks, highest, regressions, arrived }: Shared): Promise<void> {
  for (let i = 0; i < events; i++) {
    if (i % ten === 0) meet(arrived, i / ten);
    if ((i % (sound ? aggregates : ten)) % lanes !== lane) continue;
    const event = task(i);
    const aggregate = i % aggregates;
    while (Atomics.compareExchange(locks, aggregate, 0, 1) !== 0) Atomics.wait(locks, aggregate, 1);
    await handle(event, `w${lane}`);
    if (event.version < highest[aggregate]!) regressions[aggregate]! += 1;
    else highest[aggregate] = event.version;
    Atomics.store(locks, aggregate, 0);
    Atomics.notify(locks, aggregate);
  }
}

/** Waits until every thread has come here for the `before + 1`st time. */
function meet(arrived: Int32Array, before: number): void {
  Atomics.add(arrived, 0, 1);
  Atomics.notify(arrived, 0);
  for (;;) {
    const seen = Atomics.load(arrived, 0);
    if (seen >= (before + 1) * lanes) return;
    Atomics.wait(arrived, 0, seen);
  }
}

async function main(): Promise<void> {
  for (let i = 0; i < events; i++) await publish(task(i));
  const array = (): Int32Array => new Int32Array(new SharedArrayBuffer(4 * aggregates));
  const shared = { locks: array(), highest: array(), regressions: array(), arrived: array() };
  const workers = Array.from(
    { length: lanes },
    (_, lane) => new Worker(new URL(import.meta.url), { workerData: { ...shared, lane, places } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  const regressions = shared.regressions.reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${JSON.stringify({ events, regressions })}\n`);
}

if (isMainThread) await main();
else await handleShare(workerData as Shared);
