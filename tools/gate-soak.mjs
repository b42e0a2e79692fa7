// Looks for wrong verdicts of the gate. Runs of broken and of sound buses whose sizes, rates, handler times and limits
// are drawn at random, each with --max-violations 0: a broken one must exit 1 or 2, never 0; a sound one under load 0,
// never 1, and 2 in no more than 2 % of runs, each with a command that makes it decisive, which is run and must exit 0.
// Every other verdict is printed with the command that repeats it; then this exits 1.
//
//   npm run build && node tools/gate-soak.mjs                        2,000 runs on the simulator, over all cores
//   node tools/gate-soak.mjs --broker nats --runs 360                its JetStream rows on a real server, one at a time
//   node tools/gate-soak.mjs --row 'no key' --row keyed --runs 100   these rows only, by turns
//   node tools/gate-soak.mjs --canary --runs 20                      takes broken for sound: must find all to be wrong
import { parseArgs } from 'node:util';
import { onCores } from './lib/on-cores.mjs';
import { argumentsOf, chanceOf } from './lib/soak-draw.mjs';
import { soakRows } from './lib/soak-rows.mjs';
import { undecidedMax } from './lib/soak-verdict.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    broker: { type: 'string', default: 'sim' },
    row: { type: 'string', multiple: true },
    canary: { type: 'boolean', default: false },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (!Number.isSafeInteger(runs) || runs < 1) throw new Error(`--runs is ${values.runs}; allowed: 1 or more`);
const brokers = {
  sim: { jetstream: 'sim', kafka: 'sim:kafka' },
  nats: { jetstream: 'nats' },
  kafka: { kafka: 'kafka' },
}[values.broker];
if (brokers === undefined) throw new Error(`--broker is ${values.broker}; allowed: sim, nats, kafka`);
const rows = soakRows
  .filter(({ broker }) => Object.hasOwn(brokers, broker))
  .filter(({ name }) => values.row === undefined || values.row.includes(name));
if (rows.length === 0) throw new Error(`no such row; there are: ${soakRows.map(({ name }) => name).join(', ')}`);

/** The run at a place: its row, and the command that is that run, wherever it stands. */
function jobAt(at) {
  const { name, broker, isBroken, draw } = rows[at % rows.length];
  const flags = { broker: brokers[broker], ...draw(chanceOf(seed, at)), maxViolations: 0, seed: at + 1 };
  return { name, args: ['run', ...argumentsOf(flags)], isBroken: isBroken !== values.canary };
}

const begun = performance.now();
const jobs = Array.from({ length: runs }, (_, at) => jobAt(at));
// Runs on a server share its machine: they go one at a time.
const threads = values.broker === 'sim' ? undefined : 1;
const results = await onCores(new URL('lib/soak-worker.mjs', import.meta.url), jobs, {
  threads,
  onResult: ({ wrong }, at) => {
    if (wrong !== null) console.log(`${jobs[at].name}: ${wrong}: eventbus-bench ${jobs[at].args.join(' ')}`);
  },
});

const codeOf = (at) => results[at].code;
const indexes = jobs.map((_, at) => at);
const count = (indexed, code) => indexed.filter((at) => codeOf(at) === code).length;
console.log(`\n${'row'.padEnd(36)} is        runs   exit 0   exit 1   exit 2   others    wrong`);
for (const { name } of rows) {
  const own = indexes.filter((at) => jobs[at].name === name);
  if (own.length === 0) continue;
  const known = [0, 1, 2].map((code) => count(own, code));
  const others = own.length - known.reduce((sum, one) => sum + one, 0);
  const wrong = own.filter((at) => results[at].wrong !== null).length;
  const cells = [...known, others, wrong].map((cell) => String(cell).padStart(9)).join('');
  console.log(
    `${name.padEnd(36)} ${jobs[own[0]].isBroken ? 'broken' : 'sound '}${String(own.length).padStart(8)}${cells}`,
  );
}
const soundRuns = indexes.filter((at) => !jobs[at].isBroken);
const undecided = count(soundRuns, 2);
const wrong = indexes.filter((at) => results[at].wrong !== null).length;
// Of a few runs, one is more than its share whatever the rate.
const tooMany = undecided > 1 && undecided > undecidedMax * soundRuns.length;
console.log(`undecided of sound rows: ${undecided} of ${soundRuns.length}${tooMany ? ', more than 2 %' : ''}`);
console.log(`${wrong} wrong of ${runs} in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
process.exit(wrong === 0 && !tooMany ? 0 : 1);
