import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { PairPattern, Verdict } from '../../src/domain/verdict.js';

const plain: PairPattern = {
  origin: 'deliver',
  sameSubscription: true,
  misrouted: false,
  samePublisher: true,
  sameLane: true,
  sameTopic: true,
  lateRedelivered: false,
  outsideLanes: false,
  count: 10,
};

function verdictOf(patterns: PairPattern[], facts: { misroutes?: number; splitPairs?: number } = {}): Verdict {
  const regressions = patterns.reduce((sum, { count }) => sum + count, 0);
  return {
    counts: {
      regressions,
      delivered: 1000,
      misroutes: facts.misroutes ?? 0,
      lost: 0,
      overlaps: 0,
      duplicates: { total: 0 },
    },
    exposure: { splitPairs: facts.splitPairs ?? 0 },
    patterns,
  } as unknown as Verdict;
}

const ids = (verdict: Verdict): string[] => diagnose(verdict).causes.map(({ id }) => id);

describe('the diagnosis', () => {
  it('blames the shared durable for pairs that different subscriptions fetched, one of them not the owner', () => {
    const pattern = { ...plain, sameSubscription: false, misrouted: true };
    expect(ids(verdictOf([pattern], { misroutes: 800 }))).toEqual(['shared-durable']);
    expect(ids(verdictOf([{ ...pattern, origin: 'submit' }], { misroutes: 800 }))).toEqual(['shared-durable']);
  });

  it('does not blame it for a redelivery, or for pairs that one subscription fetched', () => {
    expect(ids(verdictOf([{ ...plain, sameSubscription: false, misrouted: true, lateRedelivered: true }]))).toEqual([]);
    expect(ids(verdictOf([{ ...plain, misrouted: true }]))).toEqual([]);
  });

  it('names a shared durable that has not broken order yet as latent', () => {
    const [cause] = diagnose(verdictOf([], { misroutes: 800, splitPairs: 12 })).causes;
    expect(cause).toMatchObject({ id: 'shared-durable', latent: true, explains: { regressions: 0 } });
  });

  it('blames the unkeyed pool for pairs submitted in order that started in different lanes', () => {
    expect(ids(verdictOf([{ ...plain, origin: 'start', sameLane: false }]))).toEqual(['unkeyed-pool']);
  });

  it('blames the overflow where one of the pair ran outside the lanes', () => {
    expect(ids(verdictOf([{ ...plain, origin: 'start', sameLane: false, outsideLanes: true }]))).toEqual([
      'overflow-fallback',
    ]);
  });

  it('blames concurrent publishers for pairs stored in the wrong order by different publishers, and nobody for one', () => {
    expect(ids(verdictOf([{ ...plain, origin: 'store', samePublisher: false }]))).toEqual(['concurrent-publishers']);
    expect(ids(verdictOf([{ ...plain, origin: 'store' }]))).toEqual([]);
  });

  it('counts what no signature matches as unexplained', () => {
    const verdict = verdictOf([plain, { ...plain, origin: 'start', sameLane: false, count: 3 }]);
    expect(diagnose(verdict).unexplained.regressions).toBe(10);
    expect(diagnose(verdict).causes[0]?.explains.regressions).toBe(3);
  });
});
