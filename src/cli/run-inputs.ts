/**
 * Resolves the scenarios that `run` runs: every scenario file with the flags over it, or the flags alone. All of them
 * are validated before the first one starts.
 */
import { UsageError } from '../domain/errors.js';
import { droppedExpectations, withExpectationsOf } from '../scenario/expectations.js';
import { resolveScenario, type ScenarioDefaults } from '../scenario/resolve.js';
import type { ScenarioFlags } from '../scenario/flags.js';
import type { ScenarioFile } from '../scenario/file/scenario-file.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { checkGates, hasGateForItsRows, hasLimits } from '../gate/gate.js';
import { plannedRowNames } from '../scenario/planned-rows.js';
import type { VariantOf } from '../run/row/row-plan.js';
import { strategyIds } from '../run/strategy-list.js';
import { variantsOf } from '../scenario/variants.js';
import { scenarioFileOf, scenarioFolders } from './shipped-scenarios.js';

export interface RunInput {
  readonly scenario: Scenario;
  /** Names of the planned rows, without their repeats. */
  readonly rowNames: readonly string[];
  /** The scenario at a point of its sweep. */
  readonly variantOf: VariantOf;
  /** Remarks for the user on how the flags changed the scenario file. */
  readonly notes: readonly string[];
}

/** The command that runs them, and its defaults where they differ from those of `run`. */
export interface RunCommand {
  readonly name: string;
  readonly defaults?: ScenarioDefaults | undefined;
}

/** @throws {UsageError} if a file cannot be read, or a field, flag or gate is invalid */
export async function readRunInputs(
  files: readonly string[],
  flags: ScenarioFlags,
  command: RunCommand,
): Promise<readonly RunInput[]> {
  const inputs = files.length === 0 ? [fromFlags(flags, command)] : await fromFiles(files, flags, command);
  for (const { scenario } of inputs) checkGates(scenario);
  return inputs;
}

/** The input with at least one gate, since `--fail-fast` needs one; the default gate allows no violation. */
export function withGate(input: RunInput): RunInput {
  if (hasLimits(input.scenario)) return input;
  return { ...input, scenario: { ...input.scenario, maxViolations: 0 } };
}

/** @throws {UsageError} if `--gate-mode` names rows, and no gate applies to them */
export function refuseIdleGateRows({ scenario }: RunInput): void {
  if (scenario.gateRows.length === 0 || hasGateForItsRows(scenario)) return;
  throw new UsageError(
    `gateMode (--gate-mode) names ${scenario.gateRows.join(', ')}, and there is no gate for that`,
    'give --max-violations, --fail-on or --until-at-risk, or leave --gate-mode out',
  );
}

function fromFlags(flags: ScenarioFlags, { name, defaults = {} }: RunCommand): RunInput {
  const input = { flags, strategies: strategyIds, defaults, command: name };
  const scenario = resolveScenario(input);
  return { scenario, rowNames: plannedRowNames(scenario), variantOf: variantsOf(scenario, input), notes: [] };
}

async function fromFiles(
  paths: readonly string[],
  flags: ScenarioFlags,
  command: RunCommand,
): Promise<readonly RunInput[]> {
  const { loadScenarioFile } = await import('../scenario/file/scenario-file.js');
  return paths.map((path) =>
    fromFile(
      loadScenarioFile(scenarioFileOf(path), { strategies: strategyIds, folders: scenarioFolders(), command }),
      flags,
      command,
    ),
  );
}

function fromFile(given: ScenarioFile, flags: ScenarioFlags, { name, defaults = {} }: RunCommand): RunInput {
  const candidates =
    given.settings.strategy === undefined && flags.strategy === undefined ? defaults.strategy : undefined;
  const file = candidates === undefined ? given : withExpectationsOf(given, [candidates].flat().map(String));
  const input = { file, flags, strategies: strategyIds, defaults, command: name };
  const scenario = resolveScenario(input);
  const dropped = droppedExpectations(given, scenario);
  return {
    scenario,
    rowNames: plannedRowNames(scenario),
    variantOf: variantsOf(scenario, input),
    notes: dropped.map((row) => `note: ${file.path} expects something of ${row}, which is not run`),
  };
}
