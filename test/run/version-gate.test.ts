/**
 * Tests what a bus with a version gate does about versions that never come, and about aggregates that change hands.
 */
import { describe, expect, it } from 'vitest';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { onSeeds } from './simulate.js';

const gate: ScenarioFlags = {
  ...{ strategy: 'version-gate', topics: '3', aggregates: '12', versions: '25', workers: '4', handlerTime: '0-5ms' },
  ...{ drainTimeout: '20s', allow: 'duplicate,split-key' },
};

describe('a version that is delivered once, fails, and never comes again', () => {
  const given: ScenarioFlags = { ...gate, maxDeliver: '1', handlerFail: '2%' };

  it('blocks its aggregate for good by the policy wait, which the verdict shows', async () => {
    await onSeeds(given, (rows, seed) => {
      for (const { outcome, reasons, counts } of rows) {
        expect(counts.regressions, seed).toBe(0);
        expect(counts.lost, seed).toBe(0);
        expect(counts.unseen, seed).toBeGreaterThan(0);
        expect(outcome, seed).toBe('inconclusive');
        expect(
          reasons.map(({ kind }) => kind),
          seed,
        ).toContain('drain-incomplete');
      }
    });
  });

  it('is left out by the policy skip, and alone is lost', async () => {
    await onSeeds({ ...given, gapPolicy: 'skip', gapTimeout: '500ms' }, (rows, seed) => {
      for (const { counts, reasons } of rows) {
        expect(counts.regressions + counts.completionInversions, seed).toBe(0);
        expect(counts.lost, seed).toBeGreaterThan(0);
        expect(counts.handled, seed).toBe(counts.published - counts.lost);
        expect(
          reasons.map(({ kind }) => kind),
          seed,
        ).not.toContain('drain-incomplete');
      }
    });
  });

  it('has its aggregate parked by the policy park: what is behind it is lost to the handlers, and nothing blocks', async () => {
    const skipped: number[] = [];
    await onSeeds({ ...given, gapPolicy: 'skip', gapTimeout: '500ms' }, ([row]) => skipped.push(row!.counts.lost));
    await onSeeds({ ...given, gapPolicy: 'park', gapTimeout: '500ms' }, ([row], seed) => {
      expect(row!.counts.regressions, seed).toBe(0);
      expect(row!.counts.lost, seed).toBeGreaterThan(skipped.shift()!);
      expect(
        row!.reasons.map(({ kind }) => kind),
        seed,
      ).not.toContain('drain-incomplete');
    });
  });
});

describe('a version that comes after it was skipped', () => {
  it('is dropped, so that order holds all the same', async () => {
    const hasty: ScenarioFlags = { gapPolicy: 'skip', gapTimeout: '100ms', ackWait: '1s' };
    await onSeeds({ ...gate, ...hasty, handlerFail: '5%', handlerFailure: 'throw' }, (rows, seed) => {
      for (const { counts, reasons } of rows) {
        expect(counts.regressions + counts.completionInversions, seed).toBe(0);
        expect(counts.lost, seed).toBeGreaterThan(0);
        expect(
          reasons.map(({ kind }) => kind),
          seed,
        ).not.toContain('drain-incomplete');
      }
    });
  });
});

describe('an aggregate that another replica takes over in the middle', () => {
  const replicas = { broker: 'sim:kafka', partitions: '3', members: '2', rate: '1000', sessionTimeout: '3s' };

  it.each(['join@50%', 'leave@50%', 'stall:5s@50%', 'partitions:5@50%'])('goes on in order: %s', async (disturb) => {
    await onSeeds(
      { ...gate, ...replicas, disturb, handlerFail: '2%' },
      (rows, seed) => {
        for (const { id, counts, reasons } of rows) {
          // It does not claim to survive a change of hands: each process has a buffer of its own. A stall outlasts the session.
          const expected = ['not-survived', ...(disturb.startsWith('stall') ? ['near-timeout'] : [])];
          const others = reasons.filter(({ kind, of }) => kind !== 'not-exercised' && !expected.includes(of ?? ''));
          expect(others, `${id} ${seed}`).toEqual([]);
          expect(counts.regressions + counts.completionInversions + counts.overlaps, `${id} ${seed}`).toBe(0);
        }
      },
      4,
    );
  });
});

describe('a version gate behind a shared durable', () => {
  it('is not said to hold order by luck, since it repairs what it is given', async () => {
    await onSeeds({ ...gate, mode: 'multi', durable: 'shared' }, ([row], seed) => {
      expect(row!.exposure.splitPairs, seed).toBeGreaterThan(0);
      expect(row, seed).toMatchObject({ outcome: 'ordered', reasons: [], causes: [] });
    });
  });
});
