/**
 * Does the streaming checker, with its little memory, say of any history what the definitions say, computed from all of
 * it at once? And do the identities hold that follow from the definitions?
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { StreamingChecker } from '../../src/checker/streaming-checker.js';
import type { CheckerOptions } from '../../src/domain/checker-options.js';
import { anomalyKinds } from '../../src/domain/scenario.js';
import type { Verdict } from '../../src/domain/verdict.js';
import { type Call, feed } from '../checker/support/calls.js';
import { decisionLists, randomHistory, shapes } from '../checker/support/random-history.js';
import { comparable, oracle } from './oracle.js';

const names = {
  aggregates: ['agg-0', 'agg-1'],
  topics: ['topic-0', 'topic-1', 'topic-2'],
  subscriptions: ['subscription-0', 'subscription-1', 'subscription-2'],
};

const options: fc.Arbitrary<CheckerOptions> = fc.record({
  names: fc.constant(names),
  orderScope: fc.constantFrom('topic', 'aggregate'),
  logs: fc.constantFrom('shared', 'per topic'),
  allow: fc.subarray([...anomalyKinds]),
  positionWindow: fc.constantFrom(1, 2, 3, 5, 8, 1024),
});

const histories = fc.tuple(shapes, decisionLists).map(([shape, decisions]) => randomHistory(shape, decisions));

function check(calls: readonly Call[], checkerOptions: CheckerOptions, complete: boolean): Verdict {
  const checker = new StreamingChecker(checkerOptions);
  feed(calls, checker);
  return checker.end(drain(complete));
}

function drain(complete: boolean) {
  return { complete, reason: complete ? null : 'time-out', brokerLost: false, givenUp: 0 };
}

/** For a machine that is busy with other things. */
const timeout = 180_000;

it('agrees with the definitions on every count of any history', { timeout }, () => {
  fc.assert(
    fc.property(histories, options, fc.boolean(), (calls, checkerOptions, complete) => {
      const expected = oracle(calls, checkerOptions, drain(complete));
      expect(round(comparable(check(calls, checkerOptions, complete)))).toEqual(round(expected));
    }),
    { numRuns: 10_000 },
  );
});

it('counts what a naive checker would as regressions plus duplicates, and nothing else', { timeout }, () => {
  fc.assert(
    fc.property(histories, options, (calls, checkerOptions) => {
      const { counts } = check(calls, checkerOptions, true);
      expect(counts.naive).toBe(counts.regressions + counts.duplicates.total);
      const { redelivered, storedTwice, unflagged, total } = counts.duplicates;
      expect(redelivered + storedTwice + unflagged).toBe(total);
    }),
    { numRuns: 1000 },
  );
});

it('finds that every gap has become a regression or a loss, or is open', { timeout }, () => {
  fc.assert(
    fc.property(histories, options, fc.boolean(), (calls, checkerOptions, complete) => {
      const { counts } = check(calls, checkerOptions, complete);
      const left = counts.gaps - counts.regressions - counts.openGaps;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual(counts.lost);
    }),
    { numRuns: 1000 },
  );
});

/** The interval is computed by two formulas, which may differ in the last digits. */
function round<T extends { readonly exposure: Verdict['exposure'] }>(verdict: T): T {
  const { value, low95, high95 } = verdict.exposure.regressionRate;
  const to12 = (share: number | null): number | null => (share === null ? null : Number(share.toFixed(12)));
  const regressionRate = { value: to12(value), low95: to12(low95), high95: to12(high95) };
  return { ...verdict, exposure: { ...verdict.exposure, regressionRate } };
}
