// The build (`npm run build`): compiles src/ to dist/ and records which commit it was built from, so that a report can
// name it (`tool.gitCommit`; null outside a git checkout), and whether files differed from it, for `--version`.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

const compiled = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// The pinned jars of Kafka are data beside their code.
const pins = join('broker', 'fetch');
for (const file of readdirSync(join(root, 'src', pins)).filter((name) => name.endsWith('.jars'))) {
  copyFileSync(join(root, 'src', pins, file), join(root, 'dist', pins, file));
}

// The page of a report runs in a browser: one script without imports, and one style sheet.
await build({
  entryPoints: { page: join(root, 'page', 'main.ts') },
  outdir: join(root, 'dist', 'page'),
  ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', charset: 'ascii', legalComments: 'inline' },
});
await build({
  entryPoints: { page: join(root, 'page', 'style.css') },
  outdir: join(root, 'dist', 'page'),
  minify: true,
});

writeFileSync(join(root, 'dist', 'build-info.json'), `${JSON.stringify(buildInfo())}\n`);
chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);

function buildInfo() {
  if (!existsSync(join(root, '.git'))) return { gitCommit: null, hasChanges: false };
  try {
    return { gitCommit: git('rev-parse', 'HEAD'), hasChanges: git('status', '--porcelain') !== '' };
  } catch {
    return { gitCommit: null, hasChanges: false };
  }
}

function git(...args) {
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return output.trim();
}
