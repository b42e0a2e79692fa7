import { describe, expect, it } from 'vitest';
import { busesOf } from '../../src/domain/topology.js';
import { parseDisturbance } from '../../src/scenario/notation/disturbance.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { strategyIds } from '../../src/strategy/registry.js';
import { withSuccessors } from '../../src/subscription/successors.js';
import { topologyOfMode } from '../../src/subscription/topology-of-mode.js';

const topicNames = ['topic-0', 'topic-1'];

function topologyOf(flags: ScenarioFlags) {
  const scenario = resolveScenario({ flags: { topics: '2', ...flags }, strategies: strategyIds });
  const plain = topologyOfMode('multi/per-topic', scenario.brokers[0]!, { scenario, topicNames, runId: 'r' });
  return { plain, crashing: withSuccessors(plain, scenario.disturb) };
}

const crash = ['crash:1s@30%', 'crash:1s@60%'];

describe('a service that crashes', () => {
  it('has a successor for each crash, with the same subscriptions and a bus of its own', () => {
    const { plain, crashing } = topologyOf({ disturb: crash });
    const [, , ...successors] = crashing.subscriptions;
    expect(successors.map(({ name, bus }) => [name, bus])).toEqual([
      ['sub-topic-0-after-crash-1', 1],
      ['sub-topic-1-after-crash-1', 1],
      ['sub-topic-0-after-crash-2', 2],
      ['sub-topic-1-after-crash-2', 2],
    ]);
    expect(successors.map(({ durable }) => durable)).toEqual(
      [...plain.subscriptions, ...plain.subscriptions].map(({ durable }) => durable),
    );
    expect(successors.every(({ begins }) => begins === 'after a crash')).toBe(true);
    expect(crashing.subscriptions.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is one replica of several: only the first has successors, behind those that join', () => {
    const flags = { broker: 'sim:kafka', members: '2', disturb: ['join@20%', ...crash] };
    const { plain, crashing } = topologyOf(flags);
    expect(busesOf(plain)).toBe(3);
    expect(busesOf(crashing)).toBe(5);
    const successors = crashing.subscriptions.filter(({ begins }) => begins === 'after a crash');
    expect(successors.map(({ ownsTopics, bus }) => [...ownsTopics, bus])).toEqual([
      [0, 3],
      [1, 3],
      [0, 4],
      [1, 4],
    ]);
  });

  it('is nothing to other disturbances', () => {
    const { plain, crashing } = topologyOf({ broker: 'sim:kafka', disturb: 'join@20%' });
    expect(crashing).toBe(plain);
    expect(withSuccessors(plain, [parseDisturbance('stall:1s@5%')!])).toBe(plain);
  });
});
