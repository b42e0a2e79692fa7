/**
 * The streaming checker, with its little memory, says of any history what the definitions say, computed from all of it
 * at once; and the identities hold that follow from the definitions.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamingChecker } from '../../src/checker/streaming-checker.js';
import type { CheckerOptions } from '../../src/domain/scenario/checker-options.js';
import type { Verdict } from '../../src/domain/report/verdict.js';
import type { Observation } from '../../src/domain/observation.js';
import { feed } from '../checker/support/feed.js';
import { histories, names, options, scoped } from '../checker/support/random-cases.js';
import { comparable, oracle } from './oracle.js';

function check(observations: readonly Observation[], checkerOptions: CheckerOptions, complete: boolean): Verdict {
  const checker = new StreamingChecker(checkerOptions);
  feed(observations, checker);
  return checker.end(drain(complete));
}

function drain(complete: boolean) {
  return { complete, reason: complete ? null : 'time-out', brokerLost: false, givenUp: complete ? 0 : 3 };
}

/** For a machine that is busy with other things. */
const timeout = 180_000;

it('agrees with the definitions on all of the verdict on any history', { timeout }, () => {
  fc.assert(
    fc.property(histories, options, fc.boolean(), (observations, given, complete) => {
      const checkerOptions = scoped(observations, given);
      const expected = oracle(observations, checkerOptions, drain(complete));
      expect(comparable(check(observations, checkerOptions, complete))).toEqual(comparable(expected));
    }),
    { numRuns: 3000 },
  );
});

it('counts what a naive checker would as regressions plus duplicates, and nothing else', { timeout }, () => {
  fc.assert(
    fc.property(histories, options, (observations, checkerOptions) => {
      const { counts } = check(observations, checkerOptions, true);
      expect(counts.naive).toBe(counts.regressions + counts.duplicates.total);
      const { redone, redelivered, storedTwice, unflagged, total } = counts.duplicates;
      expect(redone + redelivered + storedTwice + unflagged).toBe(total);
    }),
    { numRuns: 1000 },
  );
});

it('finds that every gap has become a regression or a loss, or is open', { timeout }, () => {
  fc.assert(
    fc.property(histories, options, fc.boolean(), (observations, checkerOptions, complete) => {
      const { counts } = check(observations, checkerOptions, complete);
      const left = counts.gaps - counts.regressions - counts.openGaps;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual(counts.lost);
    }),
    { numRuns: 1000 },
  );
});

it('finds an origin for every regression and every completion inversion', { timeout }, () => {
  fc.assert(
    fc.property(histories, options, (observations, checkerOptions) => {
      const { counts, origins } = check(observations, checkerOptions, true);
      const sum = Object.values(origins).reduce((total, count) => total + count, 0);
      expect(sum).toBe(counts.regressions + counts.completionInversions);
    }),
    { numRuns: 1000 },
  );
});

describe('the histories', () => {
  it('have everything that is counted, each in at least one of two hundred', { timeout }, () => {
    const runs = 1000;
    const cases = fc.sample(fc.tuple(histories, options, fc.boolean()), { numRuns: runs, seed: 8 });
    const often = new Map<string, number>();
    for (const [observations, checkerOptions, complete] of cases) {
      const counted = numbersOf(oracle(observations, checkerOptions, drain(complete))).filter(
        ([, value]) => value !== 0,
      );
      for (const name of new Set(counted.map(([path]) => path))) often.set(name, (often.get(name) ?? 0) + 1);
    }
    const seldom = everyPath().filter((path) => (often.get(path) ?? 0) < runs / 200);
    expect(seldom.map((path) => `${path}: ${often.get(path) ?? 0}`)).toEqual([]);
  });
});

/** What a verdict on nothing but disturbances has, without what the judge adds. */
function everyPath(): readonly string[] {
  const kinds = ['join', 'leave', 'stall', 'pause', 'crash', 'workers', 'partitions', 'restart', 'refuse'];
  const observations = kinds.map((what): Observation => {
    return { kind: 'note', record: { kind: 'disturbance', stamp: 0, atMs: 0, detail: { what } } };
  });
  const known = { names: ['queue-0'], ofSubscription: [], perPartition: false };
  const nothing = oracle(observations, { names, orderScope: 'topic', allow: [], queues: known }, drain(true));
  const notTheCheckers = ['exposure.heldBackPairs', 'exposure.regressionRate.low95', 'exposure.regressionRate.high95'];
  return numbersOf(nothing)
    .map(([path]) => path)
    .filter((path) => !notTheCheckers.includes(path));
}

type Numbers = readonly (readonly [path: string, value: number])[];

/** All numbers of a verdict by path, null as 0: those of queues by no name, those of disturbances by what they were. */
function numbersOf({
  counts,
  exposure,
  reordering,
  origins,
  evidence,
}: Omit<Verdict, 'signatures' | 'atWork' | 'unended' | 'unanswered'>): Numbers {
  const { queues: ofQueues, disturbances, silence, ...others } = evidence;
  return [
    ...numbersIn({ counts, exposure, reordering, origins, evidence: others }),
    ...numbersIn({ silence: silence ?? { forMs: 0, waited: 0 } }),
    ...ofQueues.flatMap(({ queue: _name, ...queue }) => numbersIn({ queue })),
    ...disturbances.flatMap(({ what, ...came }) => numbersIn({ [what]: came })),
  ];
}

function numbersIn(value: object, path = ''): Numbers {
  return Object.entries(value).flatMap(([key, inner]: readonly [string, unknown]): Numbers => {
    if (inner === null) return [[`${path}${key}`, 0]];
    if (typeof inner === 'object') return numbersIn(inner, `${path}${key}.`);
    return [[`${path}${key}`, Number(inner)]];
  });
}
