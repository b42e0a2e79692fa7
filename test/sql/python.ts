/**
 * Engines that are Python packages, in the folder that tools/sql-engines.mjs makes. Without a package its tests are
 * skipped and say why; with EVENTBUS_BENCH_REQUIRE_BROKERS=1 they fail, but for those that are run by hand.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { projectRoot } from '../cli/cli-process.js';

const python = join(projectRoot, '.cache', 'sql-engines', 'bin', 'python');
const isRequired = process.env['EVENTBUS_BENCH_REQUIRE_BROKERS'] === '1';

export interface PythonSuite {
  /** The package that the tests need. */
  readonly needs: string;
  readonly byHand?: boolean;
}

/** Runs the suite where the package is there. */
export function describeWithPython({ needs, byHand = false }: PythonSuite, title: string, suite: () => void): void {
  if (isThere(needs)) {
    describe(title, suite);
    return;
  }
  const option = byHand ? ' -- --spark' : '';
  const reason = `no ${needs} in .cache/sql-engines (npm run sql-engines${option} installs it)`;
  it.skipIf(byHand || !isRequired)(`${title}: ${reason}`, () => {
    throw new Error(reason);
  });
}

function isThere(name: string): boolean {
  if (!existsSync(python)) return false;
  const search = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${name}') is None)`;
  return spawnSync(python, ['-c', search]).status === 0;
}

/** Runs a program with the input as JSON on its standard input, and reads its standard output as JSON. */
export function runPython(program: string, input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONWARNINGS: 'ignore' },
  });
  if (status !== 0) throw new Error(`python ended with ${String(status)}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
}
