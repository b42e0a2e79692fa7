/** Runs a row on a real broker, with the bench in this thread and the row's parts in worker threads. */
import { BrokerError, type ToolError } from '../../domain/errors.js';
import { Bench } from '../bench/bench.js';
import type { BrokerControl } from '../bench/bench-runtime.js';
import type { Execution, ExecutionContext } from '../bench/execution.js';
import type { RowPlan } from '../row/row-plan.js';
import { settledBefore } from '../unless-aborted.js';
import type { DriverSpec } from './driver-spec.js';
import type { ServerNews } from './server-news.js';
import { ThreadRuntime } from './thread-runtime.js';
import { toToolError } from './worker-protocol.js';

/** A private server, which lives as long as the run. */
export interface OwnServer {
  readonly control: BrokerControl;
  readonly news: ServerNews;
}

/** How long the news that a private server ended may be behind the broken connections, which say less. */
const newsTimeoutMs = 500;

/** How long the removal of what the run made may take after an interrupt. */
const hurriedRemovalMs = 500;

function notRemoved(broker: string): BrokerError {
  return new BrokerError(
    `what this row made on ${broker} may be left, since the run was interrupted and the server did not remove it in time`,
    'remove it with eventbus-bench clean, with the same flags for the server',
  );
}

/**
 * Runs the row to its end. It never throws: a lost broker or a failed thread is in the result.
 * @param own null: the user named the server
 */
export async function executeOnThreads(
  plan: RowPlan,
  context: ExecutionContext,
  driver: DriverSpec,
  own: OwnServer | null = null,
): Promise<Execution> {
  const { signal, observes } = context;
  const news = own?.news ?? null;
  const control = own?.control ?? {};
  const bench = new Bench(
    plan,
    context,
    (sink) => new ThreadRuntime({ plan, signal, observes, driver, control, news, sink }),
  );
  const { runtime } = bench;
  const ended = await errorOf(() => bench.run());
  const isLost = ended instanceof BrokerError;
  const failure: ToolError | null = isLost ? ((await news?.within(newsTimeoutMs)) ?? null) : null;
  const stopped = await errorOf(() => runtime.stop());
  const removed = await errorOf(async () => {
    // A private server goes at the end of the run, and takes all with it.
    if (own !== null && (isLost || signal.aborted)) return bench.abandon();
    if (!(await settledBefore(bench.removeAll(), signal, hurriedRemovalMs))) throw notRemoved(plan.broker);
  });
  const error: ToolError | null = failure ?? ended ?? stopped ?? removed;
  return {
    drain: error instanceof BrokerError && bench.hasBegun ? { ...bench.drain, brokerLost: true } : bench.drain,
    durationMs: runtime.durationMs,
    interrupted: signal.aborted,
    observationsLost: runtime.underway,
    error,
  };
}

async function errorOf(step: () => Promise<void> | void): Promise<ToolError | null> {
  try {
    await step();
    return null;
  } catch (thrown) {
    return toToolError(thrown);
  }
}
