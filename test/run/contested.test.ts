/** On how many contested pairs a zero rests, over the repeats of a row, and when enough were seen. */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/run-report.js';
import {
  isExcused,
  shortOfContested,
  stalledAfterRepeats,
  wantsMoreContested,
  zerosOf,
} from '../../src/run/contested.js';
import { everyReason } from '../report/every-reason.js';
import { exposure, row, tooFewAtRisk } from '../report/fixtures.js';

/** Repeats of one row, each with so many contested pairs. */
function repeats(contested: readonly number[], overrides: Partial<RunRow> = {}, label = 'single'): RunRow[] {
  return contested.map((pairs, at) =>
    row(`${label}#${at + 1}`, { outcome: 'ordered', reasons: [], exposure: exposure(0, pairs), ...overrides }),
  );
}

const none = (times: number): number[] => Array.from({ length: times }, () => 0);

describe('another repeat', () => {
  it('is wanted until the repeats of every row have seen enough together', () => {
    expect(wantsMoreContested(repeats([40, 59]), 100)).toBe(true);
    expect(wantsMoreContested(repeats([40, 60]), 100)).toBe(false);
    expect(wantsMoreContested([...repeats([40, 60]), ...repeats([99], {}, 'multi/shared')], 100)).toBe(true);
  });

  it('is not wanted for a row that is violated, or could not be run', () => {
    expect(wantsMoreContested(repeats([5], { outcome: 'violated' }), 100)).toBe(false);
    const error = { code: 'unsupported', message: 'm', wayOut: 'w' };
    expect(wantsMoreContested(repeats([0], { outcome: 'inconclusive', error }), 100)).toBe(false);
  });

  it('is not wanted once a row has long seen no pair, however many it saw before', () => {
    expect(wantsMoreContested(repeats([7, ...none(stalledAfterRepeats - 1)]), 100)).toBe(true);
    expect(wantsMoreContested(repeats([7, ...none(stalledAfterRepeats)]), 100)).toBe(false);
    expect(wantsMoreContested(repeats(none(stalledAfterRepeats)), 100)).toBe(false);
  });

  it('is not wanted after a thousand', () => {
    const few = Array.from({ length: 1_000 }, () => 1);
    expect(wantsMoreContested(repeats(few.slice(1)), 10_000)).toBe(true);
    expect(wantsMoreContested(repeats(few), 10_000)).toBe(false);
  });
});

describe('a row that saw too few', () => {
  it('is named with what it saw, and why it ended', () => {
    expect(shortOfContested(repeats([3, ...none(stalledAfterRepeats)]), 1_000)).toEqual([
      'single has seen 3 of the 1,000 contested pairs asked for (--until-contested) in 21 repeats, none of them in the last 20',
    ]);
    expect(shortOfContested(repeats([3, 4]), 1_000)).toEqual([
      'single has seen 7 of the 1,000 contested pairs asked for (--until-contested) in 2 repeats',
    ]);
  });

  it('is none where enough were seen, or none were asked for', () => {
    expect(shortOfContested(repeats([600, 400]), 1_000)).toEqual([]);
    expect(shortOfContested(repeats([3]), null)).toEqual([]);
  });
});

describe('a repeat without any', () => {
  const [vacuous] = repeats([0], { outcome: 'inconclusive', reasons: [tooFewAtRisk(0, 0, 90)] });

  it('is excused where the sum decides, and only there', () => {
    expect(isExcused(vacuous!, 1_000)).toBe(true);
    expect(isExcused(vacuous!, null)).toBe(false);
  });

  it('is not excused if anything else is wrong with it', () => {
    for (const other of everyReason.filter(({ kind }) => kind !== 'too-few-at-risk')) {
      expect(isExcused({ ...vacuous!, reasons: [other] }, 1_000), JSON.stringify(other)).toBe(false);
      expect(isExcused({ ...vacuous!, reasons: [other, ...vacuous!.reasons] }, 1_000)).toBe(false);
    }
    const error = { code: 'unsupported', message: 'm', wayOut: 'w' };
    expect(isExcused({ ...vacuous!, error }, 1_000)).toBe(false);
    expect(isExcused({ ...vacuous!, reasons: [] }, 1_000)).toBe(false);
  });
});

describe('a zero', () => {
  it('is told with the pairs at risk that it rests on, and without a confidence of pairs', () => {
    expect(zerosOf(repeats([2_000, 345]))).toEqual([
      'single: 0 of 2,345 pairs at risk in the wrong order in 2 repeats',
    ]);
  });

  it('is not told of a row that is violated, has inverted pairs, or had none at risk', () => {
    expect(zerosOf(repeats([100], { outcome: 'violated' }))).toEqual([]);
    expect(zerosOf(repeats([100], { exposure: exposure(1, 100) }))).toEqual([]);
    expect(zerosOf(repeats([0]))).toEqual([]);
  });
});
