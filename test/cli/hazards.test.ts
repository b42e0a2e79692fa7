import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import type { SelfTestResult } from '../../src/domain/report/hazard-tally.js';
import { controls, hazards } from '../../src/diagnosis/hazards.js';
import { expectUsageError, runCli, temporaryFolder } from './cli-process.js';

describe('hazards', () => {
  it('lists every hazard and control, with the command that provokes it', async () => {
    const { exitCode, stdout, stderr } = await runCli(['hazards']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { id } of [...hazards, ...controls]) expect(stdout).toMatch(new RegExp(`^${id} `, 'm'));
    expect(stdout).toContain('eventbus-bench hazards shared-durable');
  });

  it('provokes one, says what it is, and shows the run, which names its cause', async () => {
    const { exitCode, stdout } = await runCli(['hazards', 'unkeyed-pool', '--quiet', '--seed', '7']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^unkeyed-pool {2}Workers are not chosen by aggregate/);
    expect(stdout).toContain('unkeyed-pool (certain)');
    expect(stdout).toContain('eventbus-bench run hazards/unkeyed-pool --quiet --seed 7');
  });

  it('shows of several how often each cause was named', async () => {
    const { exitCode, stdout, stderr } = await runCli(['hazards', 'unkeyed-pool', 'many-writers', '--seeds', '3']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/✓ unkeyed-pool +6 +6 +6 +0 +0/);
    expect(stdout).toMatch(/✓ many-writers \(control\) +3 +3 +3 +0 +0/);
    expect(stdout).toContain('9 runs of 2 hazards: no cause missed or mistaken, no control violated.');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('runs each on the brokers that were asked for, and says which it left out', async () => {
    const { stdout } = await runCli([
      ...['hazards', 'unkeyed-pool', 'missing-key', 'missing-ack', '--seeds', '2'],
      ...['--broker', 'sim:kafka', '--json'],
    ]);
    const matrix = JSON.parse(stdout) as SelfTestResult & { readonly leftOut: readonly string[] };
    expect(matrix.leftOut).toEqual(['missing-ack']);
    expect(matrix.hazards.map(({ id, brokers, runs }) => ({ id, brokers, runs }))).toEqual([
      { id: 'unkeyed-pool', brokers: ['sim:kafka'], runs: 2 },
      { id: 'missing-key', brokers: ['sim:kafka'], runs: 2 },
    ]);
  });

  it('provokes one on those of the brokers that it can be on', async () => {
    const { exitCode, stdout } = await runCli(['hazards', 'missing-ack', '--broker', 'sim,sim:kafka', '--json']);
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as RunReport).runs.map(({ broker }) => broker.kind)).toEqual(['sim:jetstream']);
  });

  it('shows one, or several, as a page, which it writes to the folder of reports if it is to be opened', async () => {
    const cwd = temporaryFolder();
    const one = await runCli(['hazards', 'unkeyed-pool', '--quiet', '--format', 'html'], { cwd });
    expect(one.stdout).toMatch(/^<!doctype html>/);
    const args = ['hazards', 'unkeyed-pool', 'many-writers', '--seeds', '1', '--quiet', '--open'];
    const several = await runCli(args, { cwd: temporaryFolder() });
    expect(several.stderr).toBe('page: reports/hazards.html (nothing here opens it)\n');
    expect(several.stdout).toContain('2 hazards');
    expectUsageError(await runCli(['hazards', '--format', 'html']), 'nothing is to be run', 'add --all');
  });

  it('answers an unknown one with the nearest, and refuses what contradicts itself', async () => {
    expectUsageError(await runCli(['hazards', 'unkeyed-pol']), 'there is no hazard unkeyed-pol', 'unkeyed-pool');
    expectUsageError(await runCli(['hazards', 'missing-ack', '--all']), '--all is given', 'leave one of them out');
    expectUsageError(
      await runCli(['hazards', 'missing-ack', '--broker', 'sim:kafka']),
      'missing-ack cannot be on sim:kafka',
      'sim:jetstream',
    );
  });
});
