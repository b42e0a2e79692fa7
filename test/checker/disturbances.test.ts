/**
 * Each disturbance that was recorded comes to a number of effects that were seen after it, by its kind; and they met an
 * open pair, or none. An effect belongs to the latest disturbance of the kinds that can have it.
 */
import { describe, expect, it } from 'vitest';
import type { DisturbanceAction } from '../../src/domain/scenario/disturbance.js';
import { History } from './support/history.js';
import { oneQueue, queued } from './support/queues.js';

type Kind = DisturbanceAction['kind'];
type Came = readonly [what: string, effects: number, metInFlight: number, metWaiting: number];

function came(history: History): readonly Came[] {
  return history
    .verdict({ queues: oneQueue })
    .evidence.disturbances.map(({ what, effects, metInFlight, metWaiting }) => [
      what,
      effects,
      metInFlight,
      metWaiting,
    ]);
}

/** With versions 1 and 2 in hand, an effect before the disturbance and one after it. */
function aroundEach(what: Kind, effect: (history: History) => void): readonly Came[] {
  const history = new History();
  history.publishAcked([1, 2]);
  history.deliver(1);
  history.deliver(2);
  effect(history);
  history.disturb(what);
  effect(history);
  return came(history);
}

let epoch = 0;

function rebalance(history: History): void {
  history.note('rebalance', { group: 'orders', epoch: ++epoch, subscription: 'puller-0', assigned: '0' });
}

function refusedPublish(history: History): void {
  history.publish(5);
  history.refused(5);
}

function otherFault(history: History): void {
  history.note('fault', { what: 'disconnect' });
  history.publishAcked([6]);
}

describe('the effects of a disturbance', () => {
  it.each<[Kind, string, (history: History) => void]>([
    ['crash', 'a delivery lost that had not started', (h) => h.release('crashed', h.deliver(9))],
    ['crash', 'a handler cut off', (h) => h.finish(h.start(h.deliver(9)), 'crashed')],
    ['workers', 'a dispatcher with another number of lanes', (h) => h.note('resized', { bus: 0, from: 2, to: 5 })],
    ['join', 'a rebalance', rebalance],
    ['leave', 'a rebalance', rebalance],
    ['stall', 'a rebalance', rebalance],
    ['pause', 'a member that paused', (h) => h.note('paused', { subscription: 'puller-0', partitions: 1 })],
    ['restart', 'a client that connected again', (h) => h.note('reconnect', { subscription: 'puller-0' })],
    ['restart', 'a fault', (h) => h.note('fault', { what: 'disconnect' })],
    ['refuse', 'a publish call that failed', refusedPublish],
    ['refuse', 'a publish call that was tried again', (h) => h.note('fault', { what: 'produce-retry' })],
  ])('of kind %s is %s, after it', (what, _effect, effect) => {
    expect(aroundEach(what, effect)).toEqual([[what, 1, 1, 0]]);
  });

  it.each<[Kind, string, (history: History) => void]>([
    ['crash', 'a failure', (h) => h.finish(h.start(h.deliver(9)), 'failed')],
    ['workers', 'a subscription that ended', (h) => h.ended(0)],
    ['join', 'a generation that was noted before', (h) => h.note('rebalance', { group: 'orders', epoch: 0 })],
    ['pause', 'a rebalance', rebalance],
    ['refuse', 'another fault, or a publish call that succeeded', otherFault],
  ])('of kind %s is not %s', (what, _effect, effect) => {
    expect(aroundEach(what, effect)).toEqual([[what, 0, 0, 0]]);
  });

  it('of kind partitions is a delivery or publish result above the highest partition of before', () => {
    const history = new History();
    history.publish(1);
    history.ackedIn(2, 1);
    history.deliver(1, { partition: 2 });
    history.disturb('partitions');
    history.publish(2);
    history.ackedIn(1, 2);
    history.publish(3);
    history.ackedIn(3, 3);
    history.deliver(2, { partition: 2 });
    history.deliver(3, { partition: 3, topic: 1 });
    history.disturb('partitions');
    history.deliver(3, { partition: 3, deliveryCount: 2 });
    history.deliver(4, { partition: 4 });
    expect(came(history).map(([what, effects]) => [what, effects])).toEqual([
      ['partitions', 2],
      ['partitions', 1],
    ]);
  });
});

describe('an effect', () => {
  it('belongs to the latest disturbance of its kind', () => {
    const history = new History();
    history.note('paused');
    history.disturb('pause');
    history.note('paused');
    history.note('paused');
    history.disturb('crash');
    history.disturb('pause');
    history.note('paused');
    expect(came(history)).toEqual([
      ['pause', 2, 0, 0],
      ['crash', 0, 0, 0],
      ['pause', 1, 0, 0],
    ]);
  });

  it('that is a rebalance belongs to the latest of join, leave and stall', () => {
    const history = new History();
    rebalance(history);
    history.publishAcked([1]);
    history.disturb('join');
    rebalance(history);
    history.disturb('stall');
    rebalance(history);
    rebalance(history);
    history.disturb('leave');
    expect(came(history)).toEqual([
      ['join', 1, 0, 0],
      ['stall', 2, 0, 0],
      ['leave', 0, 0, 0],
    ]);
  });

  it('that is a fault of a producer belongs to a restart and to a refusal', () => {
    const history = new History();
    history.disturb('restart');
    history.disturb('refuse');
    history.note('fault', { what: 'produce-retry' });
    expect(came(history)).toEqual([
      ['restart', 1, 0, 0],
      ['refuse', 1, 0, 0],
    ]);
  });

  it('makes the disturbance meet a pair in flight if any of them did, else one that waits, once each', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.deliver(1);
    history.disturb('pause');
    history.note('paused');
    history.note('paused');
    history.disturb('pause');
    history.note('paused');
    history.deliver(2);
    history.note('paused');
    history.note('paused');
    expect(came(history)).toEqual([
      ['pause', 2, 0, 1],
      ['pause', 3, 1, 0],
    ]);
  });

  it('meets an open pair of any queue', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.deliver(1, { subscription: 1 });
    history.disturb('pause');
    history.note('paused');
    const queues = queued(['orders', 'invoices'], [0, 1]);
    expect(history.verdict({ queues }).evidence.disturbances).toEqual([
      { what: 'pause', effects: 1, metInFlight: 0, metWaiting: 1 },
    ]);
  });
});

it('is no disturbance where the note is of what happened afterwards', () => {
  const history = new History();
  history.note('disturbance', { what: 'the service is back' });
  expect(came(history)).toEqual([]);
});
