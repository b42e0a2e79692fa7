// Spreads jobs over all cores: a worker thread a core, each of which takes the next job when it is done with one. Jobs and
// their results are plain data.
import { availableParallelism } from 'node:os';
import { Worker, parentPort } from 'node:worker_threads';

/**
 * @param script URL of a module that calls {@link answer}
 * @param options threads: one a core unless given; onResult: told of each result as it comes, with the place of its job
 * @returns the results, in the order of the jobs
 */
export async function onCores(script, jobs, { threads = availableParallelism(), onResult = () => undefined } = {}) {
  const results = [];
  let next = 0;
  const serve = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script);
      let at = -1;
      const hand = () => {
        at = next++;
        if (at < jobs.length) worker.postMessage(jobs[at]);
        else void worker.terminate().then(resolve);
      };
      worker.on('message', (result) => {
        results[at] = result;
        onResult(result, at);
        hand();
      });
      worker.on('error', reject);
      hand();
    });
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, serve));
  return results;
}

/** In a worker: does every job that it is given. What `work` throws ends the whole spread. */
export function answer(work) {
  parentPort.on('message', (job) => void work(job).then((result) => parentPort.postMessage(result)));
}
