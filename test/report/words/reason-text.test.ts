/** Every reason has words of its own, with all that it knows; they are for people and stop nothing. */
import { describe, expect, it } from 'vitest';
import { anomalyKinds } from '../../../src/domain/scenario/scenario.js';
import type { Reason } from '../../../src/domain/report/reason.js';
import { reasonText } from '../../../src/report/words/reason-text.js';
import { everyReason } from '../every-reason.js';
import { anomaly, drainIncomplete, sharedSource, tooFewAtRisk } from '../fixtures.js';

describe('a reason in words', () => {
  it.each(everyReason)('is a clause without a full stop: $kind $of', (reason) => {
    expect(reasonText(reason)).toMatch(/^[a-z\d].*[^.\s]$/);
  });

  it('is another for every kind', () => {
    expect(new Set(everyReason.map(reasonText)).size).toBe(everyReason.length);
    expect(new Set(anomalyKinds.map((kind) => reasonText(anomaly(kind, 2)))).size).toBe(anomalyKinds.length);
  });

  it.each([
    [anomaly('regression', 1_299), '1,299 regressions'],
    [anomaly('loss', 1), '1 lost event'],
    [drainIncomplete(0), 'the drain is incomplete'],
    [drainIncomplete(2, 'time-out'), 'the drain is incomplete (time-out): 2 acknowledged events were not handled'],
    [
      tooFewAtRisk(12, 40, 90),
      '12 of 90 pairs of consecutive events were at risk; a run needs at least 30 to be called ordered',
    ],
    [
      tooFewAtRisk(0, 40, 90),
      '0 of 90 pairs of consecutive events were at risk; a run needs at least 30 to be called ordered',
    ],
    [
      sharedSource(0, 40, 7),
      'order held, but nothing guarantees it: several subscriptions take from one queue, events of 7 aggregates went to more than one of them, and only by chance was none of 40 pairs in flight held by two of them',
    ],
    [
      sharedSource(0, 0, 1),
      'order held, but nothing guarantees it: several subscriptions take from one queue, and events of 1 aggregate went to more than one of them',
    ],
  ])('tells its numbers: %j', (reason, text) => {
    expect(reasonText(reason)).toBe(text);
  });

  it('tells what was not survived, and only that', () => {
    const numbers = { redelivery: 3, crash: 1, resize: 0, rebalance: 0, partitions: 0 };
    const text = reasonText({ kind: 'latent', of: 'not-survived', numbers, detail: null });
    expect(text).toBe(
      'order held, but nothing guarantees it: 3 redeliveries and 1 crash came while pairs were at risk, and the strategy does not claim to keep order through those',
    );
  });

  it('tells whether a disturbance had no effect, or met no pair at risk', () => {
    const told = (of: 'crash' | 'handler-fail', effects: number, detail: string): string =>
      reasonText({ kind: 'not-exercised', of, numbers: { effects, metAtRisk: 0 }, detail } satisfies Reason);
    expect(told('crash', 0, 'crash:300ms@98%')).toBe(
      'the disturbance crash:300ms@98% had no effect that could be seen',
    );
    expect(told('crash', 1, 'crash:300ms@98%')).toContain('had 1 effect, none of them while a pair was at risk');
    expect(told('handler-fail', 0, '1%')).toBe('no handling failed, though some were asked to (1%)');
  });

  it('tells how near a time-out was, and from where on it would be far', () => {
    const numbers = { timeoutMs: 100, longestMs: 81.4, boundMs: 2_000 };
    const text = reasonText({ kind: 'latent', of: 'near-timeout', numbers, detail: 'ack wait' });
    expect(text).toContain(
      'the ack wait is 100ms, and what it waits for took up to 82ms; it has to be at least 2s to rule out that it ends too early',
    );
  });
});
