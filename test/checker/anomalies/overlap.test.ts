/**
 * An overlap is a pair of attempts of different events of one aggregate whose handler intervals intersect, counted when
 * the later of the two starts.
 */
import { describe, expect, it } from 'vitest';
import { History } from '../support/history.js';

describe('overlaps', () => {
  it('are none where one handler ends before the next begins', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.handleAll([1, 2]);
    expect(history.counts().overlaps).toBe(0);
  });

  it('count a start while k attempts of other versions are running as k', () => {
    const history = new History();
    history.publishAcked([1, 2, 3]);
    const attempts = [1, 2, 3].map((version) => history.start(history.deliver(version)));
    for (const attempt of attempts) history.finish(attempt);
    expect(history.counts().overlaps).toBe(3);
  });

  it('are none between attempts of the same event', () => {
    const history = new History();
    history.publishAcked([1]);
    history.start(history.deliver(1));
    history.start(history.deliver(1, { deliveryCount: 2 }));
    expect(history.counts().overlaps).toBe(0);
  });

  it('end with the attempt, failed or not', () => {
    const history = new History();
    history.publishAcked([1, 2, 3]);
    const first = history.start(history.deliver(1));
    const second = history.start(history.deliver(2));
    history.finish(first, 'failed');
    history.finish(second);
    history.start(history.deliver(3));
    expect(history.counts().overlaps).toBe(1);
  });

  it('go on where a handler never ends', () => {
    const history = new History();
    history.publishAcked([1, 2, 3]);
    history.start(history.deliver(1));
    history.handleAll([2, 3]);
    expect(history.counts().overlaps).toBe(2);
  });

  it('are none between aggregates, nor between topics', () => {
    const history = new History();
    history.start(history.deliver(1, { aggregate: 0, topic: 0 }));
    history.start(history.deliver(1, { aggregate: 1, topic: 0 }));
    history.start(history.deliver(2, { aggregate: 0, topic: 1 }));
    expect(history.counts().overlaps).toBe(0);
    expect(history.counts({ orderScope: 'aggregate' }).overlaps).toBe(1);
  });
});
