import { describe, expect, it } from 'vitest';
import { lowestMaxAckPending, sharesDurables, shortestAckWaitMs, type Topology } from '../../src/domain/topology.js';

const limits = (ackWaitMs: number, maxAckPending: number, backoffMs: readonly number[] = []) => ({
  ...{ name: 'd', filterSubjects: [], ackWaitMs, maxAckPending, maxDeliver: null, backoffMs },
});

const of = (...durables: ReturnType<typeof limits>[]): Topology => ({
  ...{ kind: 'jetstream', stream: { name: 's', subjects: [] }, durables, subscriptions: [] },
});

it('the shortest ack wait is that of any durable, a backoff that replaces it included', () => {
  expect(shortestAckWaitMs(of(limits(30_000, 1), limits(20_000, 1)))).toBe(20_000);
  expect(shortestAckWaitMs(of(limits(30_000, 1, [100, 5_000])))).toBe(100);
});

it('the lowest max_ack_pending is that of any durable', () => {
  expect(lowestMaxAckPending(of(limits(1, 1_000), limits(1, 7)))).toBe(7);
});

it('Kafka has neither', () => {
  const kafka = { kind: 'kafka' } as Topology;
  expect([shortestAckWaitMs(kafka), lowestMaxAckPending(kafka)]).toEqual([null, null]);
});

describe('durables are shared without any order', () => {
  const pullers = (count: number): Topology['subscriptions'] =>
    Array.from({ length: count }, (_, index) => ({
      ...{ index, name: `sub-${index}`, durable: 'd', ownsTopics: [index], bus: 0, begins: 'at once' as const },
    }));
  const pulledBy = (count: number, durable: ReturnType<typeof limits>): Topology => ({
    ...(of(durable) as Extract<Topology, { kind: 'jetstream' }>),
    subscriptions: pullers(count),
  });

  it('where several subscriptions take from one with more than one message outstanding', () => {
    expect(sharesDurables(pulledBy(2, limits(1, 1_000)))).toBe(true);
  });

  it('not where there is one puller, one outstanding message, or one puller at a time; nor on Kafka', () => {
    expect(sharesDurables(pulledBy(1, limits(1, 1_000)))).toBe(false);
    expect(sharesDurables(pulledBy(2, limits(1, 1)))).toBe(false);
    const pinned = { ...limits(1, 1_000), pinned: { pinTimeoutMs: 1_000 } } as unknown as ReturnType<typeof limits>;
    expect(sharesDurables(pulledBy(2, pinned))).toBe(false);
    expect(sharesDurables({ kind: 'kafka' } as Topology)).toBe(false);
  });
});
