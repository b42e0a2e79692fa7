/** Runs a scenario on the simulator, for tests: what every run must satisfy is checked here. */
import { expect } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { runScenario } from '../../src/run/run-scenario.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { strategyIds } from '../../src/strategy/registry.js';

export async function simulate(flags: ScenarioFlags, seed: number, tracePath: string | null = null): Promise<RunRow[]> {
  const scenario = resolveScenario({ flags: { ...flags, seed: String(seed) }, strategies: strategyIds });
  const report = await runScenario(scenario, {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath,
    command: ['run'],
  });
  for (const { id, counts, error } of report.runs) {
    expect(error, `${id}, seed ${seed}`).toBeNull();
    expect(counts.naive, `${id}, seed ${seed}`).toBe(counts.regressions + counts.duplicates.total);
  }
  return [...report.runs];
}

/** Runs on several seeds; the seed is in the message of what fails. */
export async function onSeeds(
  flags: ScenarioFlags,
  check: (rows: RunRow[], seed: string) => void,
  seeds = 8,
): Promise<void> {
  for (let seed = 1; seed <= seeds; seed++) check(await simulate(flags, seed), `--seed ${seed}`);
}

/** The stages at which regressions have their origin. */
export const originsOf = (row: RunRow): string[] =>
  Object.entries(row.origins)
    .filter(([stage, count]) => count > 0 && stage !== 'finish')
    .map(([stage]) => stage);
