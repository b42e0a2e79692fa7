// Compares scripts drawn by chance between the simulator and a real nats-server (docs/CONFORMANCE.md): prints in how
// many of them each operation and each setting occurs, and of each script that differs in three of three tries a
// smallest one with the command that repeats it; then this exits 1.
//
//   node tools/random-scripts.mjs                                     2,000 scripts on the newest server in the cache
//   node tools/random-scripts.mjs --server 2.9.10 --seed 7            others, on an old one
//   node tools/random-scripts.mjs --seed 7 --only 42                  one of them
//   node tools/random-scripts.mjs --canary                            breaks rule after rule of the simulator, and says
//                                                                     after how many scripts each is found; 1 if one is not
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { breaking, brokenRules } from './lib/broken-rules.mjs';

const path = fileURLToPath(new URL('../test/conformance/random/command.ts', import.meta.url));
const load = async (...plugins) => (await runnerImport(path, { configFile: false, plugins })).module;

const args = process.argv.slice(2);
if (args.includes('--canary')) await canary(args.filter((arg) => arg !== '--canary'));
else process.exitCode = await (await load()).command(args, (text) => console.log(text));

/** Each with a simulator of its own, loaded with the rule broken. */
async function canary(rest) {
  for (const rule of brokenRules) {
    const { scriptsUntilFound } = await load(breaking(rule));
    const found = await scriptsUntilFound(rest);
    console.log(`${found === null ? 'not found' : `after ${found}`.padStart(9)}  rule ${rule.rule}: ${rule.what}`);
    if (found === null) process.exitCode = 1;
  }
}
