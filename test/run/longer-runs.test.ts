/** Runs that go on until enough was seen, or end at the first breach, on the simulator. */
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/domain/progress.js';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { checkTrace } from '../../src/run/check-trace.js';
import { evaluateGates } from '../../src/gate/gate.js';
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
const atRisk = ({ runs }: RunReport): number => runs.reduce((sum, row) => sum + row.exposure.atRiskPairs, 0);

describe('--until-at-risk', () => {
  it('repeats with the next seed until the sum is reached, and no longer', async () => {
    const once = atRisk(await run({ mode: 'single' }));
    const report = await run({ mode: 'single', untilAtRisk: String(3 * once), maxViolations: '0' });
    const [last, ...others] = [...report.runs].reverse();
    expect(atRisk(report)).toBeGreaterThanOrEqual(3 * once);
    expect(atRisk(report) - last!.exposure.atRiskPairs).toBeLessThan(3 * once);
    expect(report.runs.map(({ id }) => id)).toEqual(report.runs.map((_, at) => `single#${at + 1}`));
    expect(others.length).toBeGreaterThan(0);
    const { breaches, inconclusive, evidence } = gates(report);
    expect({ breaches, inconclusive }).toEqual({ breaches: [], inconclusive: [] });
    expect(evidence[0]).toContain(`0 of ${atRisk(report).toLocaleString('en-US')} pairs at risk`);
  });

  it('takes all rows in turn, and does not wait for one that is violated', async () => {
    const { runs } = await run({ mode: 'multi/shared,single', untilAtRisk: '200', versions: '20' });
    expect(runs.length % 2).toBe(0);
    expect(runs.map(({ mode }) => mode)).toEqual(runs.map((_, at) => (at % 2 === 0 ? 'multi' : 'single')));
    const sum = (mode: string) =>
      runs.filter((row) => row.mode === mode).reduce((total, row) => total + row.exposure.atRiskPairs, 0);
    expect(sum('single')).toBeGreaterThanOrEqual(200);
  });

  it('runs the repeats asked for all the same', async () => {
    expect((await run({ mode: 'single', untilAtRisk: '1', repeat: '3' })).runs).toHaveLength(3);
  });

  it('gives up on a row that sees none, and the gate is undecided with the reason', async () => {
    const report = await run({ mode: 'single', publish: 'handled', untilAtRisk: '10', maxViolations: '0' });
    expect(report.runs).toHaveLength(20);
    const { breaches, inconclusive } = gates(report);
    expect(breaches).toEqual([]);
    expect(inconclusive).toEqual([
      'single has seen 0 of the 10 pairs at risk asked for (--until-at-risk) in 20 repeats, none of them in the last 20',
    ]);
  });

  it('is traced row by row, and the trace says the same', async () => {
    const scratch = new ScratchFile();
    try {
      const live = await run({ mode: 'single', untilAtRisk: '150' }, { tracePath: scratch.path });
      expect(live.runs.length).toBeGreaterThan(1);
      const checked = await checkTrace(scratch.path);
      expect(checked).toEqual(JSON.parse(JSON.stringify(live)));
    } finally {
      scratch.remove();
    }
  });

  it('leaves open how many rows there will be', async () => {
    const told: Progress[] = [];
    await run({ mode: 'single', untilAtRisk: '1' }, { onProgress: (progress) => told.push(progress) });
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

describe('--confidence', () => {
  const sure: ScenarioFlags = { maxViolations: '0', confidence: '75%', within: '25%' };

  it('goes on, each time with the next seed, until so many runs were ordered', async () => {
    const report = await run({ ...sure, mode: 'single', topics: '1', aggregates: '20' });
    expect(report.runs.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(
      [1, 2, 3, 4, 5].map((repeat) => `single#${repeat} ordered`),
    );
    const { breaches, inconclusive, evidence } = gates(report);
    expect({ breaches, inconclusive }).toEqual({ breaches: [], inconclusive: [] });
    expect(evidence[0]).toMatch(/^single: 5 of 5 runs ordered, so at most 25 % of runs lose order \(75 % confidence\)/);
  });

  it('ends with the first repeat that breaches', async () => {
    const report = await run({ ...sure, versions: '40' });
    expect(report.runs.map(({ id }) => id)).toEqual(['multi/shared#1', 'multi/per-topic#1', 'single#1']);
    expect(gates(report).breaches).toHaveLength(1);
  });

  it('gives up on a row that cannot tell, and the gate is undecided with the reason', async () => {
    const report = await run({ ...sure, mode: 'single', publish: 'handled' });
    expect(report.runs).toHaveLength(20);
    expect(report.groups).toMatchObject([{ id: 'single', runs: 20, ordered: 0, inconclusive: 20, atMost: null }]);
    const { breaches, inconclusive } = gates(report);
    expect(breaches).toEqual([]);
    expect(inconclusive).toEqual([
      expect.stringMatching(/single: 0 of 20 runs ordered, 20 inconclusive, the last 20 .* takes 5 ordered runs/),
    ]);
  });

  it('is traced row by row, and the trace says the same', async () => {
    const scratch = new ScratchFile();
    try {
      const live = await run({ ...sure, mode: 'single' }, { tracePath: scratch.path });
      expect(live.runs.length).toBeGreaterThanOrEqual(5);
      expect(await checkTrace(scratch.path)).toEqual(JSON.parse(JSON.stringify(live)));
    } finally {
      scratch.remove();
    }
  });
});
