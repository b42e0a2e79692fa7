/**
 * A loss is an event whose publish call was acknowledged and that, with the drain complete, was never handled to its
 * end. Where the drain is not complete it is unseen, and never called a loss.
 */
import { describe, expect, it } from 'vitest';
import { handledInOrder, History, notDrained } from './support/history.js';

describe('losses', () => {
  it('are acknowledged events that were never delivered', () => {
    expect(handledInOrder([1, 3]).counts()).toMatchObject({ lost: 1, unseen: 0, violations: 1 });
  });

  it('are unseen, and no violation, where the drain is incomplete', () => {
    expect(handledInOrder([1, 3]).counts({}, notDrained)).toMatchObject({ lost: 0, unseen: 1, violations: 0 });
  });

  it('are also events whose handler only ever failed, since a failed attempt has no effect', () => {
    const history = new History();
    history.publishAcked([1]);
    history.finish(history.start(history.deliver(1)), 'failed');
    expect(history.counts()).toMatchObject({ lost: 1, handled: 0 });
  });

  it('are also events that were delivered and never started', () => {
    const history = new History();
    history.publishAcked([1]);
    history.submit(history.deliver(1));
    expect(history.counts().lost).toBe(1);
  });

  it('are none where the publish call failed or never settled', () => {
    const history = new History();
    history.publish(1);
    history.refused(1);
    history.publish(2);
    expect(history.counts()).toMatchObject({ published: 2, acked: 0, lost: 0 });
  });

  it('are none where a later attempt succeeds', () => {
    const history = new History();
    history.publishAcked([1]);
    history.finish(history.start(history.deliver(1)), 'failed');
    history.handle(1, { deliveryCount: 2 });
    expect(history.counts()).toMatchObject({ lost: 0, handled: 1, duplicates: { total: 1 } });
  });

  it('count an event once that was published twice', () => {
    const history = new History();
    history.publish(1);
    history.refused(1);
    history.publishAcked([1]);
    expect(history.counts()).toMatchObject({ published: 2, acked: 1, lost: 1 });
  });
});
