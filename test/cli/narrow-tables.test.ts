/** What commands print at 40, 60 and 80 columns: no line is wider, but for paths and words of commands. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, smallRun, temporaryFolder } from './cli-process.js';

const cwd = temporaryFolder();

/** Paths and commands are one word to a shell, and are never broken. */
const unbroken = /reports\/|\.json|\.ndjson|^ +--|\\$/;

beforeAll(async () => {
  const { exitCode, stderr } = await runCli([...smallRun, '--trace', 't.ndjson', '--max-violations', '0'], { cwd });
  expect(exitCode, stderr).toBe(1);
});

describe.each([40, 60, 80])('at %i columns', (columns) => {
  it.each([
    [[...smallRun]],
    [[...smallRun, '--details', '--repeat', '2']],
    [[...smallRun, '--sweep', 'topics=1,3']],
    [['compare', '--topics', '2', '--aggregates', '12', '--versions', '20', '--repeat', '2']],
    [['run', '--broker', 'sim,sim:kafka', '--aggregates', '12', '--versions', '20']],
    [['report', 'reports/latest.json', '--details']],
    [['gate', 'reports/latest.json', '--max-violations', '0']],
    [['check', 't.ndjson']],
    [['list']],
    [['run', '--plan']],
  ])('%j fits', async (args) => {
    const { stdout, stderr } = await runCli(args, { cwd, env: { COLUMNS: String(columns) } });
    expect(stdout, stderr).not.toBe('');
    for (const line of stdout.split('\n').filter((one) => !unbroken.test(one))) {
      expect(line.length, JSON.stringify(line)).toBeLessThanOrEqual(columns);
    }
  });
});

it('counts in the heading the rows that stand below it, and names the values of a sweep', async () => {
  const rows = 'multi/shared+keyed-pool,single+keyed-pool,single+serial';
  const few = ['--topics', '2', '--aggregates', '12', '--versions', '20'];
  const several = await runCli(['run', '--strategy', rows, ...few], { cwd: join(cwd) });
  expect(several.stdout).toMatch(/ 3 rows with /);
  expect(several.stdout.match(/^(?:multi|single)\S*\+/gm)).toHaveLength(3);
  const swept = await runCli([...smallRun, '--sweep', 'topics=1,3'], { cwd });
  expect(swept.stdout).toMatch(/^1 and 3 topics, /m);
});
