/** A history in memory is checked as its lines in a file would be. What is no event is refused by its place. */
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/domain/record/history-event.js';
import { checkHistory } from '../../src/run/check-history.js';

function handled(...versions: readonly HistoryEvent['version'][]): HistoryEvent[] {
  return versions.map((version) => ({ aggregate: 'a', version }));
}

describe('checkHistory', () => {
  it('counts regressions and duplicates of handlings alone, and gives their places', () => {
    const report = checkHistory(handled(1, 3, 2, 2));
    expect(report).toMatchObject({ outcome: 'violated', counts: { handled: 4, regressions: 1, duplicates: 1 } });
    expect(report.aggregates[0]!.examples).toEqual([
      { version: 2, after: 3, line: 3, afterLine: 2, source: null, afterSource: null, origin: null },
    ]);
  });

  it('takes versions as numbers, as bigints and as texts, exactly', () => {
    const big = 2n ** 62n;
    const report = checkHistory(handled(big, big + 2n, String(big + 1n)));
    expect(report.counts).toMatchObject({ handled: 3, regressions: 1, duplicates: 0 });
    expect(checkHistory(handled(1, 2n, '3')).counts).toMatchObject({ handled: 3, regressions: 0, naive: 0 });
  });

  it('takes any iterable, and reads it once', () => {
    function* once(): Generator<HistoryEvent> {
      yield { ev: 'publish', aggregate: 'a', version: 1 };
      yield { aggregate: 'a', version: 1, time: new Date(0), lane: 3, ok: true };
    }
    expect(checkHistory(once()).counts).toMatchObject({ handled: 1, published: 1, phantoms: 0 });
    expect(checkHistory(new Set(handled(2, 1))).counts.regressions).toBe(1);
  });

  it('is no pass where the history has handlings alone, or nothing', () => {
    expect(checkHistory(handled(1, 2)).reasons).toEqual([{ kind: 'stake-unknown', lacks: ['publish', 'deliver'] }]);
    expect(checkHistory([])).toMatchObject({ outcome: 'inconclusive', reasons: [{ kind: 'empty' }, {}] });
  });

  it('goes by its options', () => {
    expect(checkHistory(handled(1, 1), { allow: ['duplicate'] }).outcome).toBe('inconclusive');
    expect(checkHistory(handled(10, 30), { versions: 'rising' }).counts.gaps).toBeNull();
    expect(checkHistory(handled(3), { firstVersion: 1 }).counts.gaps).toBe(2);
    const lost = [{ ev: 'publish', aggregate: 'a', version: 1 } as const, ...handled(2)];
    expect(checkHistory(lost, { complete: true }).counts.lost).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ['a number', 5, 'the history should be an array of events, or another iterable of them'],
    ['a text', 'abc', 'the history should be an array of events, or another iterable of them'],
    ['an event that is none', [null], 'history[0] should be an object with an aggregate and a version'],
    ['an event without a version', [{ aggregate: 'a', version: 1 }, { aggregate: 'a' }], 'history[1] has no version'],
    ['an event without an aggregate', [{ version: 1 }], 'history[0] has no aggregate'],
    ['half a version', handled(1, 1.5), 'history[1] has the version 1.5, which is no integer'],
    ['a version in words', handled('two'), 'history[0] has the version "two", which is no integer'],
    ['a number that is not exact', handled(2 ** 60), 'which is beyond 2^53 and so not exact'],
    ['a version beyond 64 bits', handled(1n << 70n), 'history[0]: its version is no integer of up to 64 bits'],
    ['an unknown ev', [{ aggregate: 'a', version: 1, ev: 'seen' }], 'history[0] has the ev "seen", which is none of'],
    ['a time that is none', [{ aggregate: 'a', version: 1, time: 'noon' }], 'history[0] has the time "noon"'],
  ])('refuses %s', (_, history, message) => {
    const check = (): unknown => checkHistory(history as HistoryEvent[]);
    expect(check).toThrow(TypeError);
    expect(check).toThrow(message);
  });
});
