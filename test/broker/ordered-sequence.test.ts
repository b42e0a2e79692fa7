import { describe, expect, it } from 'vitest';
import { OrderedSequence, orderedState } from '../../src/broker/ordered-sequence.js';
import type { JetStreamTopology } from '../../src/domain/topology.js';

describe('OrderedSequence', () => {
  it('begins at the first message, under a name of its own', () => {
    const sequence = new OrderedSequence('all');
    expect(sequence.isThere).toBe(false);
    expect(sequence.begin()).toEqual({ name: 'all_1', startSequence: 1 });
    expect(sequence.isThere).toBe(true);
  });

  it('takes messages as long as the consumer sequence rises by one, whatever the stream sequence does', () => {
    const sequence = new OrderedSequence('all');
    sequence.begin();
    expect([sequence.accept('all_1', 1, 3), sequence.accept('all_1', 2, 8)]).toEqual(['next', 'next']);
  });

  it.each([
    ['the first', 0, 2, 1],
    ['one in the middle', 2, 4, 11],
    ['none, but one comes twice', 2, 2, 11],
  ])('is of no use any more when %s is missing, and begins again behind the last seen', (_which, seen, next, start) => {
    const sequence = new OrderedSequence('all');
    sequence.begin();
    for (let i = 1; i <= seen; i++) sequence.accept('all_1', i, 5 * i);
    expect(sequence.accept('all_1', next, 99)).toBe('gap');
    expect(sequence.isThere).toBe(false);
    expect(sequence.begin()).toEqual({ name: 'all_2', startSequence: start });
  });

  it('is known to its client only: after a crash another begins at the first message again', () => {
    const sequence = new OrderedSequence('all');
    sequence.begin();
    sequence.accept('all_1', 1, 7);
    expect(new OrderedSequence('all').begin().startSequence).toBe(1);
  });

  it('does not look at what comes of an old consumer, nor after a gap', () => {
    const sequence = new OrderedSequence('all');
    sequence.begin();
    sequence.accept('all_1', 1, 1);
    sequence.end();
    expect(sequence.accept('all_1', 2, 2)).toBe('of an old consumer');
    sequence.begin();
    expect(sequence.accept('all_1', 2, 2)).toBe('of an old consumer');
    expect(sequence.accept('all_2', 1, 2)).toBe('next');
  });
});

it('an ordered consumer is behind by what was stored on its topics and not delivered, and awaits no ack', () => {
  const subscriptions = [
    { durable: 'a', ownsTopics: [0] },
    { durable: 'b', ownsTopics: [1, 2] },
  ];
  const topology = { subscriptions } as unknown as JetStreamTopology;
  const stateOf = (name: string) =>
    orderedState(topology, name, (topic) => [5, 7, 9][topic]!, { count: (topic) => [5, 6, 2][topic]! });
  expect(stateOf('a')).toEqual({ name: 'a', pending: 0, ackPending: 0 });
  expect(stateOf('b')).toEqual({ name: 'b', pending: 8, ackPending: 0 });
});
