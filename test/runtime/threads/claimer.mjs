// A thread of the stamp and version tests: claims until there is nothing left, and says what it got.
import { parentPort, workerData } from 'node:worker_threads';
import { SharedStamps } from '../../../dist/runtime/threads/shared-stamps.js';
import { SharedVersionSource } from '../../../dist/runtime/threads/shared-versions.js';

const { counter, words, aggregates, versions, start } = workerData;
const source = new SharedVersionSource(words, new SharedStamps(counter), () => versions);
const claims = [];
Atomics.wait(start, 0, 0);
for (let left = aggregates; left > 0;) {
  left = aggregates;
  for (let aggregate = 0; aggregate < aggregates; aggregate++) {
    const claim = source.claim(aggregate);
    if (claim === null) left--;
    else claims.push({ aggregate, ...claim });
  }
}
parentPort.postMessage(claims);
