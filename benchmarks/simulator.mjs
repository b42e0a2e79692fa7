// Measures the events a second that the simulator takes through the whole pipeline, checker and latency recorder
// included: 200 aggregates × 1,000 versions in each mode; one round to warm up, then the median of five, on one core.
// Beside it, what a bare promise costs in the same process: the unit in which the virtual world's steps are paid.
//
//   npm run build && node benchmarks/simulator.mjs
import { runScenario } from '../dist/run/run-scenario.js';
import { resolveScenario } from '../dist/scenario/resolve.js';
import { strategyIds } from '../dist/strategy/registry.js';

const rounds = 5;
const modes = ['multi/shared', 'multi/per-topic', 'single'];
const events = 200 * 1000;

const base = resolveScenario({
  flags: { topics: '5', aggregates: '200', versions: '1000' },
  strategies: strategyIds,
});

async function eventsPerSecond(mode) {
  const report = await runScenario(
    { ...base, modes: [mode], rows: [{ mode, strategy: 'keyed-pool' }] },
    {
      connections: { nats: null, kafka: null },
      signal: new AbortController().signal,
      onProgress: () => undefined,
      tracePath: null,
      command: ['run'],
    },
  );
  const [row] = report.runs;
  if (row.counts.handled !== events) throw new Error(`${mode}: handled ${row.counts.handled} of ${events}`);
  return events / (row.wallDurationMs / 1000);
}

async function promisesPerSecond() {
  const count = 1_000_000;
  let resolve;
  const executor = (settle) => (resolve = settle);
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    const wait = new Promise(executor);
    resolve();
    await wait;
  }
  return count / ((performance.now() - begun) / 1000);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const count = (value) => Math.round(value).toLocaleString('en-US').padStart(12);

for (const mode of modes) await eventsPerSecond(mode);
const figures = Object.fromEntries(modes.map((mode) => [mode, []]));
const promises = [];
for (let round = 0; round < rounds; round++) {
  promises.push(await promisesPerSecond());
  for (const mode of modes) figures[mode].push(await eventsPerSecond(mode));
}
console.log('simulated events/s, whole pipeline      median         min         max');
for (const mode of modes) {
  const values = figures[mode];
  console.log(`${mode.padEnd(32)}${count(median(values))}${count(Math.min(...values))}${count(Math.max(...values))}`);
}
console.log(`${'bare promises/s, same process'.padEnd(32)}${count(median(promises))}`);
const worst = Math.min(...modes.map((mode) => median(figures[mode])));
console.log(`promises' worth an event, slowest mode: ${(median(promises) / worst).toFixed(1)}`);
