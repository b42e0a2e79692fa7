/** How many pairs at risk the repeats of a row saw together, and when they are enough. */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { isDecidedOverRepeats, repeatsToAtRisk, shortOfAtRisk, stalledAfterRepeats } from '../../src/gate/at-risk.js';
import { everyReason } from '../report/every-reason.js';
import { exposure, row, tooFewAtRisk } from '../report/fixtures.js';

/** Repeats of one row, each with so many pairs at risk, of many more that were contested. */
function repeats(atRisk: readonly number[], overrides: Partial<RunRow> = {}, label = 'single'): RunRow[] {
  return atRisk.map((pairs, at) =>
    row(`${label}#${at + 1}`, {
      outcome: 'ordered',
      reasons: [],
      exposure: exposure(0, 4_000, { atRiskPairs: pairs, inFlightPairs: pairs }),
      ...overrides,
    }),
  );
}

const wantsMoreAtRisk = (rows: readonly RunRow[], wanted: number): boolean => repeatsToAtRisk(rows, wanted) > 0;

const none = (times: number): number[] => Array.from({ length: times }, () => 0);

describe('another repeat', () => {
  it('is wanted until the repeats of every row have seen enough together', () => {
    expect(wantsMoreAtRisk(repeats([40, 59]), 100)).toBe(true);
    expect(wantsMoreAtRisk(repeats([40, 60]), 100)).toBe(false);
    expect(wantsMoreAtRisk([...repeats([40, 60]), ...repeats([99], {}, 'multi/shared')], 100)).toBe(true);
  });

  it('is not wanted for a row that is violated, or could not be run', () => {
    expect(wantsMoreAtRisk(repeats([5], { outcome: 'violated' }), 100)).toBe(false);
    const error = { code: 'unsupported', message: 'm', wayOut: 'w' };
    expect(wantsMoreAtRisk(repeats([0], { outcome: 'inconclusive', error }), 100)).toBe(false);
  });

  it('is not wanted once a row has long seen no pair, however many it saw before', () => {
    expect(wantsMoreAtRisk(repeats([7, ...none(stalledAfterRepeats - 1)]), 100)).toBe(true);
    expect(wantsMoreAtRisk(repeats([7, ...none(stalledAfterRepeats)]), 100)).toBe(false);
    expect(wantsMoreAtRisk(repeats(none(stalledAfterRepeats)), 100)).toBe(false);
  });

  it('is not wanted after a thousand', () => {
    const few = Array.from({ length: 1_000 }, () => 1);
    expect(wantsMoreAtRisk(repeats(few.slice(1)), 10_000)).toBe(true);
    expect(wantsMoreAtRisk(repeats(few), 10_000)).toBe(false);
  });
});

describe('the number of further repeats', () => {
  it('goes by what those so far have seen, for the row that lacks most', () => {
    expect(repeatsToAtRisk(repeats([40, 60]), 1_000)).toBe(18);
    expect(repeatsToAtRisk([...repeats([40, 60]), ...repeats([10, 10], {}, 'multi/shared')], 1_000)).toBe(98);
    expect(repeatsToAtRisk(repeats([0]), 1_000)).toBe(stalledAfterRepeats);
    expect(repeatsToAtRisk(repeats([1]), 1_000_000)).toBe(999);
  });
});

describe('a row that saw too few', () => {
  it('is named with what it saw, and why it ended', () => {
    expect(shortOfAtRisk(repeats([3, ...none(stalledAfterRepeats)]), 1_000)).toEqual([
      'single has seen 3 of the 1,000 pairs at risk asked for (--until-at-risk) in 21 repeats, none of them in the last 20',
    ]);
    expect(shortOfAtRisk(repeats([3, 4]), 1_000)).toEqual([
      'single has seen 7 of the 1,000 pairs at risk asked for (--until-at-risk) in 2 repeats',
    ]);
  });

  it('is none where enough were seen, or none were asked for', () => {
    expect(shortOfAtRisk(repeats([600, 400]), 1_000)).toEqual([]);
    expect(shortOfAtRisk(repeats([3]), null)).toEqual([]);
  });
});

describe('an inconclusive repeat', () => {
  const [vacuous] = repeats([0], { outcome: 'inconclusive', reasons: [tooFewAtRisk(0, 0, 90)] });
  const sum = { untilAtRisk: 1_000, confidence: null };

  it('that saw too few pairs is excused where the sum decides, and only there', () => {
    expect(isDecidedOverRepeats(vacuous!, sum)).toBe(true);
    expect(isDecidedOverRepeats({ ...vacuous!, reasons: [tooFewAtRisk(29, 60)] }, sum)).toBe(true);
    expect(isDecidedOverRepeats(vacuous!, { untilAtRisk: null, confidence: null })).toBe(false);
  });

  it('is not excused by the sum if anything else is wrong with it', () => {
    for (const other of everyReason.filter(({ kind }) => kind !== 'too-few-at-risk')) {
      expect(isDecidedOverRepeats({ ...vacuous!, reasons: [other] }, sum), JSON.stringify(other)).toBe(false);
      expect(isDecidedOverRepeats({ ...vacuous!, reasons: [other, ...vacuous!.reasons] }, sum)).toBe(false);
    }
    expect(isDecidedOverRepeats({ ...vacuous!, reasons: [] }, sum)).toBe(false);
  });

  it('is excused by a confidence, whose ordered runs decide, unless an error ended it', () => {
    const sure = { untilAtRisk: null, confidence: 0.95 };
    for (const reason of everyReason) expect(isDecidedOverRepeats({ ...vacuous!, reasons: [reason] }, sure)).toBe(true);
    const error = { code: 'unsupported', message: 'm', wayOut: 'w' };
    expect(isDecidedOverRepeats({ ...vacuous!, error }, sure)).toBe(false);
    expect(isDecidedOverRepeats({ ...vacuous!, error }, sum)).toBe(false);
  });
});
