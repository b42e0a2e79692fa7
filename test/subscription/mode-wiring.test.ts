import { describe, expect, it } from 'vitest';
import { brokerKinds, type BrokerKind } from '../../src/domain/broker/registry.js';
import { byTopologyKind } from '../../src/domain/topology-kind.js';
import { modeWirings } from '../../src/subscription/mode-wiring.js';
import { topologyOfMode } from '../../src/subscription/topology-of-mode.js';
import { usualScenario } from '../usual-scenario.js';

const topicNames = ['topic-0', 'topic-1', 'topic-2'];

function countsOf(mode: (typeof modeWirings)[number]['mode'], broker: BrokerKind) {
  const topology = topologyOfMode(mode, broker, { topicNames, runId: 'r1', scenario: usualScenario });
  const positions = byTopologyKind(topology, {
    jetstream: ({ durables }) => durables.length,
    kafka: ({ groups }) => groups.length,
  });
  return { subscriptions: topology.subscriptions.length, positions };
}

const inNumbers = { one: 1, 'one a topic': topicNames.length };

describe.each(brokerKinds)('on %s', (broker) => {
  it.each(modeWirings)('mode $mode is wired as the list of modes says', ({ mode, subscriptions, positions }) => {
    expect(countsOf(mode, broker)).toEqual({
      subscriptions: inNumbers[subscriptions],
      positions: inNumbers[positions],
    });
  });
});
