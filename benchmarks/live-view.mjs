// Measures what the live view costs: the time that its drawings take by the CPU time of the run, as the view measures it
// itself; and the CPU time of whole runs with the view by those without, in turns in one process. Draws on standard error
// where that is a terminal, and else on one of 80 x 24 that shows nothing.
//
//   npm run build && node benchmarks/live-view.mjs [--rounds 7] [--versions 400]
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createLiveDisplay } from '../dist/cli/live/live-display.js';
import { runScenario } from '../dist/run/run-scenario.js';
import { plannedRows } from '../dist/scenario/planned-rows.js';
import { resolveScenario } from '../dist/scenario/resolve.js';
import { ratioInterval } from '../dist/statistics/ratio-interval.js';
import { strategyIds } from '../dist/strategy/registry.js';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, versions: { type: 'string', default: '400' } },
});

const nothing = new Writable({ write: (_chunk, _encoding, callback) => callback() });
const stream = process.stderr.isTTY ? process.stderr : Object.assign(nothing, { columns: 80, rows: 24, isTTY: true });
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function scenarioOf(flags) {
  return resolveScenario({ flags: { topics: '5', aggregates: '200', ...flags }, strategies: strategyIds });
}

/** Runs the scenario in this thread, with the view or without it. */
async function run(scenario, isShown) {
  const names = plannedRows(scenario).map(({ id }) => id);
  const display = createLiveDisplay({
    ...{ stream, names, isVirtual: true, color: true, ascii: false, cpuMs },
    nowMs: () => performance.now(),
  });
  const beganMs = performance.now();
  const beganCpuMs = cpuMs();
  const { runs } = await runScenario(scenario, {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: (progress) => isShown && display.update(progress),
    onRuns: (progress) => isShown && display.updateRuns(progress),
    tracePath: null,
    command: ['run'],
    threads: 1,
  });
  display.done();
  for (const { error } of runs) if (error !== null) throw new Error(error.message);
  const { spentMs, drawings } = display;
  return { spentMs, drawings, cpuMs: cpuMs() - beganCpuMs, wallMs: performance.now() - beganMs };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
console.log('rows  drawings/s  ms/drawing  drawing by CPU time   run with by without (95 % confidence)');
for (const rows of [1, 3, 24]) {
  const strategy = rows === 24 ? { strategy: strategyIds.slice(0, 8).join(','), mode: 'all' } : {};
  const versions = String(Math.ceil((3 * Number(options.versions)) / rows));
  const scenario = scenarioOf({ versions, ...(rows === 1 && { mode: 'single' }), ...strategy });
  const [shown, plain] = [[], []];
  for (let round = -1; round < Number(options.rounds); round++) {
    const pair = [await run(scenario, true), await run(scenario, false)];
    if (round < 0) continue;
    shown.push(pair[0]);
    plain.push(pair[1]);
  }
  const cpu = (runs) => runs.map((run) => run.cpuMs);
  const { ratio, low95, high95 } = ratioInterval(cpu(shown), cpu(plain), { paired: true });
  const share = median(shown.map(({ spentMs, cpuMs }) => spentMs / cpuMs));
  const each = median(shown.map(({ spentMs, drawings }) => spentMs / drawings));
  const rate = median(shown.map(({ drawings, wallMs }) => (drawings * 1000) / wallMs));
  console.log(
    `${String(rows).padStart(4)}  ${rate.toFixed(1).padStart(10)}  ${each.toFixed(2).padStart(10)}  ${`${(share * 100).toFixed(2)} %`.padStart(19)}   ${ratio.toFixed(3)} (${low95.toFixed(3)} to ${high95.toFixed(3)})`,
  );
}
