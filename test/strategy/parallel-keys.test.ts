import { expect, it } from 'vitest';
import { lowestMaxAckPending, type Topology } from '../../src/domain/topology.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { planRows } from '../run/row/plan-rows.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { strategyIds } from '../../src/strategy/registry.js';

function topologyOf(flags: ScenarioFlags): Topology {
  const strategy = { strategy: 'multi/per-topic+parallel-keys' };
  const scenario = resolveScenario({ flags: { ...strategy, ...flags }, strategies: strategyIds });
  return planRows(scenario, 'run')[0]!.topology;
}

it('on JetStream the window is what may be unacknowledged, and never more than was asked for', () => {
  const windowOf = (flags: ScenarioFlags): number =>
    lowestMaxAckPending(topologyOf({ workers: '4', laneSize: '16', ...flags }))!;
  expect(windowOf({})).toBe(64);
  expect(windowOf({ maxAckPending: '10' })).toBe(10);
});

it('on Kafka batches come whole, of all partitions side by side, and positions are committed as events are done', () => {
  const flags = { broker: 'sim:kafka', topics: '2', partitions: '3', consume: 'each-message' };
  const wanted = { consume: 'each-batch', partitionsConcurrently: 6, commit: { kind: 'manual' } };
  expect(topologyOf(flags)).toMatchObject({ consumer: wanted });
  const other = { broker: 'kafka', kafkaClient: 'platformatic', partitions: '3' };
  expect(topologyOf(other)).toMatchObject({ consumer: { partitionsConcurrently: 1, commit: { kind: 'manual' } } });
  expect(topologyOf({ ...flags, ack: 'never' })).toMatchObject({ consumer: { commit: { kind: 'never' } } });
});
