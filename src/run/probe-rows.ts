/** Runs the rows of a probe, once each, after those of the report; they are in no table and no trace of their own. */
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { RowPlanner } from './row/row-plan.js';
import { RowRunner, type RowRunnerOptions } from './row/row-runner.js';

/** A load under which the rows of a report are run once more. */
export interface Probing {
  readonly scenario: Scenario;
  /** Called with each row as it ends. */
  readonly onRow: (row: RunRow) => void;
}

/** Names of the rows of a probe are counted from here, above those of the warm-up. */
const probeNames = 2_000_000;

/** @param runner that of the report's rows, whose threads are there already; null: it writes a trace */
export async function runProbe(
  { scenario, onRow }: Probing,
  runner: RowRunner | null,
  options: RowRunnerOptions,
): Promise<void> {
  const planning = { runId: options.runId, firstName: probeNames, round: 'probe' } as const;
  const plans = new RowPlanner(scenario, planning).repeats(1, 1);
  const shown = plans.map((plan) => ({ ...plan, identity: { ...plan.identity, id: `probe ${plan.identity.id}` } }));
  const own = runner === null ? new RowRunner({ ...options, trace: null }) : null;
  try {
    let at = 0;
    for await (const row of (runner ?? own!).run(shown)) {
      onRow({ ...row, id: plans[at]!.identity.id });
      at += 1;
      if (row.error !== null && row.error.code !== 'unsupported') return;
    }
  } finally {
    await own?.close();
  }
}
