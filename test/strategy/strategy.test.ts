import { describe, expect, it } from 'vitest';
import { strategies, strategyById } from '../../src/strategy/registry.js';
import { firstLaneOf } from '../../src/strategy/strategy.js';

describe('lanes', () => {
  it('of the buses of a run are numbered one after the other, as many as a dispatcher has', () => {
    const scenario = { workers: 4, topics: 3 };
    expect([0, 1, 2].map((bus) => firstLaneOf(strategyById('keyed-pool'), bus, scenario))).toEqual([0, 4, 8]);
    expect([0, 1, 2].map((bus) => firstLaneOf(strategyById('pool-per-topic'), bus, scenario))).toEqual([0, 12, 24]);
  });
});

describe('the registry', () => {
  it('names each strategy once', () => {
    expect(new Set(strategies.map(({ id }) => id)).size).toBe(strategies.length);
  });
});
