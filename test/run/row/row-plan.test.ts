import { describe, expect, it } from 'vitest';
import { planWarmUp, RowPlanner } from '../../../src/run/row/row-plan.js';
import { planRows } from './plan-rows.js';
import type { ScenarioFlags } from '../../../src/scenario/flags.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';

const scenarioWith = (flags: ScenarioFlags) => resolveScenario({ flags, strategies: strategyIds });
const certain = { maxViolations: '0', confidence: '95%', within: '5%' };

describe('the number of rows that a plan expects', () => {
  it('is that of all repeats', () => {
    expect(planRows(scenarioWith({ repeat: '4' }), 'r').map(({ total }) => total)).toEqual(Array(12).fill(12));
  });

  it('counts the ordered runs that a confidence takes from the first repeat on', () => {
    const planner = new RowPlanner(scenarioWith({ ...certain, mode: 'multi' }), { runId: 'r' });
    expect(planner.repeats(1, 1).map(({ total }) => total)).toEqual([118, 118]);
    expect(planner.repeats(2, 59)[0]!.total).toBe(118);
    // Some runs were not ordered: further ones are made in their place.
    expect(planner.repeats(60, 61)[0]!.total).toBe(122);
  });

  it('is not known where repeats go on until enough pairs were at risk', () => {
    expect(planRows(scenarioWith({ untilAtRisk: '100' }), 'r')[0]!.total).toBeNull();
  });

  it('is that of its rounds, for a warm-up', () => {
    const planned = planWarmUp(scenarioWith({ ...certain, broker: 'nats', mode: 'single', warmUp: '2' }), {
      runId: 'r',
    });
    expect(planned.map(({ total }) => total)).toEqual([2, 2]);
  });

  it('is none for a warm-up on the simulator, whose clock is no faster when the code is warm', () => {
    const planned = planWarmUp(scenarioWith({ broker: ['sim:jetstream', 'nats'], mode: 'single', warmUp: '1' }), {
      runId: 'r',
    });
    expect(planned.map(({ broker }) => broker)).toEqual(['nats']);
  });
});
