// Compares scripts drawn by chance between the simulator and a real nats-server (docs/CONFORMANCE.md): prints in how
// many of them each operation and each setting occurs, and of each script that differs in three of three tries a
// smallest one with the command that repeats it; then this exits 1.
//
//   node tools/random-scripts.mjs                                     2,000 scripts on the newest server in the cache
//   node tools/random-scripts.mjs --server 2.9.10 --seed 7            others, on an old one
//   node tools/random-scripts.mjs --seed 7 --only 42                  one of them
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = fileURLToPath(new URL('../test/conformance/random/command.ts', import.meta.url));
const { module } = await runnerImport(path, { configFile: false });
process.exitCode = await module.command(process.argv.slice(2), (text) => console.log(text));
