// A worker: runs one row of a scenario on the simulator, once a seed, and answers with what each run counted: pairs in the
// wrong order, and contested pairs.
import { answer } from '../../tools/lib/on-cores.mjs';
import { runScenario } from '../../dist/run/run-scenario.js';
import { resolveScenario } from '../../dist/scenario/resolve.js';
import { strategyIds } from '../../dist/strategy/registry.js';

const hooks = {
  connections: { nats: null, kafka: null },
  signal: new AbortController().signal,
  onProgress: () => undefined,
  tracePath: null,
  command: ['run'],
};

answer(async ({ flags, firstSeed, lastSeed }) => {
  const scenario = resolveScenario({ flags, strategies: strategyIds });
  const counts = [];
  for (let seed = firstSeed; seed <= lastSeed; seed++) {
    const { runs } = await runScenario({ ...scenario, seed }, hooks);
    if (runs.length !== 1 || runs[0].error !== null) throw new Error(`seed ${seed}: not one row that ran`);
    const { invertedPairs, contestedPairs } = runs[0].exposure;
    counts.push({ events: invertedPairs, of: contestedPairs });
  }
  return counts;
});
