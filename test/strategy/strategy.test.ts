import { describe, expect, it } from 'vitest';
import { strategies, strategyById } from '../../src/strategy/registry.js';
import { firstLaneOf, refuseDisturbance } from '../../src/strategy/strategy.js';

describe('lanes', () => {
  it('of the buses of a run are numbered one after the other, as many as a dispatcher has', () => {
    const scenario = { workers: 4, topics: 3, disturb: [] };
    expect([0, 1, 2].map((bus) => firstLaneOf(strategyById('keyed-pool'), bus, scenario))).toEqual([0, 4, 8]);
    expect([0, 1, 2].map((bus) => firstLaneOf(strategyById('pool-per-topic'), bus, scenario))).toEqual([0, 12, 24]);
  });

  it('are numbered apart also when there are more of them later', () => {
    const scenario = { workers: 4, topics: 3, disturb: [{ kind: 'workers', count: 9, at: 0.5 }] } as const;
    expect([0, 1].map((bus) => firstLaneOf(strategyById('keyed-pool'), bus, scenario))).toEqual([0, 9]);
    expect([0, 1].map((bus) => firstLaneOf(strategyById('pool-per-topic'), bus, scenario))).toEqual([0, 27]);
  });

  it('of a strategy whose lanes cannot change are not asked to', () => {
    const { canResize: _, ...fixed } = strategyById('keyed-pool');
    const resize = [{ kind: 'workers', count: 9, at: 0.5 }] as const;
    expect(refuseDisturbance(fixed, resize)?.reason).toContain('number of its lanes cannot change');
    expect(refuseDisturbance(strategyById('keyed-pool'), resize)).toBeNull();
    expect(refuseDisturbance(fixed, [{ kind: 'crash', forMs: 1, at: 0.5 }])).toBeNull();
  });
});

describe('the registry', () => {
  it('names each strategy once', () => {
    expect(new Set(strategies.map(({ id }) => id)).size).toBe(strategies.length);
  });
});
