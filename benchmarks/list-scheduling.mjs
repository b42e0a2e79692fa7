// Compares the keyed strategies with the bounds of list scheduling: 10,000 messages with handlers of 0 to 5 ms over 1
// to 100 keys and 16 lanes, in the simulator, all of them published before they can be handled. No schedule that keeps
// each key serial ends before its longest chain of one key, or before all work spread over all lanes; a pool that binds
// keys to lanes not before its heaviest lane either. Beside it the figures that Confluent publishes for its parallel
// consumer, on other hardware: the shape is comparable, the seconds are not.
//
//   npm run build && node benchmarks/list-scheduling.mjs [--seeds 3]
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { runScenario } from '../dist/run/run-scenario.js';
import { resolveScenario } from '../dist/scenario/resolve.js';
import { strategyIds } from '../dist/strategy/registry.js';

const messages = 10_000;
const lanes = 16;
const keyCounts = [1, 2, 5, 10, 20, 100];
/** Seconds, from the README of confluentinc/parallel-consumer, by keys; unordered 2.8 s. */
const published = { 1: 26.7, 2: 13.6, 5: 5.9, 10: 3.3, 20: 2.2, 100: 2.2 };
const freely = ['aggregate-queue', 'retry-in-place', 'parallel-keys', 'version-gate'];
const byHash = ['keyed-pool', 'actor'];

const { values: options } = parseArgs({ options: { seeds: { type: 'string', default: '3' } } });
const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-lanes-'));

/** Time from the first start to the last end, and the bounds of the very service times that were drawn; in seconds. */
async function measure(strategy, keys, seed) {
  const tracePath = join(folder, 'trace.ndjson');
  const flags = {
    ...{ mode: 'single', topics: '1', aggregates: String(keys), versions: String(messages / keys) },
    ...{ publish: `async:${Math.min(1000, messages / keys)}`, handlerTime: '0-5ms', workers: String(lanes) },
    ...{ maxAckPending: '10000', queueSize: '10000', laneSize: '10000', strategy, seed: String(seed) },
  };
  await runScenario(resolveScenario({ flags, strategies: strategyIds }), {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath,
    command: ['run'],
  });
  const chains = new Map();
  const laneLoads = new Map();
  let [work, first, last, attempts] = [0, Infinity, 0, 0];
  for await (const line of createInterface({ input: createReadStream(tracePath) })) {
    if (!line.startsWith('{"kind":"attempt"')) continue;
    const { aggregateId, lane, startedUs, finishedUs } = JSON.parse(line);
    const tookUs = finishedUs - startedUs;
    work += tookUs;
    attempts++;
    chains.set(aggregateId, (chains.get(aggregateId) ?? 0) + tookUs);
    laneLoads.set(lane, (laneLoads.get(lane) ?? 0) + tookUs);
    first = Math.min(first, startedUs);
    last = Math.max(last, finishedUs);
  }
  if (attempts !== messages) throw new Error(`${strategy}, ${keys} keys: ${attempts} of ${messages} handled`);
  const bound = Math.max(...chains.values(), work / lanes);
  const heaviestLane = Math.max(...laneLoads.values());
  return { tookS: (last - first) / 1e6, boundS: bound / 1e6, heaviestS: heaviestLane / 1e6 };
}

const seeds = Array.from({ length: Number(options.seeds) }, (_, at) => at + 1);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const seconds = (value) => value.toFixed(2).padStart(6);
const share = (value) => `${((value - 1) * 100).toFixed(1)} %`.padStart(8);
let worst = 0;
console.log(
  `${messages} messages, handlers of 0 to 5 ms, ${lanes} lanes, means of ${seeds.length} seeds; above: over the bound\n`,
);
console.log('strategy          keys   took s  bound s    above   heaviest lane s    above it   published s');
try {
  for (const strategy of [...freely, ...byHash]) {
    for (const keys of keyCounts) {
      const runs = [];
      for (const seed of seeds) runs.push(await measure(strategy, keys, seed));
      const [took, bound, heaviest] = ['tookS', 'boundS', 'heaviestS'].map((key) => mean(runs.map((run) => run[key])));
      // Of a pool that binds keys to lanes the heaviest lane is the bound; the others choose their lanes themselves.
      const own = freely.includes(strategy) ? took / bound : took / heaviest;
      worst = Math.max(worst, own);
      const lane = byHash.includes(strategy)
        ? `${seconds(heaviest)}          ${share(took / heaviest)}`
        : ' '.repeat(24);
      console.log(
        `${strategy.padEnd(16)} ${String(keys).padStart(5)}   ${seconds(took)}   ${seconds(bound)} ${share(took / bound)}            ${lane}        ${seconds(published[keys])}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\nfarthest from its own bound: ${share(worst).trim()}`);
