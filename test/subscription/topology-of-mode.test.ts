import { describe, expect, it } from 'vitest';
import { topologyOfMode } from '../../src/subscription/topology-of-mode.js';

const input = {
  topicNames: ['topic-0', 'topic-1', 'topic-2'],
  runId: 'r1',
  ackWaitMs: 30_000,
  maxAckPending: 1000,
  maxDeliver: null,
  backoffMs: [],
};

describe('the topology of a mode', () => {
  it('binds every subscription to one durable without a filter, for multi/shared', () => {
    const { durables, subscriptions } = topologyOfMode('multi/shared', input);
    expect(durables.map(({ filterSubjects }) => filterSubjects)).toEqual([[]]);
    expect(subscriptions.map(({ durable }) => durable)).toEqual(['shared', 'shared', 'shared']);
    expect(subscriptions.map(({ ownsTopics }) => ownsTopics)).toEqual([[0], [1], [2]]);
  });

  it("gives every subscription a durable with its topic's filter, for multi/per-topic", () => {
    const { stream, durables, subscriptions } = topologyOfMode('multi/per-topic', input);
    expect(durables.map(({ filterSubjects }) => filterSubjects)).toEqual(stream.subjects.map((subject) => [subject]));
    expect(subscriptions.map(({ durable }) => durable)).toEqual(durables.map(({ name }) => name));
  });

  it('makes one subscription that owns every topic, for single', () => {
    const { durables, subscriptions } = topologyOfMode('single', input);
    expect(durables).toHaveLength(1);
    expect(subscriptions.map(({ ownsTopics }) => ownsTopics)).toEqual([[0, 1, 2]]);
  });

  it("marks the stream as this tool's own", () => {
    expect(topologyOfMode('single', input).stream.name).toBe('EVENTBUS_BENCH_r1');
  });
});
