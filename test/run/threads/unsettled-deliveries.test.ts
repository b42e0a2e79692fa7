// Messages may come again that are not acknowledged and whose deliveries are not used up.
import { expect, test } from 'vitest';
import type { AckKind, Delivery, Observation } from '../../../src/domain/observation.js';
import { UnsettledDeliveries } from '../../../src/run/threads/unsettled-deliveries.js';

function deliveryOf(position: number, deliveryCount: number): Delivery {
  return {
    ...{ id: position, aggregate: 0, topic: 0, version: 1, publisher: 0, publishStamp: 1, publishedAtMs: 0 },
    ...{ partition: 0, position, deliveryCount, subscription: 0, owned: true, deliverStamp: 2, deliveredAtMs: 0 },
    ...{ ackToken: 0, submitStamp: 3 },
  };
}

const delivered = (position: number, deliveryCount: number): Observation => ({
  kind: 'deliver',
  record: deliveryOf(position, deliveryCount),
});

const acked = (position: number, deliveryCount: number, kind: AckKind): Observation => ({
  kind: 'ack',
  record: { delivery: deliveryOf(position, deliveryCount), kind, stamp: 4, atMs: 0 },
});

function states(unsettled: UnsettledDeliveries) {
  return { mayComeAgain: unsettled.mayComeAgain, givenUp: unsettled.count(0) };
}

test('a message may come again until it was delivered as often as allowed; then it was given up', () => {
  const unsettled = new UnsettledDeliveries(2);
  unsettled.observe(delivered(1, 1));
  expect(states(unsettled)).toEqual({ mayComeAgain: true, givenUp: 0 });
  unsettled.observe(delivered(1, 2));
  expect(states(unsettled)).toEqual({ mayComeAgain: false, givenUp: 1 });
});

test('an ack settles a message, also late; so does a term, but neither a nak nor a word of progress', () => {
  const unsettled = new UnsettledDeliveries(2);
  for (const position of [1, 2, 3]) unsettled.observe(delivered(position, 1));
  unsettled.observe(delivered(2, 2));
  unsettled.observe(acked(1, 1, 'nak'));
  unsettled.observe(acked(3, 1, 'progress'));
  unsettled.observe(acked(2, 2, 'progress'));
  expect(states(unsettled)).toEqual({ mayComeAgain: true, givenUp: 1 });
  unsettled.observe(acked(1, 1, 'ack'));
  unsettled.observe(acked(2, 1, 'ack'));
  unsettled.observe(acked(3, 1, 'term'));
  expect(states(unsettled)).toEqual({ mayComeAgain: false, givenUp: 0 });
});

test('a message whose last delivery still awaits its ack was not given up yet', () => {
  const unsettled = new UnsettledDeliveries(1);
  for (const position of [1, 2, 3]) unsettled.observe(delivered(position, 1));
  expect(unsettled.count(2)).toBe(1);
});
