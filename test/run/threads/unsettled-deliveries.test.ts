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
  return { open: unsettled.open, exhausted: unsettled.exhausted };
}

test('a message is open until it was delivered as often as allowed, then exhausted', () => {
  const unsettled = new UnsettledDeliveries(2);
  unsettled.observe(delivered(1, 1));
  expect(states(unsettled)).toEqual({ open: 1, exhausted: 0 });
  unsettled.observe(delivered(1, 2));
  expect(states(unsettled)).toEqual({ open: 0, exhausted: 1 });
});

test('an ack settles a message, also late; so does a term, but neither a nak nor a word of progress', () => {
  const unsettled = new UnsettledDeliveries(2);
  for (const position of [1, 2, 3]) unsettled.observe(delivered(position, 1));
  unsettled.observe(delivered(2, 2));
  unsettled.observe(acked(1, 1, 'nak'));
  unsettled.observe(acked(3, 1, 'progress'));
  unsettled.observe(acked(2, 2, 'progress'));
  expect(states(unsettled)).toEqual({ open: 2, exhausted: 1 });
  unsettled.observe(acked(1, 1, 'ack'));
  unsettled.observe(acked(2, 1, 'ack'));
  unsettled.observe(acked(3, 1, 'term'));
  expect(states(unsettled)).toEqual({ open: 0, exhausted: 0 });
});
