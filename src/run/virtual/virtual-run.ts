/** Runs a row on the simulator: the bench and all of the row's parts in one virtual world. */
import { InternalError, ToolError } from '../../domain/errors.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { VirtualWorld } from '../../runtime/virtual/virtual-world.js';
import { Bench } from '../bench/bench.js';
import type { Execution, ExecutionContext } from '../bench/execution.js';
import type { RowPlan } from '../row/row-plan.js';
import { simulatedBroker, type Simulate } from './simulated-broker.js';
import { VirtualRuntime } from './virtual-runtime.js';

/** @param toolVersion the version of the simulator, as the report has it */
export function executeVirtually(plan: RowPlan, context: ExecutionContext, toolVersion: string): Promise<Execution> {
  return executeInWorld(plan, context, simulatedBroker(toolVersion));
}

/** What is on the broker goes with the world, so nothing is removed. */
export async function executeInWorld(plan: RowPlan, context: ExecutionContext, simulate: Simulate): Promise<Execution> {
  const { signal } = context;
  const world = new VirtualWorld(new SeededPrng(plan.seed, 'schedule'));
  const bench = new Bench(plan, context, (sink) => new VirtualRuntime({ plan, signal, world, sink, simulate }));
  let error: ToolError | null = null;
  try {
    await world.run(() => bench.run());
  } catch (thrown) {
    error = thrown instanceof ToolError ? thrown : new InternalError(String(thrown), { cause: thrown });
  }
  return { drain: bench.drain, durationMs: world.nowMs(), interrupted: signal.aborted, observationsLost: 0, error };
}
