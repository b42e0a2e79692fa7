// Measures the cost of observation: events a second with everything stamped, recorded and checked, against the same run
// with nothing of it, in turns in one process: in the simulator, and on a private NATS server with threads (skipped
// without a server). Handlers take no time, so that nothing hides the cost.
//
//   npm run build && node benchmarks/observing.mjs [--rounds 7]
import { parseArgs } from 'node:util';
import { runScenario } from '../dist/run/run-scenario.js';
import { resolveScenario } from '../dist/scenario/resolve.js';
import { ratioInterval } from '../dist/statistics/ratio-interval.js';
import { strategyIds } from '../dist/strategy/registry.js';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(options.rounds);

const subjects = [
  { name: 'sim:jetstream', flags: { versions: '500', handlerTime: '0' } },
  { name: 'nats', flags: { broker: 'nats', versions: '1000', handlerTime: '0', publish: 'async:20' } },
  { name: 'nats, 1 ms', flags: { broker: 'nats', versions: '500', handlerTime: '1ms', publish: 'async:20' } },
];

async function eventsPerSecond(flags, observes) {
  const scenario = resolveScenario({
    flags: { mode: 'single', topics: '5', aggregates: '200', ...flags },
    strategies: strategyIds,
  });
  const report = await runScenario(scenario, {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath: null,
    command: ['run'],
    observes,
  });
  const [row] = report.runs;
  if (row.error !== null) throw new Error(row.error.message);
  // The row's own clock runs from the first publish to the end of the drain; the simulator's cost is on the wall clock.
  const tookMs = row.clock === 'virtual' ? row.wallDurationMs : row.durationMs;
  return (scenario.aggregates * scenario.versions) / (tookMs / 1000);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const count = (value) => Math.round(value).toLocaleString('en-US').padStart(10);
console.log('broker          observed/s  unobserved/s   ratio (95 % confidence)');
for (const { name, flags } of subjects) {
  try {
    const [watched, alone] = [[], []];
    for (let round = -1; round < rounds; round++) {
      const pair = [await eventsPerSecond(flags, true), await eventsPerSecond(flags, false)];
      if (round < 0) continue;
      watched.push(pair[0]);
      alone.push(pair[1]);
    }
    const { ratio, low95, high95 } = ratioInterval(alone, watched, { paired: true });
    const interval = `${ratio.toFixed(3)} (${low95.toFixed(3)} to ${high95.toFixed(3)})`;
    console.log(`${name.padEnd(14)}${count(median(watched))}    ${count(median(alone))}   ${interval}`);
  } catch (error) {
    console.log(`${name.padEnd(14)}  not measured: ${error.message}`);
  }
}
