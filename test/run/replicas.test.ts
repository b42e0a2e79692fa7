/**
 * Replicas of a service that pull from the same JetStream durables, each with a bus of its own: order breaks between
 * them, the cause is named, and what is advised keeps order with as many replicas, or leaves one.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noneExplained } from '../../src/domain/report/anomaly-signature.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { modeRows, type ModeRow } from '../../src/domain/scenario/scenario.js';
import { checkTrace } from '../../src/run/check-trace.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { strategyIds } from '../../src/strategy/registry.js';
import { ScratchFile } from '../observation/fixtures.js';
import { onSeeds, originsOf, simulate } from './simulate.js';

const load = { topics: '2', aggregates: '30', versions: '20', members: '2' };

const causesByMode: Readonly<Record<ModeRow, readonly string[]>> = {
  'multi/shared': ['competing-pullers', 'shared-durable'],
  'multi/per-topic': ['competing-pullers'],
  single: ['competing-pullers'],
};

const namesOf = ({ causes }: RunRow): string[] => causes.map(({ id }) => id).sort();

describe('two replicas that pull from the same durables', () => {
  it.each(modeRows)('lose order between them, which explains everything, in %s', async (mode) => {
    await onSeeds({ ...load, mode }, ([row], seed) => {
      expect(row!.outcome, seed).toBe('violated');
      expect(namesOf(row!), seed).toEqual(causesByMode[mode]);
      expect(
        row!.causes.map(({ latent, confidence }) => [latent, confidence]),
        seed,
      ).toEqual(causesByMode[mode].map(() => [false, 'certain']));
      expect(row!.unexplained, seed).toEqual(noneExplained());
      expect(row!.counts.misroutes > 0, seed).toBe(mode === 'multi/shared');
      // Nothing orders the queue of one replica against that of the other either.
      expect(['deliver', 'submit', 'start'], seed).toEqual(expect.arrayContaining(originsOf(row!)));
      expect(row!.origins.deliver, seed).toBeGreaterThan(0);
    });
  });

  it.each([
    { maxAckPending: '1' },
    { strategy: 'max-ack-pending-1' },
    { strategy: 'partitioned' },
    { strategy: 'pinned-client' },
    { strategy: 'version-gate' },
  ])('keep order in every mode with %o', async (fix) => {
    for (const mode of modeRows) {
      await onSeeds(
        { ...load, mode, ...fix },
        ([row], seed) => expect(row, `${mode} ${seed}`).toMatchObject({ outcome: 'ordered', reasons: [], causes: [] }),
        3,
      );
    }
  });

  it.each([{ maxAckPending: '1' }, { strategy: 'partitioned' }, { strategy: 'pinned-client' }])(
    'have no such guarantee from %o where acks come before handling',
    async (fix) => {
      await onSeeds({ ...load, mode: 'multi/per-topic', ack: 'on-delivery', minAtRisk: '1', ...fix }, ([row], seed) =>
        expect(row!.outcome, seed).not.toBe('ordered'),
      );
    },
  );

  it('are told of as a latent cause where a repair that may give up has kept order', async () => {
    const hasty = { strategy: 'version-gate', gapPolicy: 'skip', gapTimeout: '2m' };
    const [row] = await simulate({ ...load, ...hasty, mode: 'single' }, 1);
    expect(row).toMatchObject({ outcome: 'inconclusive', causes: [{ id: 'competing-pullers', latent: true }] });
    expect(row!.reasons.map(({ of }) => of)).toEqual(['shared-source']);
    const [alone] = await simulate({ ...load, ...hasty, mode: 'single', members: '1' }, 1);
    expect(alone).toMatchObject({ outcome: 'ordered', causes: [] });
  });

  it('leave early events of a version gate room for the missing one under any limit', async () => {
    const tight = { strategy: 'version-gate', topics: '1', aggregates: '3', versions: '40', members: '3' };
    for (const maxAckPending of ['2', '3', '6'])
      await onSeeds({ ...tight, mode: 'single', maxAckPending, minAtRisk: '1' }, ([row], seed) => {
        expect(row!.counts, `${maxAckPending} ${seed}`).toMatchObject({ handled: 120, lost: 0, unseen: 0 });
        expect(row!.reasons.map(({ kind }) => kind)).not.toContain('drain-incomplete');
      });
  });
});

describe('the trace of two replicas', () => {
  let scratch: ScratchFile;

  beforeEach(() => {
    scratch = new ScratchFile();
  });
  afterEach(() => scratch.remove());

  it('is judged as their run was', async () => {
    const [row] = await simulate({ ...load, mode: 'multi/shared' }, 1, scratch.path);
    const { runs } = await checkTrace(scratch.path);
    expect(runs[0]).toMatchObject({ outcome: 'violated', counts: row!.counts, causes: row!.causes });
  });
});

describe('members on JetStream', () => {
  it.each(['join@50%', 'leave@50%', 'stall:1s@50%'])(
    'do not come and go: %s is refused, with the way out',
    (disturb) => {
      const flags = { broker: 'sim', members: '2', disturb };
      expect(() => resolveScenario({ flags, strategies: strategyIds })).toThrow('is for Kafka');
    },
  );

  it('are one fewer after a crash, whose successor takes from the same durables', async () => {
    await onSeeds({ ...load, mode: 'single', ackWait: '2s', disturb: 'crash:300ms@50%' }, ([row], seed) => {
      expect(row!.outcome, seed).toBe('violated');
      expect(['competing-pullers', 'crash-redelivery'], seed).toEqual(expect.arrayContaining(namesOf(row!)));
      expect(row!.unexplained, seed).toEqual(noneExplained());
    });
  });
});
