/** `compare` from end to end on the simulator. */
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/run-report.js';
import { runCli, temporaryFolder } from './cli-process.js';

const small = ['compare', '--topics', '3', '--aggregates', '30', '--versions', '20', '--repeat', '2'];

describe('compare', () => {
  it('shows every candidate, its speed by the baseline, and which to take, within 80 columns', async () => {
    const rows = 'multi/shared+keyed-pool,single+keyed-pool,multi/shared+aggregate-queue';
    const { exitCode, stdout, stderr } = await runCli([...small, '--strategies', rows], { cwd: temporaryFolder() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const row of rows.split(',')) expect(stdout).toMatch(new RegExp(`^  [✓✗] ${row.replaceAll('+', '\\+')}`, 'm'));
    expect(stdout).toContain('Take single+keyed-pool: the only one that held an order');
    expect(stdout).toContain('shared-durable');
    const [shown = ''] = stdout.split('Repeat');
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('writes the comparison into the report, and takes what its flags say', async () => {
    const flags = ['--strategies', 'keyed-pool,serial', '--modes', 'single,multi/per-topic', '--json'];
    const baseline = ['--baseline', 'single+serial'];
    const { stdout } = await runCli([...small, ...flags, ...baseline], { cwd: temporaryFolder() });
    const { comparison, runs, scenario } = JSON.parse(stdout) as RunReport;
    expect(runs.map(({ id }) => id)).toEqual(
      [1, 2].flatMap((repeat) =>
        ['multi/per-topic+keyed-pool', 'multi/per-topic+serial', 'single+keyed-pool', 'single+serial'].map(
          (name) => `${name}#${repeat}`,
        ),
      ),
    );
    expect(comparison?.baseline).toBe('single+serial');
    expect(
      comparison?.candidates.find(({ name }) => name === 'single+keyed-pool')?.relativeSpeed?.ratio,
    ).toBeGreaterThan(1);
    expect(scenario).toMatchObject({ repeat: 2, warmUp: 1 });
  });

  it.each([
    [['--baseline', 'single+seriel'], '--baseline is single+seriel, which is not compared'],
    [['--strategies', 'keyd-pool'], 'did you mean keyed-pool?'],
    [['--strategies', 'serial,serial'], 'each strategy once'],
    [['--modes', 'sngle'], 'did you mean single?'],
  ])('refuses %j', async (flags, message) => {
    const { exitCode, stderr } = await runCli([...small, ...flags], { cwd: temporaryFolder() });
    expect(exitCode).toBe(64);
    expect(stderr).toContain(message);
  });
});
