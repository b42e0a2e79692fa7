import { describe, expect, it } from 'vitest';
import { strategies } from '../../src/strategy/registry.js';
import { drive, versionsOf, type Driven } from './drive.js';

const dispatch = (strategy: string, seed: number, workers: number): Promise<Driven> =>
  drive({ strategy, seed, workers });

const inOrder = (handled: Driven): boolean =>
  Array.from({ length: 10 }, (_, aggregate) => versionsOf(handled, aggregate)).every(
    (versions) => versions.join() === '1,2,3,4,5,6,7,8,9,10',
  );

describe.each(['keyed-pool', 'aggregate-queue', 'serial'])('the %s dispatcher', (strategyId) => {
  it('starts the events of an aggregate in the order in which they were submitted, one at a time, under any schedule', async () => {
    for (let seed = 0; seed < 30; seed++) {
      for (const workers of [1, 3, 16]) {
        const handled = await dispatch(strategyId, seed, workers);
        expect(inOrder(handled), `seed ${seed}, ${workers} workers: ${handled.started.join(' ')}`).toBe(true);
        expect(handled.overlaps).toBe(0);
      }
    }
  });
});

describe('the dispatchers', () => {
  it('handles every event that was submitted before it ends', async () => {
    for (const { id } of strategies) expect((await dispatch(id, 1, 4)).started).toHaveLength(100);
  });

  it('runs aggregates side by side, except for serial', async () => {
    expect((await dispatch('keyed-pool', 1, 16)).mostAtOnce).toBeGreaterThan(3);
    expect((await dispatch('aggregate-queue', 1, 16)).mostAtOnce).toBeGreaterThan(3);
    expect((await dispatch('serial', 1, 16)).mostAtOnce).toBe(1);
  });

  it('loses order in the unkeyed pool, the control, as soon as it has two lanes', async () => {
    expect(inOrder(await dispatch('unkeyed-pool', 1, 1))).toBe(true);
    const handled = await dispatch('unkeyed-pool', 1, 16);
    expect(handled.overlaps).toBeGreaterThan(0);
  });

  it('tries a failed event again behind what waits in its lane, also of its aggregate, and sends nothing back', async () => {
    const oneAggregate = Array.from({ length: 10 }, (_, at) => [0, at + 1] as const);
    const options = { strategy: 'retry-at-tail', workers: 1, laneSize: 20, input: oneAggregate, failShare: 0.2 };
    const attempts: string[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const { log, done, acks } = await drive({ ...options, seed });
      expect([...done].sort(), `seed ${seed}`).toEqual(oneAggregate.map(([, version]) => `0/${version}`).sort());
      expect(acks, `seed ${seed}`).toEqual(done.map((event) => `ack ${event}`));
      const failed = log.findIndex((line) => line.startsWith('retried'));
      if (failed === -1 || log.slice(failed).filter((line) => line.startsWith('start')).length < 2) continue;
      attempts.push(log[failed + 1]!.replace('start', 'retried') === log[failed] ? 'next' : 'later');
    }
    expect(attempts).toContain('later');
    expect(attempts).not.toContain('next');
  });

  it('starts in order and handles at once what one lane of the unawaited pool gets, and ends when all is handled', async () => {
    const handled = await dispatch('unawaited-pool', 1, 1);
    expect(inOrder(handled)).toBe(true);
    expect(handled.overlaps).toBeGreaterThan(0);
    expect(handled.done).toHaveLength(100);
    expect(handled.acks).toHaveLength(100);
  });
});
