/** Runs a row on a real broker, with the bench in this thread and the row's parts in worker threads. */
import { BrokerError, type ToolError } from '../../domain/errors.js';
import { Bench } from '../bench/bench.js';
import type { BrokerControl } from '../bench/bench-runtime.js';
import type { Execution, ExecutionContext } from '../bench/execution.js';
import type { RowPlan } from '../row/row-plan.js';
import type { DriverSpec } from './driver-spec.js';
import { ThreadRuntime } from './thread-runtime.js';
import { toToolError } from './worker-protocol.js';

/** Runs the row to its end. It never throws: a lost broker or a failed thread is in the result. */
export async function executeOnThreads(
  plan: RowPlan,
  context: ExecutionContext,
  driver: DriverSpec,
  control: BrokerControl = {},
): Promise<Execution> {
  const { signal, observes } = context;
  const bench = new Bench(
    plan,
    context,
    (sink) => new ThreadRuntime({ plan, signal, observes, driver, control, sink }),
  );
  const { runtime } = bench;
  const error = await firstErrorOf([() => bench.run(), () => runtime.stop(), () => bench.removeAll()]);
  return {
    drain: error instanceof BrokerError && bench.hasBegun ? { ...bench.drain, brokerLost: true } : bench.drain,
    durationMs: runtime.durationMs,
    interrupted: signal.aborted,
    observationsLost: runtime.underway,
    error,
  };
}

/** Takes every step, one after the other, even if one before it failed. */
async function firstErrorOf(steps: readonly (() => Promise<void>)[]): Promise<ToolError | null> {
  let error: ToolError | null = null;
  for (const step of steps) {
    try {
      await step();
    } catch (thrown) {
      error ??= toToolError(thrown);
    }
  }
  return error;
}
