/**
 * Many small runs on one real server, without a process for each: the built program's own `runScenario`, whose worker
 * threads are started from what was built.
 */
import type { RunRow } from '../../src/domain/report/run-report.js';
import type * as RunScenario from '../../src/run/run-scenario.js';
import type { Connections } from '../../src/run/sessions.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { strategyIds } from '../../src/strategy/registry.js';
import type { DrawnRun } from '../run/drawn-runs.js';

const { runScenario } = (await import(
  new URL('../../dist/run/run-scenario.js', import.meta.url).href
)) as typeof RunScenario;

export async function runBuilt({ flags, seed }: DrawnRun, connections: Connections): Promise<readonly RunRow[]> {
  const scenario = resolveScenario({ flags: { ...flags, seed: String(seed) }, strategies: strategyIds });
  const { runs } = await runScenario(scenario, {
    connections,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath: null,
    command: ['run'],
  });
  return runs;
}
