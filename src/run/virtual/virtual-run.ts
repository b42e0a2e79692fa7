/** Runs a row on the simulator: the bench and all of the row's parts in one virtual world. */
import type { Simulate } from '../../broker/sim/simulation.js';
import { InternalError, InterruptedError, ToolError } from '../../domain/errors.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { VirtualWorld } from '../../runtime/virtual/virtual-world.js';
import { Bench } from '../bench/bench.js';
import type { Execution, ExecutionContext } from '../bench/execution.js';
import type { RowPlan } from '../row/row-plan.js';
import { loadSimulator } from './load-simulator.js';
import { VirtualRuntime } from './virtual-runtime.js';

/** A simulated broker, and the version that it gives as its own. */
export interface Simulator {
  readonly simulate: Simulate;
  readonly toolVersion: string;
}

/** @param toolVersion the version of the simulator, as the report has it */
export async function executeVirtually(
  plan: RowPlan,
  context: ExecutionContext,
  toolVersion: string,
): Promise<Execution> {
  return executeInWorld(plan, context, { simulate: await loadSimulator(plan.broker), toolVersion });
}

/**
 * Runs the row in a world of its own. The simulated broker ends with that world, so nothing has to be removed from it.
 * An interrupt stops the world at its next macrotask, wherever its tasks are.
 */
export async function executeInWorld(
  plan: RowPlan,
  context: ExecutionContext,
  simulator: Simulator,
): Promise<Execution> {
  const { signal } = context;
  const world = new VirtualWorld(new SeededPrng(plan.seed, 'schedule'));
  const bench = new Bench(plan, context, (sink) => new VirtualRuntime({ plan, signal, world, sink, ...simulator }));
  const stop = (): void => world.stop(new InterruptedError());
  signal.addEventListener('abort', stop);
  let error: ToolError | null = null;
  try {
    await world.run(() => bench.run());
  } catch (thrown) {
    if (thrown instanceof InterruptedError) bench.interrupted();
    else error = thrown instanceof ToolError ? thrown : new InternalError(String(thrown), { cause: thrown });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return { drain: bench.drain, durationMs: world.nowMs(), interrupted: signal.aborted, observationsLost: 0, error };
}
