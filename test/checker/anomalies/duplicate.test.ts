/**
 * A duplicate is a further delivery of a version that has been observed before. Kinds, by the first that applies: redone
 * (every handling so far failed or was cut off, so none had an effect), stored twice (another log position), redelivered (delivery count above 1; where the broker has no count, a log
 * position from which the version was observed before), unflagged. Beside its kind it is concurrent if another attempt
 * of the same event was still running.
 */
import { describe, expect, it } from 'vitest';
import { handledInOrder, History } from '../support/history.js';

const none = { total: 0, redone: 0, redelivered: 0, storedTwice: 0, unflagged: 0, concurrent: 0 };

function twice(first: object, again: object, options = {}) {
  const history = new History();
  history.publishAcked([1]);
  history.handle(1, { position: 7, ...first });
  history.handle(1, { position: 7, ...again });
  return history.counts(options).duplicates;
}

describe('duplicates', () => {
  it('are redelivered where the broker counts more than one delivery', () => {
    expect(twice({}, { deliveryCount: 2 })).toEqual({ ...none, total: 1, redelivered: 1 });
  });

  it('are stored twice where they come from another log position, whatever the delivery count', () => {
    expect(twice({}, { position: 8 })).toEqual({ ...none, total: 1, storedTwice: 1 });
    expect(twice({}, { position: 8, deliveryCount: 2 })).toEqual({ ...none, total: 1, storedTwice: 1 });
  });

  it('are stored twice where they come from the same position of another partition', () => {
    expect(twice({}, { partition: 1 })).toEqual({ ...none, total: 1, storedTwice: 1 });
  });

  it('are unflagged where the broker delivers the same message again as if for the first time', () => {
    expect(twice({}, {})).toEqual({ ...none, total: 1, unflagged: 1 });
  });

  it('are redelivered on a broker without delivery counts if the log position was observed before', () => {
    expect(twice({ deliveryCount: null }, { deliveryCount: null })).toEqual({ ...none, total: 1, redelivered: 1 });
  });

  it('are not called stored twice where a position is unknown', () => {
    expect(twice({ position: 0 }, { deliveryCount: 2 })).toEqual({ ...none, total: 1, redelivered: 1 });
    expect(twice({}, { position: 0, deliveryCount: null })).toEqual({ ...none, total: 1, unflagged: 1 });
    expect(twice({ position: 0, deliveryCount: null }, { deliveryCount: null })).toEqual({
      ...{ ...none, total: 1, unflagged: 1 },
    });
  });

  it('know all positions from which a version was observed', () => {
    const history = new History();
    history.publishAcked([1]);
    history.handle(1, { position: 7 });
    history.handle(1, { position: 9 });
    history.handle(1, { position: 9, deliveryCount: 2 });
    history.handle(1, { position: 7, deliveryCount: 2 });
    expect(history.counts().duplicates).toEqual({ ...none, total: 3, storedTwice: 1, redelivered: 2 });
  });

  it('are unflagged if the version is older than the window of log positions', () => {
    const history = handledInOrder([1, 2, 3]);
    history.handle(2, { deliveryCount: 2 });
    history.handle(1, { deliveryCount: 2 });
    expect(history.counts({ positionWindow: 2 }).duplicates).toEqual({
      ...{ ...none, total: 2, redelivered: 1, unflagged: 1 },
    });
  });

  it('keep the positions of a backlog that is longer than the window', () => {
    const history = new History();
    history.publishAcked(Array.from({ length: 5000 }, (_, i) => i + 1));
    history.handle(1);
    history.handle(1, { deliveryCount: 2 });
    expect(history.verdictOfChecker().counts.duplicates).toEqual({ ...none, total: 1, redelivered: 1 });
  });

  it('are concurrent if another attempt of the same event was still running', () => {
    const history = new History();
    history.publishAcked([1]);
    const running = history.start(history.deliver(1));
    history.finish(history.start(history.deliver(1, { deliveryCount: 2 })));
    history.finish(running);
    history.handle(1, { deliveryCount: 3 });
    const counts = history.counts();
    expect(counts.duplicates).toEqual({ ...none, total: 2, redelivered: 2, concurrent: 1 });
    expect(counts.overlaps).toBe(0);
    expect(counts.handled).toBe(3);
  });

  it('are redone where all handlings before failed or were cut off, and decide nothing then', () => {
    for (const outcome of ['failed', 'crashed'] as const) {
      const history = new History();
      history.publishAcked([1]);
      history.finish(history.start(history.deliver(1)), outcome);
      history.handle(1, { deliveryCount: 2 });
      const { counts } = history.verdict();
      expect(counts.duplicates).toEqual({ ...none, total: 1, redone: 1 });
      expect(counts).toMatchObject({ violations: 0, naive: 1 });
    }
  });

  it('are redone whatever the delivery count and the log position', () => {
    const history = new History();
    history.publishAcked([1]);
    history.finish(history.start(history.deliver(1, { position: 7 })), 'failed');
    history.handle(1, { position: 8 });
    expect(history.verdict().counts.duplicates).toEqual({ ...none, total: 1, redone: 1 });
  });

  it('are redone after a failure that was tried again in place and cut off', () => {
    const history = new History();
    history.publishAcked([1]);
    const delivery = history.deliver(1);
    history.finish(history.start(delivery), 'retried');
    history.finish(history.start(delivery, { number: 2 }), 'crashed');
    history.handle(1, { deliveryCount: 2 });
    expect(history.verdict().counts.duplicates).toEqual({ ...none, total: 1, redone: 1 });
  });

  it('are not redone while an attempt is running, nor once one has succeeded', () => {
    const history = new History();
    history.publishAcked([1]);
    history.finish(history.start(history.deliver(1)), 'failed');
    const running = history.start(history.deliver(1, { deliveryCount: 2 }));
    history.handle(1, { deliveryCount: 3 });
    history.finish(running, 'failed');
    history.finish(history.start(history.deliver(1, { deliveryCount: 4 })), 'failed');
    const { counts } = history.verdict();
    expect(counts.duplicates).toEqual({ ...none, total: 3, redone: 1, redelivered: 2, concurrent: 1 });
    expect(counts.violations).toBe(2);
  });

  it('are redone however old the version is', () => {
    const history = new History();
    history.publishAcked([1, 2, 3, 4]);
    history.finish(history.start(history.deliver(1)), 'failed');
    history.handleAll([2, 3, 4]);
    history.handle(1, { deliveryCount: 2 });
    expect(history.verdict({ positionWindow: 2 }).counts.duplicates).toEqual({ ...none, total: 1, redone: 1 });
  });

  it('are none where a delivery never starts, or where its handler is tried again', () => {
    const history = new History();
    history.publishAcked([1]);
    history.deliver(1);
    const delivery = history.deliver(1, { deliveryCount: 2 });
    history.finish(history.start(delivery), 'failed');
    history.finish(history.start(delivery, { number: 2 }));
    expect(history.counts()).toMatchObject({ duplicates: none, retries: 1, delivered: 2 });
  });
});
