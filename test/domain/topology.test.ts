import { expect, it } from 'vitest';
import { lowestMaxAckPending, shortestAckWaitMs, type Topology } from '../../src/domain/topology.js';

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

it('the lowest max_ack_pending is shared out among the buses that take from a durable at once', () => {
  const bound = { name: 's', durable: 'd', ownsTopics: [], begins: 'at once' as const };
  const subscriptions = [
    { ...bound, index: 0, bus: 0 },
    { ...bound, index: 1, bus: 0 },
    { ...bound, index: 2, bus: 1 },
    { ...bound, index: 3, bus: 2, begins: 'after a crash' as const },
    { ...bound, index: 4, bus: 3, durable: 'another' },
  ];
  expect(lowestMaxAckPending({ ...of(limits(1, 7)), subscriptions })).toBe(3);
});

it('Kafka has neither', () => {
  const kafka = { kind: 'kafka' } as Topology;
  expect([shortestAckWaitMs(kafka), lowestMaxAckPending(kafka)]).toEqual([null, null]);
});
