/** Runs a row on a real broker, with the bench in this thread and the row's parts in worker threads. */
import { BrokerError, type ToolError } from '../../domain/errors.js';
import { Bench } from '../bench/bench.js';
import type { BrokerControl } from '../bench/bench-runtime.js';
import type { Execution, ExecutionContext } from '../bench/execution.js';
import type { RowPlan } from '../row/row-plan.js';
import { settledBefore } from '../unless-aborted.js';
import type { DriverSpec } from './driver-spec.js';
import { ThreadRuntime } from './thread-runtime.js';
import { toToolError } from './worker-protocol.js';

/** How long the removal of what the run made may take after an interrupt. */
const hurriedRemovalMs = 500;

function notRemoved(broker: string): BrokerError {
  return new BrokerError(
    `what this row made on ${broker} may be left, since the run was interrupted and the server did not remove it in time`,
    'remove it with eventbus-bench clean, named the same server',
  );
}

/** What the process that runs the row may do to the broker, beside what any client may. */
export interface BrokerOfRun extends BrokerControl {
  /** The broker is stopped at the end of the run, and all that is on it is removed. */
  readonly isPrivate: boolean;
}

/** Runs the row to its end. It never throws: a lost broker or a failed thread is in the result. */
export async function executeOnThreads(
  plan: RowPlan,
  context: ExecutionContext,
  driver: DriverSpec,
  { isPrivate, ...control }: BrokerOfRun = { isPrivate: false },
): Promise<Execution> {
  const { signal, observes } = context;
  const bench = new Bench(
    plan,
    context,
    (sink) => new ThreadRuntime({ plan, signal, observes, driver, control, sink }),
  );
  const { runtime } = bench;
  const remove = async (): Promise<void> => {
    if (isPrivate && signal.aborted) return bench.leaveAll();
    if (!(await settledBefore(bench.removeAll(), signal, hurriedRemovalMs))) throw notRemoved(plan.broker);
  };
  const error = await firstErrorOf([() => bench.run(), () => runtime.stop(), remove]);
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
