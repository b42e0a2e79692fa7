/** What a report of version 1 asked for, in the words of today. */
import { expect, it } from 'vitest';
import { withRunBounds } from '../../../src/report/contract/older-bounds.js';

it('is asked for as pairs at risk, one of them, and without a confidence', () => {
  expect(withRunBounds({ runs: [], scenario: { name: 'x', untilContested: 500 } })).toEqual({
    runs: [],
    scenario: { name: 'x', untilAtRisk: 500, minAtRisk: 1, confidence: null, within: null },
  });
});

it('stays as it is where it is said already, or nothing is known', () => {
  const scenario = { untilAtRisk: null, minAtRisk: 30, confidence: 0.95, within: 0.05 };
  expect(withRunBounds({ scenario })).toEqual({ scenario });
  expect(withRunBounds({ scenario: null })).toEqual({ scenario: null });
});
