import { describe, expect, it } from 'vitest';
import { jetStreamOnly, kafkaOnly } from '../../src/domain/topology-kind.js';
import { modeRows, type ModeRow } from '../../src/domain/scenario/scenario.js';
import { busesOf, type JetStreamTopology, type KafkaTopology } from '../../src/domain/topology.js';
import { scenario } from '../observation/fixtures.js';
import { topologyOfMode } from '../../src/subscription/topology-of-mode.js';

const input = { topicNames: ['topic-0', 'topic-1', 'topic-2'], runId: 'r1', scenario };

function onJetStream(row: ModeRow, members = 1): JetStreamTopology {
  const replicated = { ...scenario, kafka: { ...scenario.kafka, members } };
  return jetStreamOnly(topologyOfMode(row, 'nats', { ...input, scenario: replicated }));
}

function onKafka(row: ModeRow, changes: Partial<typeof scenario> = {}): KafkaTopology {
  return kafkaOnly(topologyOfMode(row, 'kafka', { ...input, scenario: { ...scenario, ...changes } }));
}

describe('the topology of a mode on JetStream', () => {
  it('binds every subscription to one durable without a filter, for multi/shared', () => {
    const { durables, subscriptions } = onJetStream('multi/shared');
    expect(durables.map(({ filterSubjects }) => filterSubjects)).toEqual([[]]);
    expect(subscriptions.map(({ durable }) => durable)).toEqual(['shared', 'shared', 'shared']);
    expect(subscriptions.map(({ ownsTopics }) => ownsTopics)).toEqual([[0], [1], [2]]);
  });

  it("gives every subscription a durable with its topic's filter, for multi/per-topic", () => {
    const { stream, durables, subscriptions } = onJetStream('multi/per-topic');
    expect(durables.map(({ filterSubjects }) => filterSubjects)).toEqual(stream.subjects.map((subject) => [subject]));
    expect(subscriptions.map(({ durable }) => durable)).toEqual(durables.map(({ name }) => name));
  });

  it('makes one subscription that owns every topic, for single', () => {
    const { durables, subscriptions } = onJetStream('single');
    expect(durables).toHaveLength(1);
    expect(subscriptions.map(({ ownsTopics }) => ownsTopics)).toEqual([[0, 1, 2]]);
  });

  it('binds every replica to the same durables, each with all subscriptions on a bus of its own', () => {
    for (const row of modeRows) {
      const { durables, subscriptions: once } = onJetStream(row);
      const replicated = onJetStream(row, 3);
      expect(replicated.durables, row).toEqual(durables);
      expect(busesOf(replicated), row).toBe(3);
      for (const bus of [0, 1, 2]) {
        const ofReplica = replicated.subscriptions.filter((one) => one.bus === bus);
        const bound = ofReplica.map(({ durable, ownsTopics }) => ({ durable, ownsTopics }));
        expect(bound, row).toEqual(once.map(({ durable, ownsTopics }) => ({ durable, ownsTopics })));
      }
      expect(replicated.subscriptions.map(({ index }) => index)).toEqual([...replicated.subscriptions.keys()]);
    }
  });

  it('numbers the subscriptions of replicas', () => {
    expect(onJetStream('single', 2).subscriptions.map(({ name }) => name)).toEqual(['sub-all-1', 'sub-all-2']);
  });

  it("marks the stream as this tool's own", () => {
    expect(onJetStream('single').stream.name).toBe('EVENTBUS_BENCH_r1');
  });
});

describe('the topology of a mode on Kafka', () => {
  it('puts as many members as there are topics into one group, each subscribed to all topics, for multi/shared', () => {
    const { groups, subscriptions } = onKafka('multi/shared');
    expect(groups).toEqual(['eventbus-bench.r1.shared']);
    expect(subscriptions.map(({ durable }) => durable)).toEqual(Array(3).fill('eventbus-bench.r1.shared'));
    expect(subscriptions.map(({ ownsTopics }) => ownsTopics)).toEqual(Array(3).fill([0, 1, 2]));
  });

  it('makes one consumer and one group a topic, for multi/per-topic', () => {
    const { groups, subscriptions } = onKafka('multi/per-topic');
    expect(subscriptions.map(({ durable }) => durable)).toEqual(groups);
    expect(subscriptions.map(({ ownsTopics }) => ownsTopics)).toEqual([[0], [1], [2]]);
  });

  it('makes one consumer of all topics, for single', () => {
    const { groups, subscriptions } = onKafka('single');
    expect(groups).toHaveLength(1);
    expect(subscriptions.map(({ name, ownsTopics }) => [name, ownsTopics])).toEqual([['sub-all', [0, 1, 2]]]);
  });

  it('multiplies every subscription by the members asked for, in the same group', () => {
    const { groups, subscriptions } = onKafka('single', { kafka: { ...scenario.kafka, members: 3 } });
    expect(groups).toHaveLength(1);
    expect(subscriptions.map(({ name }) => name)).toEqual(['sub-all-1', 'sub-all-2', 'sub-all-3']);
  });

  it('has one more member of the first group, later, for each disturbance that is a join', () => {
    const { subscriptions } = onKafka('multi/per-topic', {
      disturb: [
        { kind: 'join', at: 0.5 },
        { kind: 'leave', at: 0.6 },
      ],
    });
    expect(subscriptions.map(({ begins }) => begins)).toEqual(['at once', 'at once', 'at once', 'later']);
    expect(subscriptions.at(-1)).toMatchObject({ index: 3, durable: 'eventbus-bench.r1.topic-0', ownsTopics: [0] });
  });

  it("marks topics as this tool's own, and gives each the partitions asked for", () => {
    expect(onKafka('single').topics).toEqual(
      input.topicNames.map((topic) => ({ name: `eventbus-bench.r1.${topic}`, partitions: 3 })),
    );
  });

  it('commits nothing if nothing is acknowledged', () => {
    expect(onKafka('single', { ack: 'never' }).consumer.commit).toEqual({ kind: 'never' });
  });
});
