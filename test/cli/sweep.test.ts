/** `--sweep` from end to end on the simulator. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { runCli, temporaryFolder } from './cli-process.js';

const small = ['run', '--topics', '3', '--aggregates', '12', '--versions', '10', '--mode', 'single,multi/shared'];

describe('--sweep', () => {
  it('runs every row at every value, of one field at a time, and shows how they grow', async () => {
    const sweeps = ['--sweep', 'topics=1,4', '--sweep', 'handler-time=0,2ms'];
    const { exitCode, stdout, stderr } = await runCli([...small, ...sweeps], { cwd: temporaryFolder() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('single by topics\n');
    expect(stdout).toContain('multi/shared by handlerTime\n');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('has the series in the report, from a file too, and each row at its value', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'grow.yaml'), 'aggregates: 12\nversions: 5\nmode: single\nsweep:\n  topics: [1, 2]\n');
    const { stdout } = await runCli(['run', 'grow.yaml', '--repeat', '2', '--json'], { cwd });
    const { runs, sweeps, scenario } = JSON.parse(stdout) as RunReport;
    expect(runs.map(({ id }) => id)).toEqual([
      'single@topics=1#1',
      'single@topics=2#1',
      'single@topics=1#2',
      'single@topics=2#2',
    ]);
    expect(sweeps.map(({ field, points }) => [field, points.map(({ value, runs }) => [value, runs])])).toEqual([
      [
        'topics',
        [
          ['1', 2],
          ['2', 2],
        ],
      ],
    ]);
    expect(scenario?.sweep).toEqual([
      { field: 'topics', value: '1' },
      { field: 'topics', value: '2' },
    ]);
  });

  it('is gated row by row', async () => {
    const gate = ['--sweep', 'topics=1,4', '--max-violations', '0', '--mode', 'multi/shared'];
    const { exitCode, stdout } = await runCli([...small, ...gate], { cwd: temporaryFolder() });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('multi/shared@topics=4#1 has');
    expect(stdout).not.toContain('multi/shared@topics=1#1 has');
  });

  it.each([
    ['topcs=1', 'did you mean topics?'],
    ['topics', 'allowed: a map from fields to lists of values'],
    ['topics=1,x', '--topics is x; allowed: a whole number'],
    ['topics=', 'allowed: a map from fields'],
    ['topics=2,2', 'each value once'],
    ['seed=1,2', 'unknown field "seed" in sweep'],
    ['aggregates=2', '--aggregates is 2 but --topics is 3'],
  ])('refuses %s', async (sweep, message) => {
    const { exitCode, stderr } = await runCli([...small, '--sweep', sweep], { cwd: temporaryFolder() });
    expect(exitCode).toBe(64);
    expect(stderr).toContain(message);
  });
});
