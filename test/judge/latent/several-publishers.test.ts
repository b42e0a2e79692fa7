/** Publish calls of one aggregate that are open at once are in order by luck, unless one client keeps them so. */
import { expect, it } from 'vitest';
import { severalPublishers } from '../../../src/judge/latent/several-publishers.js';
import { claims, evidence, told } from '../support.js';

const seen = (acrossPublishers: number, withinPublisher: number) =>
  evidence({ publishOverlaps: { acrossPublishers, withinPublisher } });

it('is told where two publishers were open at once, whatever their client', () => {
  expect(told(severalPublishers(claims(), seen(3, 0)))).toEqual([
    ['several-publishers', { acrossPublishers: 3, withinPublisher: 0 }],
  ]);
});

it('is told of one publisher that does not wait, unless its client keeps the order in which it sends', () => {
  expect(severalPublishers(claims({ clientKeepsSendOrder: true }), seen(0, 9))).toEqual([]);
  for (const clientKeepsSendOrder of [false, null]) {
    expect(told(severalPublishers(claims({ clientKeepsSendOrder }), seen(0, 9)))).toEqual([
      ['several-publishers', { acrossPublishers: 0, withinPublisher: 9 }],
    ]);
  }
});

it('is told of several publishers that share an aggregate, though none of their calls met', () => {
  expect(told(severalPublishers(claims({ publishersPerAggregate: 2 }), seen(0, 0)))).toEqual([
    ['several-publishers', { acrossPublishers: 0, withinPublisher: 0 }],
  ]);
  expect(severalPublishers(claims({ publishersPerAggregate: null }), seen(0, 0))).toEqual([]);
});

it('is not told of publishers that wait', () => {
  expect(severalPublishers(claims({ clientKeepsSendOrder: false }), seen(0, 0))).toEqual([]);
});

it('is told where an aggregate is known to have several publishers, though their calls never met', () => {
  const known = claims({ publishersPerAggregate: 2, clientKeepsSendOrder: true });
  expect(told(severalPublishers(known, seen(0, 0)))).toEqual([
    ['several-publishers', { acrossPublishers: 0, withinPublisher: 0 }],
  ]);
  for (const publishersPerAggregate of [1, null])
    expect(severalPublishers(claims({ publishersPerAggregate }), seen(0, 0))).toEqual([]);
});
