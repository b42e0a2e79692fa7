/** Plans all rows of a scenario, in the order in which they run. */
import type { Scenario } from '../../../src/domain/scenario/scenario.js';
import { RowPlanner, type RowPlan } from '../../../src/run/row/row-plan.js';

/** @param runId makes the names on the broker unique */
export function planRows(scenario: Scenario, runId: string): RowPlan[] {
  return new RowPlanner(scenario, { runId }).repeats(1, scenario.repeat);
}
