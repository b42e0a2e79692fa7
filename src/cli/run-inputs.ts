/**
 * What does `run` run? Every scenario file with the flags over it, or the flags alone; all of them valid before the first
 * one starts.
 */
import { droppedExpectations, resolveScenario } from '../scenario/resolve.js';
import type { ScenarioFlags } from '../scenario/flags.js';
import type { ScenarioFile } from '../scenario/scenario-file.js';
import type { Scenario } from '../domain/scenario.js';
import { checkGates, hasLimits } from '../run/gate.js';
import { strategyIds } from '../run/strategy-list.js';
import { scenarioFolders } from './scenario-folders.js';

export interface RunInput {
  readonly scenario: Scenario;
  /** What the user should know of how file and flags came together. */
  readonly notes: readonly string[];
}

/** @throws {UsageError} */
export async function readRunInputs(files: readonly string[], flags: ScenarioFlags): Promise<readonly RunInput[]> {
  const inputs = files.length === 0 ? [fromFlags(flags)] : await fromFiles(files, flags);
  for (const { scenario } of inputs) checkGates(scenario);
  return inputs;
}

/** What ends fast needs a gate to end at: without one, that no row has a violation. */
export function withGate(input: RunInput): RunInput {
  if (hasLimits(input.scenario)) return input;
  return { ...input, scenario: { ...input.scenario, maxViolations: 0 } };
}

function fromFlags(flags: ScenarioFlags): RunInput {
  return { scenario: resolveScenario({ flags, strategies: strategyIds }), notes: [] };
}

async function fromFiles(paths: readonly string[], flags: ScenarioFlags): Promise<readonly RunInput[]> {
  const { loadScenarioFile } = await import('../scenario/scenario-file.js');
  return paths.map((path) =>
    fromFile(loadScenarioFile(path, { strategies: strategyIds, folders: scenarioFolders() }), flags),
  );
}

function fromFile(file: ScenarioFile, flags: ScenarioFlags): RunInput {
  const scenario = resolveScenario({ file, flags, strategies: strategyIds });
  const dropped = droppedExpectations(file, scenario);
  return {
    scenario,
    notes: dropped.map((row) => `note: ${file.path} expects something of ${row}, which the flags leave out`),
  };
}
