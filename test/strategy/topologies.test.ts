/** Tests what strategies make of a mode's topology, and where they refuse. */
import { describe, expect, it } from 'vitest';
import { subjectMatches } from '../../src/broker/sim/jetstream/subject-filter.js';
import { brokerKinds, traitsOf, type BrokerKind } from '../../src/domain/broker/registry.js';
import { publishSubjects } from '../../src/domain/stream-subjects.js';
import { modeRows, type ModeRow } from '../../src/domain/scenario/scenario.js';
import { jetStreamOnly, kafkaOnly } from '../../src/domain/topology-kind.js';
import type { JetStreamTopology, Topology } from '../../src/domain/topology.js';
import { strategies, strategyById } from '../../src/strategy/registry.js';
import { topologyOfMode } from '../../src/subscription/topology-of-mode.js';
import { scenario as base } from '../observation/fixtures.js';

const scenario = { ...base, kafka: { ...base.kafka, partitions: 4 } };
const topicNames = ['topic-0', 'topic-1', 'topic-2'];

function plain(row: ModeRow, broker: BrokerKind): Topology {
  return topologyOfMode(row, broker, { scenario, topicNames, runId: 'r1' });
}

function adapted(id: string, row: ModeRow, broker: BrokerKind = 'nats'): Topology {
  return strategyById(id).adaptTopology!(plain(row, broker), scenario);
}

describe('max-ack-pending-1', () => {
  it.each(modeRows)('changes nothing of %s but the limit of its durables', (row) => {
    const before = jetStreamOnly(plain(row, 'nats'));
    expect(adapted('max-ack-pending-1', row)).toEqual({
      ...before,
      durables: before.durables.map((durable) => ({ ...durable, maxAckPending: 1 })),
    });
  });
});

describe('partitioned', () => {
  it.each(modeRows)('gives every event exactly one durable that would deliver it, for each of %s', (row) => {
    const { stream, durables } = jetStreamOnly(adapted('partitioned', row));
    const subjectOf = publishSubjects(stream);
    for (let aggregate = 0; aggregate < 40; aggregate++) {
      for (const topic of topicNames.keys()) {
        const subject = subjectOf(topic, aggregate, `agg-${aggregate}`);
        const delivering = durables.filter(({ filterSubjects }) =>
          filterSubjects.some((filter) => subjectMatches(filter, subject)),
        );
        expect(delivering, subject).toHaveLength(1);
      }
    }
  });

  it.each([
    ['single', 4, 4],
    ['multi/per-topic', 12, 12],
    ['multi/shared', 4, 12],
  ] as const)(
    'makes of %s %i durables with one outstanding message each, and %i subscriptions',
    (row, durables, subscriptions) => {
      const topology: JetStreamTopology = jetStreamOnly(adapted('partitioned', row));
      expect(topology.durables.map(({ maxAckPending }) => maxAckPending)).toEqual(Array(durables).fill(1));
      expect(new Set(topology.durables.map(({ name }) => name)).size).toBe(durables);
      expect(topology.subscriptions.map(({ index }) => index)).toEqual([...Array(subscriptions).keys()]);
      expect(new Set(topology.subscriptions.map(({ durable }) => durable))).toEqual(
        new Set(topology.durables.map(({ name }) => name)),
      );
    },
  );
});

describe('pinned-client', () => {
  it('pins a puller of the shared durable for an ack wait, and for two pull requests at least', () => {
    const pinTimeoutMs = (changes: object): number | undefined =>
      jetStreamOnly(
        strategyById('pinned-client').adaptTopology!(plain('multi/shared', 'nats'), { ...scenario, ...changes }),
      ).durables[0]!.pinned?.pinTimeoutMs;
    expect(pinTimeoutMs({ ackWaitMs: 5_000, maxWaitMs: 100 })).toBe(5_000);
    expect(pinTimeoutMs({ ackWaitMs: 5_000, maxWaitMs: 4_000 })).toBe(8_000);
  });

  it.each(['single', 'multi/per-topic'] as const)('is refused in %s, where every durable has one puller', (row) => {
    expect(strategyById('pinned-client').refuses!(traitsOf('nats'), row, 1)?.wayOut).toContain('--durable shared');
  });

  it.each(['single', 'multi/per-topic'] as const)('is not refused in %s where replicas share a durable', (row) => {
    expect(strategyById('pinned-client').refuses!(traitsOf('nats'), row, 2)).toBeNull();
  });
});

describe('ordered-consumer', () => {
  it('makes no durable, and lives for an ack wait without pulls, and for two pull requests at least', () => {
    const { durables } = jetStreamOnly(adapted('ordered-consumer', 'multi/per-topic'));
    const inactiveMs = Math.max(scenario.ackWaitMs, 2 * scenario.maxWaitMs);
    expect(durables.map(({ ordered }) => ordered)).toEqual(Array(3).fill({ inactiveMs }));
  });

  it('is refused in multi/shared, where several subscriptions would share one', () => {
    expect(strategyById('ordered-consumer').refuses!(traitsOf('nats'), 'multi/shared', 1)?.wayOut).toContain(
      '--mode single',
    );
  });

  it.each(modeRows)('is refused to several replicas in %s, none of which could have it alone', (row) => {
    expect(strategyById('ordered-consumer').refuses!(traitsOf('nats'), row, 2)?.wayOut).toContain('--members 1');
  });
});

describe('what strategies make of a topology', () => {
  it('is plain data: it crosses threads and stands in the header of a trace', () => {
    for (const { id, refuses, adaptTopology } of strategies) {
      for (const [broker, row] of (['nats', 'kafka'] as const).flatMap((one) =>
        modeRows.map((mode) => [one, mode] as const),
      )) {
        if (adaptTopology === undefined || (refuses?.(traitsOf(broker), row, 1) ?? null) !== null) continue;
        const topology = adapted(id, row, broker);
        expect(structuredClone(topology), `${id} ${row}`).toEqual(topology);
        expect(JSON.parse(JSON.stringify(topology)), `${id} ${row}`).toEqual(topology);
      }
    }
  });
});

describe('the strategies of Kafka', () => {
  it('partition-serial takes one message of one partition at a time', () => {
    const { consumer } = kafkaOnly(adapted('partition-serial', 'single', 'kafka'));
    expect(consumer).toMatchObject({ consume: 'each-message', partitionsConcurrently: 1 });
  });

  it('partition-concurrent takes one message of each partition, of as many as there are', () => {
    const { consumer } = kafkaOnly(adapted('partition-concurrent', 'single', 'kafka'));
    expect(consumer).toMatchObject({ consume: 'each-message', partitionsConcurrently: 12 });
  });
});

describe('a strategy of one protocol', () => {
  it.each([
    ['max-ack-pending-1', 'kafka'],
    ['partitioned', 'sim:kafka'],
    ['pinned-client', 'kafka'],
    ['ordered-consumer', 'sim:kafka'],
    ['partition-serial', 'nats'],
    ['partition-concurrent', 'sim:jetstream'],
  ] as const)('%s is refused on %s in every mode, with a reason and another strategy that is not', (id, broker) => {
    const traits = traitsOf(broker);
    for (const row of modeRows) {
      const refusal = strategyById(id).refuses!(traits, row, 1);
      expect(refusal?.reason).toBeTruthy();
      const instead = strategies.find((strategy) => refusal!.wayOut.startsWith(`use ${strategy.id} `));
      expect(instead?.refuses?.(traits, row, 1) ?? null, refusal!.wayOut).toBeNull();
      expect(instead, refusal!.wayOut).toBeDefined();
    }
  });

  it.each(strategies.filter(({ refuses }) => refuses !== undefined).map(({ id }) => id))(
    '%s can be had somewhere',
    (id) => {
      const { refuses } = strategyById(id);
      const anywhere = brokerKinds.some((broker) =>
        modeRows.some((row) => refuses!(traitsOf(broker), row, 1) === null),
      );
      expect(anywhere).toBe(true);
    },
  );
});
