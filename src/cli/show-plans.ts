/** Shows what `run` or `compare` would run, as text or as data, and runs nothing. */
import { UsageError } from '../domain/errors.js';
import type { Format } from '../report/exporters/formats.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { createTheme } from '../report/terminal/theme.js';
import type { Connections } from '../run/connection.js';
import { planRun, type RunPlan } from '../run/plan/run-plan.js';
import type { VariantOf } from '../run/row/row-plan.js';
import type { CliContext } from './context.js';
import { renderPlan } from './plan-text.js';
import type { RunInput } from './run-inputs.js';

export interface PlanSettings {
  readonly format: Format;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly connections: Connections;
  readonly reportDir: string;
  readonly trace?: string;
  /** undefined: nothing is compared. null: with the first row. */
  readonly baseline: string | null | undefined;
  /** The further run of each row under another load; null: there is none. */
  readonly probeOf?: ((scenario: Scenario) => Scenario | null) | undefined;
}

/** @throws {UsageError} what a run would refuse before its first row */
export async function showPlans(
  { console }: CliContext,
  inputs: readonly RunInput[],
  { format, color, quiet, connections, reportDir, trace, baseline, probeOf }: PlanSettings,
): Promise<void> {
  if (format !== 'terminal' && format !== 'json') {
    throw new UsageError(
      `--plan is given, and --format is ${format}, which is for reports`,
      'leave --format out, or give --json for the plan as data',
    );
  }
  const planned = (scenario: Scenario, variantOf?: VariantOf): RunPlan =>
    planRun(scenario, { variantOf, connections, isTraced: trace !== undefined });
  const plans = inputs.map(({ scenario, variantOf, rowNames }) => {
    const plan = planned(scenario, variantOf);
    const probe = probeOf?.(scenario) ?? null;
    const more = probe === null ? null : planned(probe);
    return {
      plan: { ...plan, estimateMs: plan.estimateMs + (more?.estimateMs ?? 0) },
      context: {
        reportDir,
        trace: trace ?? null,
        baseline: baseline === undefined ? null : (baseline ?? rowNames[0] ?? null),
        probe:
          more === null ? null : { runs: more.runs, events: more.events, handlerFailShare: probe!.handlerFailShare },
      },
    };
  });
  if (quiet !== true) for (const note of inputs.flatMap(({ notes }) => notes)) await console.err(note);
  if (format === 'json') {
    const data = plans.map(({ plan, context }) => ({ ...plan, ...context }));
    await console.out(`${JSON.stringify(data.length === 1 ? data[0] : data, null, 2)}\n`);
    return;
  }
  const theme = createTheme({ color: console.color('stdout', color), ascii: console.ascii });
  const texts = plans.map(({ plan, context }) => renderPlan(plan, context, { width: console.width, theme }));
  await console.out(texts.join('\n'));
}
