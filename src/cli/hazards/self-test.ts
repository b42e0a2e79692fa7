/** Runs the scenarios of hazards many times each, one after the other, and tallies what was diagnosed. No report is written. */
import type { BrokerKind } from '../../domain/broker/registry.js';
import { InterruptedError } from '../../domain/errors.js';
import type { HazardTally } from '../../domain/report/hazard-tally.js';
import { tallyHazard } from '../../gate/hazard-tally.js';
import type { Connections } from '../../run/connection.js';
import { runScenario } from '../../run/run-scenario.js';
import type { ScenarioFlags } from '../../scenario/flags.js';
import { readRunInputs } from '../run-inputs.js';
import { brokersFor, type HazardScenario } from './hazard-scenarios.js';

export interface SelfTestOptions {
  /** null: those for which each scenario was written. */
  readonly brokers: readonly BrokerKind[] | null;
  readonly flags: ScenarioFlags;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  readonly command: readonly string[];
  /** @param place from 1 */
  readonly onHazard: (place: number, hazard: HazardScenario) => void;
  /** A private server is started: `a private Kafka 4.4.0`. */
  readonly onStarting: (what: string) => void;
}

export interface SelfTest {
  readonly hazards: readonly HazardTally[];
  /** Ids of hazards that none of the brokers can have. */
  readonly leftOut: readonly string[];
}

/**
 * @throws {InterruptedError} on an interrupt, since a part of the matrix says nothing of the rest
 * @throws {ToolError} if a broker cannot be reached or started
 */
export async function selfTest(scenarios: readonly HazardScenario[], options: SelfTestOptions): Promise<SelfTest> {
  const tallies: HazardTally[] = [];
  const leftOut: string[] = [];
  for (const [at, hazard] of scenarios.entries()) {
    options.onHazard(at + 1, hazard);
    const tally = await runHazard(hazard, options);
    if (tally === null) leftOut.push(hazard.id);
    else tallies.push(tally);
  }
  return { hazards: tallies, leftOut };
}

/** @returns null if none of the brokers speaks a protocol that the scenario is for */
async function runHazard(hazard: HazardScenario, options: SelfTestOptions): Promise<HazardTally | null> {
  const command = { name: 'hazards' };
  const [written] = await readRunInputs([hazard.path], {}, command);
  const brokers = brokersFor(written!.scenario.brokers, options.brokers ?? written!.scenario.brokers);
  if (brokers.length === 0) return null;
  const [input] = await readRunInputs([hazard.path], { ...options.flags, broker: [...brokers] }, command);
  const { scenario, variantOf } = input!;
  const { connections, onStarting } = options;
  // A run leaves listeners on its signal.
  const signal = AbortSignal.any([options.signal]);
  const report = await runScenario(scenario, {
    ...{ connections, signal, variantOf, onStarting, command: options.command, tracePath: null },
    onProgress: () => {},
    onRuns: () => {},
  });
  if (signal.aborted) throw new InterruptedError('interrupted before every hazard was run; nothing was kept');
  return tallyHazard(hazard, scenario, report.runs);
}
