/**
 * A run is violated if anything decides against it; inconclusive if nothing does, but the run could not have shown it or
 * was cut short; ordered only otherwise. Inconclusive is never a pass.
 */
import { describe, expect, it } from 'vitest';
import { judge, type JudgeInput } from '../../src/checker/outcome.js';
import { drained, handledInOrder, History, notDrained } from './support/history.js';

const fine = { drain: drained, strategyRepairsInput: false, truncated: false, interrupted: false };

function judged(history: History, more: Partial<JudgeInput> = {}) {
  const input = { ...fine, ...more };
  return judge({ ...input, verdict: history.verdictOfChecker({ allow: input.allow ?? [] }, input.drain) });
}

describe('the outcome of a run', () => {
  it('is ordered, without reasons, where contested pairs kept their order', () => {
    expect(judged(handledInOrder([1, 2, 3]))).toEqual({ outcome: 'ordered', reasons: [] });
  });

  it('is violated where anything decides against it, and says what with its count', () => {
    const { outcome, reasons } = judged(handledInOrder([1, 4, 2, 3, 3]));
    expect(outcome).toBe('violated');
    expect(reasons).toEqual(['2 regressions', '1 duplicate']);
  });

  it('is violated although the run was cut short, and says both', () => {
    const { outcome, reasons } = judged(handledInOrder([2, 1]), { drain: notDrained, interrupted: true });
    expect(outcome).toBe('violated');
    expect(reasons).toEqual([
      '1 regression',
      'the run was interrupted',
      'the drain is incomplete (the drain time-out of 30 s was reached)',
    ]);
  });

  it('does not list what is allowed as violated', () => {
    const history = handledInOrder([2, 1, 1]);
    expect(judged(history, { allow: ['duplicate'] }).reasons).toEqual(['1 regression']);
    expect(judged(handledInOrder([1, 2, 2]), { allow: ['duplicate'] }).outcome).toBe('ordered');
  });

  it('is inconclusive where the drain is incomplete, and says how much was not handled', () => {
    const history = handledInOrder([1, 2]);
    history.publishAcked([3, 4]);
    expect(judged(history, { drain: notDrained })).toEqual({
      outcome: 'inconclusive',
      reasons: [
        'the drain is incomplete (the drain time-out of 30 s was reached): 2 acknowledged events were not handled',
      ],
    });
  });

  it('is inconclusive where no pair was contested: a vacuous pass', () => {
    const history = new History();
    for (const version of [1, 2, 3]) {
      history.publishAcked([version]);
      history.handle(version);
    }
    expect(judged(history)).toEqual({
      outcome: 'inconclusive',
      reasons: ['none of 2 pairs of neighbouring events was contested, so nothing could have gone wrong'],
    });
  });

  it('is inconclusive where the broker was lost, the trace truncated or the run interrupted', () => {
    const drain = { ...drained, brokerLost: true };
    const { outcome, reasons } = judged(handledInOrder([1, 2]), { drain, truncated: true, interrupted: true });
    expect(outcome).toBe('inconclusive');
    expect(reasons).toHaveLength(3);
  });

  it('is inconclusive where split pairs kept their order by luck', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const first = history.deliver(1, { subscription: 0 });
    const second = history.deliver(2, { subscription: 1 });
    history.finish(history.start(first));
    history.finish(history.start(second));
    const { outcome, reasons } = judged(history);
    expect(outcome).toBe('inconclusive');
    expect(reasons).toEqual([
      'latent: 1 of 1 pair in flight had two subscriptions at once, and nothing but luck kept them in order',
    ]);
    expect(judged(history, { strategyRepairsInput: true }).outcome).toBe('ordered');
  });

  it('is inconclusive where subscriptions share a durable and no pair happened to be split', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const [first, second] = [history.deliver(1, { subscription: 0 }), history.deliver(2, { subscription: 0 })];
    history.finish(history.start(first));
    history.finish(history.start(second));
    expect(judged(history).outcome).toBe('ordered');
    const shared = judged(history, { sharesDurables: true });
    expect(shared.outcome).toBe('inconclusive');
    expect(shared.reasons).toEqual([
      'latent: several subscriptions take from one durable, and it was by chance that none of 1 pair in flight had two of them',
    ]);
    expect(judged(history, { sharesDurables: true, strategyRepairsInput: true }).outcome).toBe('ordered');
  });

  it('is inconclusive for any further reason that the caller has', () => {
    const judgement = judged(handledInOrder([1, 2]), { extraReasons: ['3 observations were lost'] });
    expect(judgement).toEqual({ outcome: 'inconclusive', reasons: ['3 observations were lost'] });
  });

  it('groups the digits of large counts', () => {
    const order = [1300, ...Array.from({ length: 1299 }, (_, i) => i + 1)];
    expect(judged(handledInOrder(order)).reasons).toEqual(['1,299 regressions']);
  });
});
