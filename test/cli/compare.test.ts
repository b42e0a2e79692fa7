/** `compare` from end to end on the simulator. */
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { runCli, temporaryFolder } from './cli-process.js';

const small = ['compare', '--topics', '3', '--aggregates', '30', '--versions', '20', '--repeat', '2'];

describe('compare', () => {
  it('shows every candidate, its speed by the baseline, and which to take, within 80 columns', async () => {
    const rows = 'multi/shared+keyed-pool,single+keyed-pool,multi/shared+aggregate-queue';
    const { exitCode, stdout, stderr } = await runCli([...small, '--strategies', rows], { cwd: temporaryFolder() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const row of rows.split(','))
      expect(stdout).toMatch(new RegExp(`^${row.replaceAll('+', '\\+')} +[✓✗] [02]/2 `, 'm'));
    expect(stdout).toMatch(/^Take single\+keyed-pool only if handlers never fail: with 1 % of handlings/m);
    expect(stdout).toContain('shared-durable');
    const [shown = ''] = stdout.split('Details');
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('takes a bus without the fault that survives redelivery by default, and names the repair behind it as no fix', async () => {
    const { stdout } = await runCli(['compare', '--json'], { cwd: temporaryFolder() });
    const { comparison } = JSON.parse(stdout) as RunReport;
    const { candidates, recommendation } = comparison!;
    expect(recommendation.candidate).toBe('single+retry-in-place');
    expect(recommendation.parts.find(({ kind }) => kind === 'not-a-fix')?.text).toContain('multi/shared+version-gate');
    expect(candidates.map(({ name, outcome, repairs }) => [name, outcome, repairs])).toEqual([
      ['multi/shared+keyed-pool', 'violated', null],
      ['single+keyed-pool', 'ordered', null],
      ['multi/per-topic+pool-per-topic', 'ordered', null],
      ['multi/shared+aggregate-queue', 'violated', null],
      ['multi/per-topic+aggregate-queue', 'ordered', null],
      ['single+retry-in-place', 'ordered', null],
      ['single+version-gate', 'ordered', 'a sound bus'],
      ['multi/shared+version-gate', 'ordered', 'behind a fault'],
    ]);
    // Only a gate with nothing to repair and a retry with nothing to retry do the same thing.
    expect(new Set(candidates.map(({ handledPerSecond }) => handledPerSecond)).size).toBe(candidates.length - 1);
  });

  it('tells apart by failing handlers what comes out alike without them', async () => {
    const flags = ['--strategies', 'single+keyed-pool,single+retry-in-place,single+version-gate', '--json'];
    const { stdout } = await runCli([...small, ...flags, '--probe-fail', '2%'], { cwd: temporaryFolder() });
    const { comparison, runs, groups, replay } = JSON.parse(stdout) as RunReport;
    expect(comparison!.probe).toEqual({ handlerFailShare: 0.02, handlerFailure: 'nak', versions: 20 });
    const [plain, retried, gated] = comparison!.candidates.map(({ probe }) => probe!);
    expect(plain!.outcome).toBe('violated');
    expect(plain!.completionInversions).toBeGreaterThan(0);
    expect(retried).toMatchObject({ outcome: 'ordered', redone: 0, violations: 0 });
    expect(retried!.retries).toBeGreaterThan(0);
    expect(gated).toMatchObject({ outcome: 'ordered', retries: 0, violations: 0 });
    expect(gated!.redone).toBeGreaterThan(0);
    expect(comparison!.recommendation.candidate).toBe('single+retry-in-place');
    // The rows of the probe are no rows of the report.
    expect([runs.length, ...groups.map((group) => group.runs)]).toEqual([6, 2, 2, 2]);
    expect(replay).toContain('--probe-fail 2%');
  });

  it.each([
    [['--probe-fail', 'none'], 'off'],
    [['--handler-fail', '2%', '--allow', 'duplicate'], 'handlers-fail'],
    [['--sweep', 'workers=2,8'], 'swept'],
  ])('tries no failing handlers with %j, and says why', async (flags, omitted) => {
    const rows = ['--strategies', 'single+keyed-pool,single+version-gate', '--json'];
    const { stdout } = await runCli([...small, ...rows, ...flags], { cwd: temporaryFolder() });
    const { comparison } = JSON.parse(stdout) as RunReport;
    expect(comparison).toMatchObject({ probe: null, probeOmitted: omitted });
  });

  it('gives no confidence by pairs, only by runs', async () => {
    const { stdout } = await runCli([...small, '--strategies', 'keyed-pool', '--modes', 'single'], {
      cwd: temporaryFolder(),
    });
    const told = stdout.replace(/\s+/g, ' ');
    expect(told).toContain('at most 78 % of runs lose it (95 % confidence)');
    expect(told).not.toMatch(/contested|pairs?[^.:;]* with 95 % confidence/);
    expect(told).not.toContain('resident');
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
    [['--probe-fail', '1.5'], '--probe-fail is 1.5, which is no share'],
    [['--probe-fail', 'some'], 'give 0.01, 1% or none'],
  ])('refuses %j', async (flags, message) => {
    const { exitCode, stderr } = await runCli([...small, ...flags], { cwd: temporaryFolder() });
    expect(exitCode).toBe(64);
    expect(stderr).toContain(message);
  });
});
