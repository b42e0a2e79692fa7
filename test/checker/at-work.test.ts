/** What is counted as at work: mechanisms that were seen while a pair was at risk by them, whether or not anything broke. */
import { describe, expect, it } from 'vitest';
import type { AtWork } from '../../src/domain/report/at-work.js';
import { History } from './support/history.js';
import { oneQueue } from './support/queues.js';

function atWork(history: History, orderScope: 'topic' | 'aggregate' = 'topic'): AtWork {
  return history.verdict({ queues: oneQueue, orderScope }).atWork;
}

/** Versions 1 and 2 were published, and the first is delivered; the second too, if a pair is to be in flight. */
function begun(inFlight: boolean) {
  const history = new History();
  history.publishAcked([1, 2]);
  const first = history.deliver(1);
  if (inFlight) history.deliver(2);
  return { history, first };
}

describe('an event that comes again', () => {
  const failed = (inFlight: boolean): AtWork => {
    const { history, first } = begun(inFlight);
    history.finish(history.start(first), 'failed');
    history.ack(first, 'nak');
    history.deliver(1, { deliveryCount: 2 });
    return atWork(history);
  };

  it('is counted by why it came while a pair of its queue was in flight, and not where none was', () => {
    expect(failed(true).cameAgain).toMatchObject({ nak: 1, failed: 0, running: 0, crash: 0 });
    expect(failed(false).cameAgain).toMatchObject({ nak: 0 });
  });

  it('is counted where it had died with its service', () => {
    const { history, first } = begun(true);
    history.release('crashed', first);
    history.deliver(1, { deliveryCount: 2 });
    expect(atWork(history).cameAgain).toMatchObject({ crash: 1 });
  });

  it('is not counted where it had been handled: that is a duplicate', () => {
    const { history, first } = begun(true);
    history.finish(history.start(first));
    history.deliver(1, { deliveryCount: 2 });
    expect(Object.values(atWork(history).cameAgain).every((count) => count === 0)).toBe(true);
  });
});

describe('a handling outside the lanes', () => {
  it('is counted while a pair of its queue is in flight', () => {
    for (const inFlight of [true, false]) {
      const { history, first } = begun(inFlight);
      history.finish(history.start(first, { lane: -1 }));
      expect(atWork(history).outsideLanes).toBe(inFlight ? 1 : 0);
    }
  });

  it('is none in a lane', () => {
    const { history, first } = begun(true);
    history.finish(history.start(first, { lane: 0 }));
    expect(atWork(history).outsideLanes).toBe(0);
  });
});

describe('an event beside one of another topic', () => {
  const delivered = (subscription: number, topic: number, isHeld = true): number => {
    const history = new History();
    history.publishAcked([1], { topic: 0 });
    history.publishAcked([2], { topic });
    const first = history.deliver(1, { topic: 0 });
    if (!isHeld) {
      history.finish(history.start(first));
      history.ack(first);
    }
    history.deliver(2, { topic, subscription });
    return atWork(history, 'aggregate').besideOtherTopic;
  };

  it('is counted if it comes from another subscription while that one is held', () => {
    expect(delivered(1, 1)).toBe(1);
    expect(delivered(1, 1, false)).toBe(0);
  });

  it('is not counted from the same topic, or from the same subscription and log', () => {
    expect(delivered(1, 0)).toBe(0);
    expect(delivered(0, 1)).toBe(0);
  });
});
