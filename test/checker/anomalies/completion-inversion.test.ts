/**
 * A completion inversion is an event that started in order and finished out of order: the earliest finished higher
 * version finished before it, though it had started after it. An event finishes with its first attempt that is done. If
 * that was of a redelivery, the origin is deliver, else finish.
 */
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/observation.js';
import { History } from '../support/history.js';

function started(order: readonly number[]): { history: History; attempts: Map<number, Attempt> } {
  const history = new History();
  history.publishAcked([...order].sort((a, b) => a - b));
  const attempts = new Map(order.map((version) => [version, history.start(history.deliver(version))]));
  return { history, attempts };
}

function finished(starts: readonly number[], finishes: readonly number[]): History {
  const { history, attempts } = started(starts);
  for (const version of finishes) history.finish(attempts.get(version)!);
  return history;
}

describe('completion inversions', () => {
  it('are none where events finish in the order in which they started', () => {
    expect(finished([1, 2, 3], [1, 2, 3]).counts().completionInversions).toBe(0);
  });

  it('are events that a later start overtook, with their origin at finish', () => {
    const { counts, origins } = finished([1, 2, 3], [3, 1, 2]).verdict();
    expect(counts).toMatchObject({ completionInversions: 2, regressions: 0 });
    expect(origins.finish).toBe(2);
  });

  it('are none where the higher version had started first: that is a regression at start', () => {
    expect(finished([2, 1], [2, 1]).counts()).toMatchObject({ completionInversions: 0, regressions: 1 });
  });

  it('ask the earliest finished higher version only', () => {
    expect(finished([3, 1, 2], [3, 2, 1]).counts()).toMatchObject({ completionInversions: 0, regressions: 2 });
    expect(finished([1, 3, 2], [3, 2, 1]).counts()).toMatchObject({ completionInversions: 1, regressions: 1 });
  });

  it('are none where the event never finishes', () => {
    expect(finished([1, 2], [2]).counts()).toMatchObject({ completionInversions: 0, lost: 1 });
  });

  it('take a failed attempt for no finish', () => {
    const { history, attempts } = started([1, 2]);
    history.finish(attempts.get(1)!, 'failed');
    history.finish(attempts.get(2)!);
    history.handle(1, { deliveryCount: 2 });
    expect(history.counts().completionInversions).toBe(1);
  });

  it('have their origin at deliver where a redelivery finished the event', () => {
    for (const counts of [true, false]) {
      const history = new History();
      history.publishAcked([1, 2]);
      const first = { position: 7, deliveryCount: counts ? 1 : null };
      history.finish(history.start(history.deliver(1, first)), 'failed');
      history.handle(2, { position: 8 });
      history.handle(1, { position: 7, deliveryCount: counts ? 2 : null });
      const { counts: counted, origins } = history.verdict();
      expect(counted).toMatchObject({ completionInversions: 1, regressions: 0, duplicates: { redone: 1 } });
      expect(origins).toMatchObject({ deliver: 1, finish: 0 });
    }
  });

  it('have their origin at finish where the delivery was tried again in place', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const delivery = history.deliver(1);
    history.finish(history.start(delivery), 'retried');
    history.handle(2);
    history.finish(history.start(delivery, { number: 2 }));
    expect(history.verdict().origins).toMatchObject({ deliver: 0, finish: 1 });
  });

  it('have their origin at finish where the broker has no count and another place of the log finished the event', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.finish(history.start(history.deliver(1, { position: 7, deliveryCount: null })), 'failed');
    history.handle(2, { position: 8, deliveryCount: null });
    history.handle(1, { position: 9, deliveryCount: null });
    expect(history.verdict().origins).toMatchObject({ deliver: 0, finish: 1 });
  });
});
