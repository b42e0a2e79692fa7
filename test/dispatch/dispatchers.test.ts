import { describe, expect, it } from 'vitest';
import type { DispatchContext } from '../../src/dispatch/dispatcher.js';
import type { Delivery } from '../../src/domain/observation.js';
import { strategies } from '../../src/strategy/registry.js';
import { SeededPrng } from '../../src/runtime/virtual/seeded-prng.js';
import { VirtualInbox } from '../../src/runtime/virtual/virtual-inbox.js';
import { VirtualWorld } from '../../src/runtime/virtual/virtual-world.js';

interface Handled {
  readonly started: string[];
  readonly overlaps: number;
  readonly mostAtOnce: number;
}

/** Sends 10 aggregates × 10 versions in order through a dispatcher whose handlers take up to 5 ms. */
async function dispatch(strategyId: string, seed: number, workers: number): Promise<Handled> {
  const world = new VirtualWorld(new SeededPrng(seed, 'schedule'));
  const prng = new SeededPrng(seed, 'handler');
  const started: string[] = [];
  const running = new Set<number>();
  let overlaps = 0;
  let mostAtOnce = 0;
  await world.run(async () => {
    const inbox = new VirtualInbox<Delivery>(world, prng, 8, () => undefined);
    const context: DispatchContext = {
      ports: { clock: world, scheduler: world, prng },
      inbox,
      workers,
      laneSize: 2,
      aggregateId: (aggregate) => `agg-${aggregate}`,
      handle: async ({ aggregate, version }) => {
        started.push(`${aggregate}/${version}`);
        if (running.has(aggregate)) overlaps++;
        running.add(aggregate);
        mostAtOnce = Math.max(mostAtOnce, running.size);
        await world.sleep(prng.float() * 5);
        running.delete(aggregate);
      },
    };
    const strategy = strategies.find(({ id }) => id === strategyId)!;
    const bus = world.spawn('dispatcher', () => strategy.createDispatcher(context).run());
    for (let version = 1; version <= 10; version++) {
      for (let aggregate = 0; aggregate < 10; aggregate++) {
        await inbox.submit({ aggregate, version } as Delivery, 'wait');
      }
    }
    inbox.close();
    await bus.join();
  });
  return { started, overlaps, mostAtOnce };
}

const versionsOf = (handled: Handled, aggregate: number): number[] =>
  handled.started.filter((name) => name.startsWith(`${aggregate}/`)).map((name) => Number(name.split('/')[1]));

const inOrder = (handled: Handled): boolean =>
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
});
