/** Publishers are let go once nothing was published and nothing handled for so long; redeliveries are no progress. */
import { expect, it } from 'vitest';
import type { Attempt, Delivery, PublishedEvent } from '../../../src/domain/observation.js';
import { ProgressCounter } from '../../../src/observation/progress-counter.js';
import { PublishStall } from '../../../src/run/bench/publish-stall.js';
import { onSeeds } from '../simulate.js';

it('counts from what was last published or handled', () => {
  let nowMs = 0;
  const progress = new ProgressCounter();
  const stall = new PublishStall(progress, () => nowMs, 100);
  const at = (ms: number): boolean => {
    nowMs = ms;
    return stall.isStalled;
  };
  expect(at(99)).toBe(false);
  progress.observe({ kind: 'publish', record: {} as PublishedEvent });
  expect(at(150)).toBe(false);
  expect(at(249)).toBe(false);
  progress.observe({ kind: 'finish', record: { outcome: 'failed' } as Attempt });
  progress.observe({ kind: 'deliver', record: {} as Delivery });
  expect(at(250)).toBe(true);
  progress.observe({ kind: 'finish', record: { outcome: 'done' } as Attempt });
  expect(at(300)).toBe(false);
});

it('ends a run whose publisher waits for an event that was set aside while others come again for ever', async () => {
  const waiting = {
    ...{ mode: 'single', strategy: 'version-gate', topics: '1', aggregates: '5', versions: '8' },
    ...{ publish: 'handled', ack: 'never', handlerFail: '20%', gapPolicy: 'park', gapTimeout: '1s' },
    publishersPerAggregate: '2',
  };
  await onSeeds(waiting, ([row], seed) => expect(row!.outcome, seed).not.toBe('ordered'));
});
