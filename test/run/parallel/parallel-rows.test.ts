/**
 * Rows that are run several at once are those that one thread would have made. The threads are real, and run what was
 * built.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunsProgress } from '../../../src/domain/progress.js';
import type { RunReport, RunRow } from '../../../src/domain/report/run-report.js';
import type * as ParallelModule from '../../../src/run/parallel/parallel-rows.js';
import type * as ScenarioModule from '../../../src/run/run-scenario.js';
import { RowPlanner, type RowPlan } from '../../../src/run/row/row-plan.js';
import type { ScenarioFlags } from '../../../src/scenario/flags.js';
import { resolveScenario, type ScenarioInput } from '../../../src/scenario/resolve.js';
import { variantsOf } from '../../../src/scenario/variants.js';
import { strategyIds } from '../../../src/strategy/registry.js';
import { simulate } from '../simulate.js';

const built = (path: string): string => new URL(`../../../dist/run/${path}.js`, import.meta.url).href;
const { ParallelRows, isWorthThreads } = (await import(built('parallel/parallel-rows'))) as typeof ParallelModule;
const { runScenario } = (await import(built('run-scenario'))) as typeof ScenarioModule;

const small: ScenarioFlags = { topics: '3', aggregates: '12', versions: '10', seed: '5' };

const inputOf = (flags: ScenarioFlags): ScenarioInput => ({ flags: { ...small, ...flags }, strategies: strategyIds });

function plansOf(flags: ScenarioFlags): RowPlan[] {
  const input = inputOf(flags);
  const scenario = resolveScenario(input);
  return new RowPlanner(scenario, { runId: 'r', variantOf: variantsOf(scenario, input) }).repeats(1, scenario.repeat);
}

/** Without what is measured on the wall clock, or of the whole process. */
const timeless = (row: RunRow): RunRow => ({ ...row, wallDurationMs: 0, peakRssBytes: null });

// Threads compete with whatever else the machine does.
vi.setConfig({ testTimeout: 60_000 });

const open: InstanceType<typeof ParallelRows>[] = [];
afterEach(async () => {
  for (const rows of open.splice(0)) await rows.close();
});

function parallel(threads: number, changes: Partial<ParallelModule.ParallelOptions> = {}) {
  const { signal } = new AbortController();
  const rows = new ParallelRows({
    ...{ toolVersion: '0.1.0', runId: 'r', observes: true, threads, signal, onRuns: () => undefined },
    ...changes,
  });
  open.push(rows);
  return rows;
}

async function read(rows: AsyncIterable<RunRow>): Promise<RunRow[]> {
  const all: RunRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

describe('rows run several at once', () => {
  it('are the rows of one thread, in the order of their plans, whatever the number of threads', async () => {
    const flags = { repeat: '3' };
    const alone = (await simulate({ ...small, ...flags }, 5)).map(timeless);
    for (const threads of [1, 2, 3]) {
      const rows = await read(parallel(threads).run(plansOf(flags)));
      expect(rows.map(timeless), `${threads} threads`).toEqual(alone);
    }
  });

  it('are at their point of a sweep, and on either simulator', async () => {
    const flags = { sweep: ['topics=1,3'], broker: ['sim,sim:kafka'], mode: ['single'], repeat: '2' };
    const rows = await read(parallel(2).run(plansOf(flags)));
    expect(rows.map(({ id }) => id)).toEqual(plansOf(flags).map(({ identity }) => identity.id));
    for (const { point, id, aggregatesTotal, counts } of rows) {
      expect(point?.field, id).toBe('topics');
      expect({ aggregatesTotal, handled: counts.handled }, id).toEqual({ aggregatesTotal: 12, handled: 120 });
    }
    expect(new Set(rows.map(({ broker }) => broker.kind))).toEqual(new Set(['sim:jetstream', 'sim:kafka']));
  });

  it('are run in one go after another by the same threads', async () => {
    const rows = parallel(2);
    const plans = plansOf({ mode: 'single', repeat: '5' });
    const both = [...(await read(rows.run(plans.slice(0, 3)))), ...(await read(rows.run(plans.slice(3))))];
    expect(both.map(({ id }) => id)).toEqual(plans.map(({ identity }) => identity.id));
  });

  it('say what their strategy cannot do, and go on', async () => {
    const rows = await read(
      parallel(2).run(plansOf({ strategy: 'single+partition-serial,single+serial', repeat: '2' })),
    );
    expect(rows.map(({ error }) => error?.code ?? null)).toEqual(['unsupported', null, 'unsupported', null]);
  });

  it('tell how many are done', async () => {
    const told: RunsProgress[] = [];
    await read(parallel(2, { onRuns: (progress) => told.push(progress) }).run(plansOf({ repeat: '2' })));
    expect(told.at(-1)).toMatchObject({ runsDone: 6, runsTotal: 6, atOnce: 0, handled: 720, events: 720 });
    expect(told.every(({ runsDone, handled }) => runsDone <= 6 && handled <= 720)).toBe(true);
  });

  it('end with what had begun when they are interrupted', async () => {
    const interrupt = new AbortController();
    const plans = plansOf({ mode: 'single', repeat: '50', versions: '2000' });
    const rows: RunRow[] = [];
    for await (const row of parallel(2, { signal: interrupt.signal }).run(plans)) {
      rows.push(row);
      interrupt.abort();
    }
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.length).toBeLessThan(50);
    expect(rows[0]!.outcome).toBe('ordered');
    expect(rows.slice(1).some(({ reasons }) => reasons.some(({ kind }) => kind === 'interrupted'))).toBe(true);
  });

  it('are none when the interrupt came before', async () => {
    expect(await read(parallel(2, { signal: AbortSignal.abort() }).run(plansOf({ repeat: '2' })))).toEqual([]);
  });

  it('have the error of a thread that broke in place of its row', async () => {
    const [first, second] = plansOf({ mode: 'single', repeat: '2' });
    const broken = { ...first!, modeRow: 'no such mode' as never };
    const rows = await read(parallel(2).run([broken, second!]));
    expect(rows).toMatchObject([
      { id: 'single#1', outcome: 'inconclusive', error: { code: 'internal' } },
      { id: 'single#2', error: null },
    ]);
    expect(rows[0]!.error!.message).toMatch(/^the thread of the row single#1 failed: /);
  });
});

describe('threads are worth their start', () => {
  const many: ScenarioFlags = { aggregates: '50', versions: '1000', repeat: '2' };

  it('only with enough rows for each, and enough events in all', () => {
    expect(isWorthThreads(plansOf(many), 2)).toBe(true);
    expect(isWorthThreads(plansOf(many), 1)).toBe(false);
    expect(isWorthThreads(plansOf(many), 4)).toBe(false);
    expect(isWorthThreads(plansOf({ ...many, versions: '100' }), 2)).toBe(false);
  });

  it('only where all rows are the simulator’s', () => {
    expect(isWorthThreads(plansOf({ ...many, broker: 'sim,nats' }), 2)).toBe(false);
  });
});

describe('a run of many rows', () => {
  const many: ScenarioFlags = { aggregates: '50', versions: '100', mode: 'multi/shared,single', repeat: '6' };

  async function run(flags: ScenarioFlags, changes: Partial<ScenarioModule.RunHooks>): Promise<RunReport> {
    const input = inputOf(flags);
    return runScenario(resolveScenario(input), {
      ...{ connections: { nats: null, kafka: null }, signal: new AbortController().signal, tracePath: null },
      ...{ onProgress: () => undefined, command: ['run'], ...changes },
    });
  }

  it('has the report of one thread', async () => {
    let onRuns = 0;
    const together = await run(many, { threads: 2, onRuns: () => (onRuns += 1) });
    const alone = await run(many, { threads: 1 });
    expect(onRuns).toBeGreaterThanOrEqual(12);
    expect(together.runs.map(timeless)).toEqual(alone.runs.map(timeless));
    expect(together.groups).toEqual(alone.groups);
  });

  it('ends with --fail-fast after the first row that breaches, as one thread does', async () => {
    const flags = { ...many, maxViolations: '0' };
    const together = await run(flags, { threads: 2, failFast: true });
    expect(together.runs.map(({ id }) => id)).toEqual(['multi/shared#1']);
  });

  it('ends on an interrupt with what was recorded, the rows that it cut off included', async () => {
    const interrupt = new AbortController();
    const onRuns = ({ runsDone }: RunsProgress): void => (runsDone >= 2 ? interrupt.abort() : undefined);
    const flags = { ...many, mode: 'single', repeat: '100' };
    const { runs, groups } = await run(flags, { threads: 2, signal: interrupt.signal, onRuns });
    expect(runs.filter(({ outcome }) => outcome === 'ordered').length).toBeGreaterThanOrEqual(2);
    expect(runs.length).toBeLessThan(100);
    const repeats = runs.map(({ repeat }) => repeat);
    expect(repeats).toEqual([...repeats].sort((a, b) => a - b));
    expect(groups[0]!.runs).toBe(runs.length);
  });

  it('goes on to the confidence that was asked for', async () => {
    const flags = { ...many, mode: 'single', maxViolations: '0', confidence: '95%', within: '25%' };
    const { runs, groups } = await run(flags, { threads: 2 });
    expect(groups).toMatchObject([{ id: 'single', runs: 11, ordered: 11 }]);
    expect(runs.map(({ repeat }) => repeat)).toEqual(runs.map((_, at) => at + 1));
  });
});
