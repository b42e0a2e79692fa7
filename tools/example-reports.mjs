// Makes the reports that are kept in reports/examples: each as JSON, as text and as its page. The incident runs on the
// simulator and on a real NATS server (`npm run brokers`), the comparison on the simulator.
//
//   npm run build && node tools/example-reports.mjs           runs them, and writes all of it
//   npm run build && node tools/example-reports.mjs --render  writes text and page of the JSON that is kept
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Few events, so that the files stay small; few workers and a short queue, so that few events are enough to lose order.
const small = ['--aggregates', '16', '--versions', '15', '--workers', '8'];
const examples = {
  incident: ['run', 'incident', '--broker', 'sim,nats', ...small, '--handler-time', '0-5ms', '--queue-size', '4'],
  comparison: ['compare', 'incident-fixes', ...small, '--repeat', '2'],
};

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const kept = fileURLToPath(new URL('../reports/examples', import.meta.url));
const rendersOnly = process.argv.includes('--render');

for (const [name, command] of Object.entries(examples)) {
  if (!rendersOnly) runAndKeep(name, command);
  const shown = ['report', `reports/examples/${name}.json`];
  writeFileSync(join(kept, `${name}.txt`), printed(shown));
  writeFileSync(join(kept, `${name}.html`), printed([...shown, '--format', 'html']));
}

/** Without an option that says where the report goes, which the command that repeats it would have as well. */
function runAndKeep(name, command) {
  const cwd = mkdtempSync(join(tmpdir(), 'eventbus-bench-example-'));
  try {
    printed(command, cwd);
    copyFileSync(join(cwd, 'reports', 'latest.json'), join(kept, `${name}.json`));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** What the command prints. Exit code 0 or 1: a comparison may find order lost. */
function printed(args, cwd = fileURLToPath(new URL('..', import.meta.url))) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status === null || status > 1) throw new Error(`${args.join(' ')} exits ${status}\n${stderr}`);
  return stdout;
}
