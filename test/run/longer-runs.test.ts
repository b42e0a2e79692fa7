/** Runs that go on until enough was seen, or end at the first breach, on the simulator. */
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/domain/progress.js';
import type { RunReport } from '../../src/domain/run-report.js';
import { checkTrace } from '../../src/run/check-trace.js';
import { evaluateGates } from '../../src/run/gate.js';
import { runScenario, type RunHooks } from '../../src/run/run-scenario.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { strategyIds } from '../../src/strategy/registry.js';
import { ScratchFile } from '../observation/fixtures.js';

const small: ScenarioFlags = { topics: '3', aggregates: '12', versions: '10', seed: '5' };

async function run(flags: ScenarioFlags, hooks: Partial<RunHooks> = {}): Promise<RunReport> {
  return runScenario(resolveScenario({ flags: { ...small, ...flags }, strategies: strategyIds }), {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath: null,
    command: ['run'],
    ...hooks,
  });
}

const gates = (report: RunReport) => evaluateGates(report.scenario!, report);
const contested = ({ runs }: RunReport): number => runs.reduce((sum, row) => sum + row.exposure.contestedPairs, 0);

describe('--until-contested', () => {
  it('repeats with the next seed until the sum is reached, and no longer', async () => {
    const once = contested(await run({ mode: 'single' }));
    const report = await run({ mode: 'single', untilContested: String(3 * once), maxViolations: '0' });
    const [last, ...others] = [...report.runs].reverse();
    expect(contested(report)).toBeGreaterThanOrEqual(3 * once);
    expect(contested(report) - last!.exposure.contestedPairs).toBeLessThan(3 * once);
    expect(report.runs.map(({ id }) => id)).toEqual(report.runs.map((_, at) => `single#${at + 1}`));
    expect(others.length).toBeGreaterThan(0);
    const { breaches, inconclusive, evidence } = gates(report);
    expect({ breaches, inconclusive }).toEqual({ breaches: [], inconclusive: [] });
    expect(evidence[0]).toMatch(/^single: 0 of [\d,]+ pairs at risk in the wrong order in \d+ repeats$/);
  });

  it('takes all rows in turn, and does not wait for one that is violated', async () => {
    const { runs } = await run({ mode: 'multi/shared,single', untilContested: '200', versions: '20' });
    expect(runs.length % 2).toBe(0);
    expect(runs.map(({ mode }) => mode)).toEqual(runs.map((_, at) => (at % 2 === 0 ? 'multi' : 'single')));
    const sum = (mode: string) =>
      runs.filter((row) => row.mode === mode).reduce((total, row) => total + row.exposure.contestedPairs, 0);
    expect(sum('single')).toBeGreaterThanOrEqual(200);
  });

  it('runs the repeats asked for all the same', async () => {
    expect((await run({ mode: 'single', untilContested: '1', repeat: '3' })).runs).toHaveLength(3);
  });

  it('gives up on a row that sees none, and the gate is undecided with the reason', async () => {
    const report = await run({ mode: 'single', publish: 'handled', untilContested: '10', maxViolations: '0' });
    expect(report.runs).toHaveLength(20);
    const { breaches, inconclusive } = gates(report);
    expect(breaches).toEqual([]);
    expect(inconclusive).toEqual([
      'single has seen 0 of the 10 contested pairs asked for (--until-contested) in 20 repeats, none of them in the last 20',
    ]);
  });

  it('is traced row by row, and the trace says the same', async () => {
    const scratch = new ScratchFile();
    try {
      const live = await run({ mode: 'single', untilContested: '150' }, { tracePath: scratch.path });
      expect(live.runs.length).toBeGreaterThan(1);
      const checked = await checkTrace(scratch.path);
      expect(checked).toEqual(JSON.parse(JSON.stringify(live)));
    } finally {
      scratch.remove();
    }
  });

  it('leaves open how many rows there will be', async () => {
    const told: Progress[] = [];
    await run({ mode: 'single', untilContested: '1' }, { onProgress: (progress) => told.push(progress) });
    expect(new Set(told.map(({ rowsTotal }) => rowsTotal))).toEqual(new Set([null]));
  });
});

describe('--fail-fast', () => {
  const large: ScenarioFlags = { versions: '40', repeat: '2' };

  it('ends after the first row that breaches a gate; the others were not run', async () => {
    const report = await run({ ...large, maxViolations: '0' }, { failFast: true });
    expect(report.runs.map(({ id }) => id)).toEqual(['multi/shared#1']);
    const { breaches, inconclusive } = gates(report);
    expect(breaches).toHaveLength(1);
    expect(inconclusive).toContain('single#2 was not run');
    expect(inconclusive).toHaveLength(5);
  });

  it('goes on over rows that the gate does not speak of', async () => {
    const report = await run({ ...large, maxViolations: '0', gateMode: 'single' }, { failFast: true });
    expect(report.runs).toHaveLength(6);
  });

  it('ends at the first violated row where there is no gate', async () => {
    expect((await run(large, { failFast: true })).runs).toHaveLength(1);
    expect((await run({ ...large, mode: 'single' }, { failFast: true })).runs).toHaveLength(2);
  });
});
