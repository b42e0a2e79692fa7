// Does the gate ever say the wrong thing? The command line runs in this process, once a seed, over a row that keeps order
// and over one that does not, with --max-violations 0: the first must exit 0 every time, the second 1. Any other code is
// counted as wrong, and printed with the command that repeats it.
//
//   npm run build && node tools/gate-soak.mjs                         1,000 seeds on the simulator
//   node tools/gate-soak.mjs --broker nats --seeds 30 -- --aggregates 50 --versions 100
//                                                                     on a real server; flags of run behind --
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { runCli } from '../dist/cli/run-cli.js';

const { values, positionals } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    broker: { type: 'string', default: 'sim' },
    ordered: { type: 'string', default: 'single' },
    broken: { type: 'string', default: 'multi/shared' },
  },
  allowPositionals: true,
});
const workload = positionals.length > 0 ? positionals : ['--aggregates', '20', '--versions', '20'];
const seeds = Number(values.seeds);
if (!Number.isSafeInteger(seeds) || seeds < 1) throw new Error(`--seeds is ${values.seeds}; allowed: 1 or more`);

const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** The exit code of one run of the program, in this process. */
function exitCodeOf(args) {
  const stub = {
    argv: [process.execPath, 'eventbus-bench', ...args],
    env: { NO_COLOR: '1' },
    stdout: sink(),
    stderr: sink(),
    on: () => stub,
    exit: (code) => process.exit(code),
  };
  return runCli(stub);
}

const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-soak-'));
const begun = performance.now();
let wrong = 0;
try {
  for (const [mode, expected] of [
    [values.ordered, 0],
    [values.broken, 1],
  ]) {
    const codes = new Map();
    for (let seed = 1; seed <= seeds; seed++) {
      const args = ['run', '--broker', values.broker, '--mode', mode, '--max-violations', '0', '--seed', `${seed}`];
      const code = await exitCodeOf([...args, ...workload, '--report-dir', folder]);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (code !== expected) console.log(`exit ${code} instead of ${expected}: ${[...args, ...workload].join(' ')}`);
      // A report a run would fill the disk.
      if (seed % 50 === 0) rmSync(folder, { recursive: true, force: true });
    }
    const others = seeds - (codes.get(expected) ?? 0);
    wrong += others;
    const found = [...codes].sort(([a], [b]) => a - b).map(([code, times]) => `exit ${code}: ${times}`);
    console.log(
      `${values.broker} ${mode}, expected exit ${expected}: ${found.join(', ')}; ${others} wrong of ${seeds}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${wrong} wrong of ${2 * seeds} in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
process.exit(wrong === 0 ? 0 : 1);
