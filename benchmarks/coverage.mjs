// Measures how often the 95 % interval of a rate over repeats holds the true rate, in 1,000 experiments of 20 runs each, on the
// simulator, every run with a seed of its own; as many of 10 and of 5 runs as can be cut out of them without using a run
// twice. The true rate is the one over all 20,000 runs. Beside the interval that the tool gives, Wilson's over pairs, which
// takes pairs of one run for independent. The design effect is the factor by which the variance between runs is above
// what independent pairs would have. Exits 1 if the coverage is not between 93 and 97 %.
//
//   npm run build && node benchmarks/coverage.mjs [--experiments 1000]
import { parseArgs } from 'node:util';
import { clusterRate95 } from '../dist/statistics/cluster-rate.js';
import { rate95 } from '../dist/statistics/rate95.js';
import { onCores } from '../tools/lib/on-cores.mjs';

const sizes = [5, 10, 20];
const runsMost = Math.max(...sizes);
const aim = { low: 0.93, high: 0.97 };
const runsPerJob = 250;

/** Buses that lose order now and then: mostly a little, in some runs a lot, in some not at all. */
const workloads = {
  'multi/shared, 50 × 4': { mode: 'multi/shared', topics: '5', aggregates: '50', versions: '4' },
  'multi/shared, 50 × 10': { mode: 'multi/shared', topics: '5', aggregates: '50', versions: '10' },
  'single, workers:5@50%, 20 × 20': {
    ...{ mode: 'single', topics: '5', aggregates: '20', versions: '20', disturb: 'workers:5@50%' },
  },
  'single, two publishers, 20 × 10': {
    ...{ mode: 'single', topics: '5', aggregates: '20', versions: '10', publishersPerAggregate: '2' },
  },
};

const { values: options } = parseArgs({ options: { experiments: { type: 'string', default: '1000' } } });
const experiments = Number(options.experiments);
const runsTotal = experiments * runsMost;
if (!Number.isSafeInteger(experiments) || experiments < 1) throw new Error('--experiments: a number from 1');

/** As many runs as all experiments have, with seeds from 1. */
async function simulate(flags) {
  const jobs = Array.from({ length: Math.ceil(runsTotal / runsPerJob) }, (_, at) => ({
    ...{ flags, firstSeed: at * runsPerJob + 1, lastSeed: Math.min(runsTotal, (at + 1) * runsPerJob) },
  }));
  return (await onCores(new URL('lib/simulated-runs.mjs', import.meta.url), jobs)).flat();
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const eventsOf = (runs) => sum(runs.map(({ events }) => events));
const wholeOf = (runs) => sum(runs.map(({ of }) => of));

/** Variance of the rate between runs, by that of as many independent pairs. */
function designEffectOf(runs) {
  const [events, whole] = [eventsOf(runs), wholeOf(runs)];
  const rate = events / whole;
  const squares = sum(runs.map(({ events: seen, of }) => (seen - rate * of) ** 2));
  return squares / (whole * rate * (1 - rate));
}

/** The shares of experiments without an interval, and of the others those whose interval holds the true rate. */
function coverageOf(runs, size, truth, intervalOf) {
  let [given, held, below, total] = [0, 0, 0, 0];
  for (let from = 0; from + size <= runs.length; from += size, total++) {
    const { low95, high95 } = intervalOf(runs.slice(from, from + size));
    if (low95 === null || high95 === null) continue;
    given++;
    if (low95 <= truth && truth <= high95) held++;
    else if (high95 < truth) below++;
  }
  return { share: held / given, below: below / given, without: 1 - given / total, total };
}

const wilson = (runs) => rate95(eventsOf(runs), wholeOf(runs));
const percent = (share) => `${(share * 100).toFixed(1)} %`.padStart(9);

const begun = performance.now();
let missed = 0;
console.log(
  'workload                          true rate  no event  design  runs  experiments  none given  covered   too low    by pairs',
);
for (const [name, flags] of Object.entries(workloads)) {
  const runs = await simulate(flags);
  const truth = eventsOf(runs) / wholeOf(runs);
  const idle = runs.filter(({ events }) => events === 0).length / runs.length;
  for (const size of sizes) {
    const { share, below, without, total } = coverageOf(runs, size, truth, clusterRate95);
    if (!(share >= aim.low && share <= aim.high)) missed++;
    const pairs = coverageOf(runs, size, truth, wilson).share;
    const about = `${name.padEnd(33)}${percent(truth)} ${percent(idle)} ${designEffectOf(runs).toFixed(1).padStart(7)}`;
    console.log(
      `${size === sizes[0] ? about : ' '.repeat(about.length)} ${String(size).padStart(5)} ${String(total).padStart(12)}  ${percent(without)}  ${percent(share)} ${percent(below)}   ${percent(pairs)}`,
    );
  }
}
const took = `${(Object.keys(workloads).length * runsTotal).toLocaleString('en-US')} runs in ${((performance.now() - begun) / 1000).toFixed(0)} s`;
console.log(`\n${took}; ${missed === 0 ? 'all' : `${missed} not`} between 93 and 97 %`);
process.exit(missed === 0 ? 0 : 1);
