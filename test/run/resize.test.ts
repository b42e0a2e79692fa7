/**
 * Tests a change of the number of lanes: more handlers run at once, and a keyed pool moves its aggregates while they
 * are busy.
 */
import { describe, expect, it } from 'vitest';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { byDispatcher as strategies } from './broker-side.js';
import { onSeeds, originsOf } from './simulate.js';

const busy: ScenarioFlags = {
  ...{ topics: '2', aggregates: '20', versions: '40', mode: 'single', handlerTime: '1-3ms' },
};

const lanes = strategies.filter(({ id, canResize }) => canResize === true && id !== 'serial');

describe('a bus that is given more workers in the middle of a run', () => {
  it.each(lanes)('has more handlers at work than it began with: $id', async ({ id }) => {
    const flags = { ...busy, workers: '2', strategy: id, allow: 'regression,overlap,completion-inversion' };
    await onSeeds({ ...flags, disturb: 'workers:6@20%' }, ([row], seed) => {
      expect(row!.concurrency.handlersMax, seed).toBeGreaterThan(id === 'pool-per-topic' ? 4 : 2);
      expect(row!.counts.handled, seed).toBe(row!.counts.published);
      expect(row!.disturbances.map(({ what }) => what), seed).toEqual(['workers:6']);
    }, 3); // prettier-ignore
  });

  it('loses order at start, and nowhere else, if it is a keyed pool', async () => {
    let regressions = 0;
    await onSeeds({ ...busy, workers: '4', disturb: 'workers:5@50%' }, ([row], seed) => {
      for (const stage of originsOf(row!)) expect(stage, seed).toBe('start');
      regressions += row!.counts.regressions;
    });
    expect(regressions).toBeGreaterThan(0);
  });

  it('keeps order if the number stays what it was, which shows nothing of how it takes a change', async () => {
    await onSeeds({ ...busy, workers: '4', disturb: 'workers:4@50%' }, ([row], seed) => {
      expect(row!.counts.violations, seed).toBe(0);
      expect(row!.reasons, seed).toContainEqual(
        expect.objectContaining({ kind: 'not-exercised', of: 'workers', numbers: { effects: 0, metAtRisk: 0 } }),
      );
    });
  });
});
