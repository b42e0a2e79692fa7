/**
 * Runs rows on the simulator in a worker thread, one after another, as they are requested. The result is exactly that
 * of the main thread, since a row depends only on its plan and seed.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { InternalError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import type { RunRow } from '../../domain/report/run-report.js';
import { RowPlanner } from '../row/row-plan.js';
import { runRow } from '../row/run-row.js';
import { executeVirtually } from '../virtual/virtual-run.js';
import type { FromRowWorker, RowOrder, RowWorkerInput, ToRowWorker } from './row-protocol.js';

const betweenProgressMs = 100;

if (parentPort === null) throw new InternalError('a worker script was started outside of a worker thread');
const port = parentPort;
const { toolVersion, runId, observes } = workerData as RowWorkerInput;
const interrupt = new AbortController();

port.on('message', (message: ToRowWorker) => {
  if (message.type === 'interrupt') interrupt.abort();
  else void answer(message.order);
});

async function answer(order: RowOrder): Promise<void> {
  try {
    post({ type: 'row', row: await run(order) });
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function run({ scenario, row, round, index, total }: RowOrder): Promise<RunRow> {
  const plan = new RowPlanner(scenario, { runId, round }).plan(row, index, total);
  let reportedAtMs = -Infinity;
  let phase: Progress['phase'] | null = null;
  const finished = await runRow(plan, (planned, context) => executeVirtually(planned, context, toolVersion), {
    signal: interrupt.signal,
    observes,
    trace: null,
    onProgress: (progress) => {
      if (progress.phase === phase && performance.now() - reportedAtMs < betweenProgressMs) return;
      reportedAtMs = performance.now();
      phase = progress.phase;
      post({ type: 'progress', progress });
    },
  });
  // The memory of the process includes the rows of other threads, so it says nothing of this one.
  return { ...finished, peakRssBytes: null };
}

function post(message: FromRowWorker): void {
  port.postMessage(message);
}
