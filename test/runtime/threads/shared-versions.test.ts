// Version and publish stamp are claimed in one step: whichever thread claims, stamps rise with versions, and every
// stamp is handed out once.
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { createStampCounter, SharedStamps } from '../../../src/runtime/threads/shared-stamps.js';
import { createVersionWords, SharedVersionSource } from '../../../src/runtime/threads/shared-versions.js';

interface Claimed {
  readonly aggregate: number;
  readonly version: number;
  readonly stamp: number;
}

test('stamps count from 1 and go on beyond 32 bits', () => {
  const counter = createStampCounter();
  const [one, other] = [new SharedStamps(counter), new SharedStamps(counter)];
  expect([one.last, one.next(), other.next(), one.next(), other.last]).toEqual([0, 1, 2, 3, 3]);
  counter[0] = 2n ** 40n;
  expect(one.next()).toBe(2 ** 40 + 1);
});

test('each aggregate has its own versions, and no more than it may', () => {
  const source = new SharedVersionSource(createVersionWords(2), new SharedStamps(createStampCounter()), () => 2);
  expect(source.claim(0)).toEqual({ version: 1, stamp: 1 });
  expect(source.claim(1)).toEqual({ version: 1, stamp: 2 });
  expect(source.claim(0)).toEqual({ version: 2, stamp: 3 });
  expect(source.claim(0)).toBeNull();
});

test('four threads that share all aggregates claim every version and every stamp once, in the same order', async () => {
  const [aggregates, versions] = [3, 5_000];
  const start = new Int32Array(new SharedArrayBuffer(4));
  const workerData = {
    counter: createStampCounter(),
    words: createVersionWords(aggregates),
    aggregates,
    versions,
    start,
  };
  const workers = Array.from(
    { length: 4 },
    () => new Worker(new URL('./claimer.mjs', import.meta.url), { workerData }),
  );
  const claims = workers.map(
    (worker) =>
      new Promise<Claimed[]>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      }),
  );
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('online', resolve))));
  Atomics.store(start, 0, 1);
  Atomics.notify(start, 0);

  const all = (await Promise.all(claims)).flat().sort((a, b) => a.stamp - b.stamp);
  expect(all.map(({ stamp }) => stamp)).toEqual(Array.from({ length: aggregates * versions }, (_, i) => i + 1));
  for (let aggregate = 0; aggregate < aggregates; aggregate++) {
    const versionsByStamp = all.filter((claim) => claim.aggregate === aggregate).map(({ version }) => version);
    expect(versionsByStamp).toEqual(Array.from({ length: versions }, (_, i) => i + 1));
  }
});
