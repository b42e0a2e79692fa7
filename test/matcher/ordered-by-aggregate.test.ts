/** The matcher passes what is shown to be ordered, and tells of anything else what happened and where. */
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/domain/record/history-event.js';
import { toBeOrderedByAggregate } from '../../src/matcher/ordered-by-aggregate.js';
import '../../src/matcher/vitest.js';

/** All of 40 events are published, delivered and handled, in that order. */
function whole(): HistoryEvent[] {
  const versions = Array.from({ length: 40 }, (_, index) => index + 1);
  const line = (ev: HistoryEvent['ev'], version: number): HistoryEvent => ({
    ...{ ev: ev!, aggregate: 'order-7', version, topic: 'orders', position: version, subscription: 's1' },
  });
  return [
    ...versions.map((version) => line('publish', version)),
    ...versions.map((version) => line('deliver', version)),
    ...versions.flatMap((version) => [line('start', version), line('finish', version)]),
  ];
}

/** The handlings of versions 6 and 7 change places. */
function disordered(): HistoryEvent[] {
  const history = whole();
  return [...history.slice(0, 90), ...history.slice(92, 94), ...history.slice(90, 92), ...history.slice(94)];
}

describe('toBeOrderedByAggregate', () => {
  it('passes a history that is shown to be ordered', () => {
    expect(whole()).toBeOrderedByAggregate({ complete: true });
    expect(toBeOrderedByAggregate(whole(), { complete: true, minAtRisk: 40 }).pass).toBe(false);
  });

  it('tells which version came after which, where in the history, and where order was lost', () => {
    const { pass, message } = toBeOrderedByAggregate(disordered(), { complete: true });
    expect(pass).toBe(false);
    expect(message().split('\n')).toEqual([
      'expected the history to be ordered by aggregate, but it is violated:',
      '  1 event was handled after a higher version of the same aggregate.',
      '  Order was lost between deliver and start (1).',
      '  Of the late events: 0 of 1 fetched by different subscriptions and 0 of 1 delivered before.',
      '',
      'Worst of the 1 of 1 aggregate with anomalies:',
      '  order-7 (orders): 1 regression',
      '    version 6 at history[92] came after version 7 at history[90]',
    ]);
  });

  it('fails on an inconclusive history and names what it lacks, unless that is allowed', () => {
    const history = [{ aggregate: 'a', version: 1 }];
    expect(() => {
      expect(history).toBeOrderedByAggregate();
    }).toThrow(/inconclusive:\n {2}Nothing says what was at stake: it has no publish lines[^]*publish lines: what was/);
    expect(history).toBeOrderedByAggregate({ inconclusive: 'allow' });
    expect(toBeOrderedByAggregate(whole()).message()).toContain('(complete: true)');
  });

  it('does not allow a violated one with the inconclusive ones', () => {
    expect(toBeOrderedByAggregate(disordered(), { inconclusive: 'allow' }).pass).toBe(false);
  });

  it('says under .not that the history is ordered, or only allowed', () => {
    expect(() => {
      expect(whole()).not.toBeOrderedByAggregate({ complete: true });
    }).toThrow('not to be ordered by aggregate, but it is: 0 of 39 pairs at risk out of order, in 40 handlings');
    expect(() => {
      expect([{ aggregate: 'a', version: 1 }]).not.toBeOrderedByAggregate({ inconclusive: 'allow' });
    }).toThrow('no anomaly is in it, and it proves nothing: nothing says what was at stake');
    expect(disordered()).not.toBeOrderedByAggregate({ complete: true });
  });

  it('fails under .not for a history that proves nothing, and for none at all, whatever is allowed', () => {
    expect(() => {
      expect([{ aggregate: 'a', version: 1 }]).not.toBeOrderedByAggregate();
    }).toThrow('it proves nothing');
    expect(() => {
      expect([]).toBeOrderedByAggregate({ inconclusive: 'allow' });
    }).toThrow('no events');
  });

  it.each([
    [{ versions: 'dens' }, 'the option versions should be one of dense, rising'],
    [{ allow: ['regresions'] }, 'the option allow should be a list of regression'],
    [{ firstVersions: 1 }, 'firstVersions is no option; there are versions'],
    [{ inconclusive: 'allowed' }, "the option inconclusive should be 'fail' or 'allow'"],
  ])('refuses the options %j', (options, message) => {
    expect(() => toBeOrderedByAggregate(whole(), options as never)).toThrow(message);
  });

  it('stays within some 20 lines, without colour, however much went wrong', () => {
    const history = Array.from({ length: 500 }, (_, index) => ({ aggregate: `a${index % 50}`, version: 500 - index }));
    const message = toBeOrderedByAggregate(history).message();
    expect(message.split('\n').length).toBeLessThanOrEqual(20);
    expect(message).not.toContain('\u001b');
  });

  it('throws at what is no history', () => {
    expect(() => toBeOrderedByAggregate([{ aggregate: 'a' }])).toThrow(TypeError);
  });
});
