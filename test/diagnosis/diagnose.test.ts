import { describe, expect, it } from 'vitest';
import { noFacts, type RunFacts } from '../../src/diagnosis/cause-rule.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { PairPattern, Verdict } from '../../src/domain/report/verdict.js';

const plain: PairPattern = {
  origin: 'deliver',
  sameSubscription: true,
  misrouted: false,
  samePublisher: true,
  sameLane: true,
  sameTopic: true,
  lateRedelivered: false,
  outsideLanes: false,
  sameLog: true,
  count: 10,
};

interface Counted {
  readonly misroutes?: number;
  readonly splitPairs?: number;
  readonly splitKeys?: number;
  readonly partitionSwitches?: number;
  readonly overlaps?: number;
  readonly overlapsAcrossSubscriptions?: number;
  readonly redelivered?: number;
  readonly storedTwice?: number;
  readonly storeInversions?: number;
}

function verdictOf(patterns: PairPattern[], facts: Counted = {}): Verdict {
  const regressions = patterns.reduce((sum, { count }) => sum + count, 0);
  return {
    counts: {
      regressions,
      delivered: 1000,
      misroutes: facts.misroutes ?? 0,
      lost: 0,
      splitKeys: facts.splitKeys ?? 0,
      storeInversions: facts.storeInversions ?? 0,
      overlaps: facts.overlaps ?? 0,
      duplicates: {
        total: (facts.redelivered ?? 0) + (facts.storedTwice ?? 0),
        redelivered: facts.redelivered ?? 0,
        storedTwice: facts.storedTwice ?? 0,
      },
    },
    exposure: { splitPairs: facts.splitPairs ?? 0 },
    patterns,
    evidence: {
      partitionSwitches: facts.partitionSwitches ?? 0,
      overlapsAcrossSubscriptions: facts.overlapsAcrossSubscriptions ?? 0,
    },
  } as unknown as Verdict;
}

const ids = (verdict: Verdict, facts: Partial<RunFacts> = {}): string[] =>
  diagnose(verdict, { ...noFacts, ...facts }).causes.map(({ id }) => id);

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

  it('tells the ways in which a key can be split by who wrote where, and how often the partition changed', () => {
    const pair = { ...plain, origin: 'store' as const, sameLog: false };
    const often = { splitKeys: 10, partitionSwitches: 600 };
    expect(ids(verdictOf([pair], often))).toEqual(['missing-key']);
    expect(ids(verdictOf([pair, { ...pair, samePublisher: false }], often))).toEqual(['missing-key']);
    expect(ids(verdictOf([{ ...pair, samePublisher: false }], often))).toEqual(['partitioner-mismatch']);
    expect(ids(verdictOf([pair], { splitKeys: 10, partitionSwitches: 11 }))).toEqual(['partition-expansion']);
  });

  it('explains split keys that broke no order yet', () => {
    const [cause] = diagnose(verdictOf([], { splitKeys: 10, partitionSwitches: 600 })).causes;
    expect(cause).toMatchObject({ id: 'missing-key', latent: false, explains: { regressions: 0, splitKeys: 10 } });
    expect(diagnose(verdictOf([], { splitKeys: 10, partitionSwitches: 600 })).unexplained.splitKeys).toBe(0);
  });

  it('does not blame the key for pairs of different topics', () => {
    const pair = { ...plain, origin: 'store' as const, sameLog: false, sameTopic: false };
    expect(ids(verdictOf([pair], { splitKeys: 1, partitionSwitches: 50 }))).toEqual(['missing-key']);
    expect(diagnose(verdictOf([pair])).unexplained.regressions).toBe(10);
  });

  it('blames a retried publish only where retries were recorded, and one publisher sent both', () => {
    const pair = { ...plain, origin: 'store' as const };
    expect(ids(verdictOf([pair]), { produceRetries: 3 })).toEqual(['publish-retry']);
    expect(ids(verdictOf([pair]))).toEqual([]);
    expect(ids(verdictOf([{ ...pair, samePublisher: false }]), { produceRetries: 3 })).toEqual([
      'concurrent-publishers',
    ]);
  });

  it('explains store inversions by retries, unless a pair shows that two publishers wrote one aggregate', () => {
    const pair = { ...plain, origin: 'store' as const, samePublisher: false };
    const explained = (verdict: Verdict, produceRetries: number): [string, number][] =>
      diagnose(verdict, { ...noFacts, produceRetries }).causes.map(({ id, explains }) => [
        id,
        explains.storeInversions,
      ]);
    expect(explained(verdictOf([], { storeInversions: 9 }), 2)).toEqual([['publish-retry', 9]]);
    expect(explained(verdictOf([], { storeInversions: 9 }), 0)).toEqual([]);
    expect(explained(verdictOf([pair], { storeInversions: 9 }), 0)).toEqual([['concurrent-publishers', 9]]);
    expect(explained(verdictOf([pair], { storeInversions: 9 }), 2)).toEqual([['concurrent-publishers', 0]]);
  });

  it('explains what is stored twice by retries, where there were any', () => {
    const verdict = verdictOf([], { storedTwice: 3 });
    expect(ids(verdict, { produceRetries: 1 })).toEqual(['publish-retry-duplicate']);
    expect(ids(verdict)).toEqual([]);
  });

  it('explains what came again by a rebalance only if there was one, and no handler had failed', () => {
    const verdict = verdictOf([], { redelivered: 7 });
    expect(diagnose(verdict, { ...noFacts, rebalances: 1 })).toMatchObject({
      causes: [{ id: 'rebalance-replay', explains: { duplicates: 7 }, confidence: 'likely' }],
      unexplained: { duplicates: 0 },
    });
    expect(diagnose(verdict).unexplained.duplicates).toBe(7);
    expect(ids(verdict, { rebalances: 1, naks: 1 })).toEqual([]);
  });

  it('explains overlaps within one member by the pool, and across members by a rebalance', () => {
    const verdict = verdictOf([], { overlaps: 10, overlapsAcrossSubscriptions: 4 });
    const explained = diagnose(verdict, { ...noFacts, rebalances: 1 }).causes;
    expect(explained.map(({ id, explains }) => [id, explains.overlaps])).toEqual([
      ['unkeyed-pool', 6],
      ['rebalance-overlap', 4],
    ]);
    expect(ids(verdict)).toEqual(['unkeyed-pool']);
    expect(diagnose(verdict).unexplained.overlaps).toBe(0);
  });
});
