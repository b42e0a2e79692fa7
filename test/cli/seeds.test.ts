/** Many seeds, and gates with a confidence, as their users run them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { expectUsageError, runCli, temporaryFolder } from './cli-process.js';

const sure = ['--max-violations', '0', '--confidence', '95%', '--within', '5%'] as const;

describe('run --confidence 95% --within 5%', () => {
  it('runs 59 seeds of a row that keeps order, exits 0, and says at most 5 % of runs', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout } = await runCli(['run', '--mode', 'single', ...sure], { cwd });
    expect(exitCode, stdout).toBe(0);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('single: 59 of 59 runs ordered, so at most 5 % of runs lose order (95 % confidence); 0 of');
    expect(text).toContain('single kept order in 59 of 59 runs: 0 of');
    expect(text).toContain('at most 5 % of runs lose it (95 % confidence)');
    expect(stdout.match(/✓ ordered 59\/59/g)).toHaveLength(1);
    const { runs, groups, scenario } = JSON.parse(
      readFileSync(join(cwd, 'reports', 'latest.json'), 'utf8'),
    ) as RunReport;
    expect(runs).toHaveLength(59);
    expect(groups).toMatchObject([{ id: 'single', runs: 59, ordered: 59, violated: 0, inconclusive: 0 }]);
    expect(scenario).toMatchObject({ confidence: 0.95, within: 0.05, untilAtRisk: null, minAtRisk: 30 });
    const stored = await runCli(['gate', join('reports', 'latest.json')], { cwd });
    expect(stored.exitCode, stored.stderr).toBe(0);
    expect(stored.stdout.replace(/\s+/g, ' ')).toContain('so at most 5 % of runs lose order');
  }, 60_000);

  it('ends at the breach of one that loses order, and exits 1', async () => {
    const { exitCode, stdout } = await runCli(['run', '--mode', 'multi/shared', ...sure]);
    expect(exitCode, stdout).toBe(1);
    expect(stdout).toContain('Gate  ✗ breached');
    expect(stdout).not.toContain('Over all runs');
  });

  it('exits 2 where no run can tell, saying how far it came', async () => {
    const flags = ['--aggregates', '5', '--versions', '5', '--publish', 'handled'];
    const { exitCode, stdout } = await runCli(['run', '--mode', 'single', ...flags, ...sure]);
    expect(exitCode, stdout).toBe(2);
    expect(stdout.replace(/\s+/g, ' ')).toContain('single: 0 of 20 runs ordered, 20 inconclusive');
  });

  it('is refused where it means nothing, with the way out', async () => {
    expectUsageError(
      await runCli(['run', '--confidence', '95%', '--within', '5%']),
      'there is no gate',
      '--max-violations 0',
    );
    expectUsageError(
      await runCli(['run', '--max-violations', '0', '--confidence', '95%']),
      'without within',
      '--within 5%',
    );
    expectUsageError(await runCli(['run', ...sure, '--within', '100%']), '--within is 100%', '--help');
  });
});

describe('run --seeds', () => {
  it('runs so many seeds of every row, and a line says what they come to', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout } = await runCli(['run', '--seeds', '7', '--versions', '40', '--seed', '3'], { cwd });
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^multi\/shared +✗ violated 7\/7 /m);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /✗ multi\/shared loses order in 7 of 7 runs: up to [\d,]+ of 2,000 events/,
    );
    const { runs, seed } = JSON.parse(readFileSync(join(cwd, 'reports', 'latest.json'), 'utf8')) as RunReport;
    expect(seed).toBe(3);
    expect(runs.map(({ id }) => id).slice(0, 4)).toEqual([
      'multi/shared#1',
      'multi/per-topic#1',
      'single#1',
      'multi/shared#2',
    ]);
    expect(runs).toHaveLength(21);
  });

  it('is refused beside --repeat', async () => {
    expectUsageError(
      await runCli(['run', '--seeds', '7', '--repeat', '7']),
      '--seeds is 7 and --repeat is 7',
      'leave one',
    );
  });
});

describe('run --until-contested', () => {
  it('is --until-at-risk under its older name, and not something else beside it', async () => {
    const cwd = temporaryFolder();
    const { exitCode } = await runCli(['run', '--mode', 'single', '--until-contested', '50'], { cwd });
    expect(exitCode).toBe(0);
    const { scenario } = JSON.parse(readFileSync(join(cwd, 'reports', 'latest.json'), 'utf8')) as RunReport;
    expect(scenario!.untilAtRisk).toBe(50);
    expectUsageError(
      await runCli(['run', '--until-contested', '50', '--until-at-risk', '60']),
      '--until-at-risk is 60 and --until-contested is 50',
      'leave one',
    );
  });
});
