import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aboutText } from '../../src/cli/plan-text.js';
import type { RunReport } from '../../src/domain/report/run-report.js';
import type { RunPlan } from '../../src/run/plan/run-plan.js';
import { expectUsageError, runCli, temporaryFolder } from './cli-process.js';

async function planOf(args: readonly string[]): Promise<RunPlan & { readonly baseline: string | null }> {
  const { exitCode, stdout, stderr } = await runCli([...args, '--plan', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as RunPlan & { readonly baseline: string | null };
}

describe('compare --plan', () => {
  it('has the further runs with failing handlers, and no warm-up that is not run', async () => {
    const { stdout } = await runCli(['compare', '--plan'], { env: { COLUMNS: '120' } });
    expect(stdout).toMatch(/^ *besides +each row once more with 1 % of handlings failing: 8 runs, 40,000 events$/m);
    expect(stdout).not.toContain('warm-up');
    const without = await runCli(['compare', '--plan', '--probe-fail', 'none'], { env: { COLUMNS: '120' } });
    expect(without.stdout).not.toContain('besides');
    expect((await runCli(['compare', '--plan', '--broker', 'nats'])).stdout).toContain('1 warm-up round');
  });
});

describe('run --plan', () => {
  it('says what would be run, and runs and writes nothing', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await runCli(['run', 'kafka-rebalance', '--plan', '--trace', 't.ndjson'], {
      cwd,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
    expect(existsSync(join(cwd, 'reports'))).toBe(false);
    expect(existsSync(join(cwd, 't.ndjson'))).toBe(false);
  });

  it.each([
    ['quick', '--versions', '5', '--seeds', '2'],
    ['--mode', 'single', '--versions', '10', '--max-violations', '0', '--confidence', '50%', '--within', '20%'],
    ['--mode', 'single', '--versions', '5', '--sweep', 'topics=1,5', '--strategy', 'serial,keyed-pool'],
  ])('plans the rows and events that are then run: %s', async (...args) => {
    const plan = await planOf(['run', ...args]);
    const { runs } = JSON.parse((await runCli(['run', ...args, '--json', '--quiet'])).stdout) as RunReport;
    expect(plan.runs).toBe(runs.length);
    expect(plan.events).toBe(runs.reduce((sum, { counts }) => sum + counts.published, 0));
    expect(plan.rows.map(({ name }) => name)).toEqual([...new Set(runs.map(({ id }) => id.replace(/#\d+$/, '')))]);
  });

  it('says why a row cannot be run', async () => {
    const { rows, events } = await planOf(['run', '--mode', 'single', '--strategy', 'pinned-client,serial']);
    expect(rows.map(({ refusal }) => refusal === null)).toEqual([false, true]);
    expect(events).toBe(5000);
  });

  it('is no gate, and starts no server', async () => {
    const { exitCode, stdout } = await runCli(['run', 'incident-kafka-vs-nats', '--broker', 'nats,kafka', '--plan']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('what is expected of 6 rows');
  });

  it('of several scenarios is a list', async () => {
    const { stdout } = await runCli(['run', 'quick', 'incident', '--plan', '--json']);
    expect((JSON.parse(stdout) as RunPlan[]).map(({ name }) => name)).toEqual(['quick', 'incident']);
  });

  it.each([
    ['--topics', '0'],
    ['incidnet'],
    ['--report-dir', '/dev/null/x'],
    ['--gate-mode', 'single'],
    ['--broker', 'kafka', '--kafka-brokers', '127.0.0.1:9092', '--disturb', 'restart:1s@50%'],
  ])('refuses what a run refuses, in the same words: %s', async (...args) => {
    const [planned, run] = await Promise.all([runCli(['run', ...args, '--plan']), runCli(['run', ...args])]);
    expect(planned).toEqual(run);
    expect(planned.exitCode).toBe(64);
  });

  it('has no other formats than text and JSON', async () => {
    expectUsageError(await runCli(['run', '--plan', '--format', 'junit']), '--plan is given, and --format is junit');
  });
});

describe('compare --plan', () => {
  it('names the row that the others are measured by', async () => {
    const { rows, repeats, baseline } = await planOf(['compare', 'incident-fixes']);
    expect(rows).toHaveLength(8);
    expect(repeats).toMatchObject({ atLeast: 5, warmUp: 0 });
    expect(baseline).toBe('multi/shared+keyed-pool');
    const given = ['compare', 'incident-fixes', '--baseline', 'single+version-gate'];
    expect((await planOf(given)).baseline).toBe('single+version-gate');
  });
});

describe('a duration that is estimated', () => {
  it.each([
    [0, '1 s'],
    [1_400, '1 s'],
    [9_400, '9 s'],
    [9_600, '10 s'],
    [57_000, '55 s'],
    [58_000, '1 min'],
    [150_000, '3 min'],
    [600_000, '10 min'],
    [3_500_000, '1 h'],
    [40_000_000, '11 h'],
  ])('of %i ms is about %s', (ms, text) => expect(aboutText(ms)).toBe(text));
});
