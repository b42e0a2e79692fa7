// `npm run bench`: every benchmark of this folder, one after the other, on a freshly built tool.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const benchmarks = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'run.mjs');

const built = spawnSync(process.execPath, [join(folder, '..', 'tools', 'build.mjs')], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
let failed = 0;
for (const name of benchmarks.sort()) {
  console.log(`\n${name}`);
  const ran = spawnSync(process.execPath, ['--expose-gc', join(folder, name)], { stdio: 'inherit' });
  if (ran.status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
