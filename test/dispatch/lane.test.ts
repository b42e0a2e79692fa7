import { describe, expect, it } from 'vitest';
import type { DispatchContext } from '../../src/dispatch/dispatcher.js';
import { FreeLanes } from '../../src/dispatch/free-lanes.js';
import { laneByHash, Lanes } from '../../src/dispatch/lane.js';
import type { Delivery } from '../../src/domain/observation.js';
import { fnv1a32 } from '../../src/domain/fnv1a.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import { VirtualWorld } from '../../src/runtime/virtual/virtual-world.js';

const deliveryOf = (id: number) => ({ id }) as Delivery;

/** `notes` gets what is noted. */
function contextOf(world: VirtualWorld, workers: number, notes: unknown[]): DispatchContext {
  const note: DispatchContext['note'] = (kind, detail) => void notes.push([kind, detail]);
  return { ports: { scheduler: world }, workers, bus: 3, note } as unknown as DispatchContext;
}

/** Lanes that take 10 ms a delivery; `did` says when and where each is begun. */
async function withLanes(
  count: number,
  laneSize: number,
  use: (lanes: Lanes, world: VirtualWorld) => Promise<void>,
  notes: unknown[] = [],
): Promise<string[]> {
  const world = new VirtualWorld(new SeededPrng(1, 'schedule'));
  const did: string[] = [];
  await world.run(async () => {
    const context = contextOf(world, count, notes);
    const lanes = new Lanes({ ...context, laneSize }, count, async ({ id }, lane) => {
      did.push(`${id} in lane ${lane} at ${world.nowMs()}`);
      await world.sleep(10);
    });
    await use(lanes, world);
    await lanes.finish();
  });
  return did;
}

describe('lanes', () => {
  it('that are ended take nothing more, and handle what they hold', async () => {
    const did = await withLanes(2, 4, async (lanes) => {
      await lanes.put(deliveryOf(1), () => 1);
      await lanes.put(deliveryOf(2), () => 1);
      lanes.resize(1);
      expect(lanes.count).toBe(1);
      await lanes.put(deliveryOf(3), () => 0);
    });
    expect(did.sort()).toEqual(['1 in lane 1 at 0', '2 in lane 1 at 10', '3 in lane 0 at 0']);
  });

  it('say that they are more or fewer than they were, and nothing if they are as many', async () => {
    const notes: unknown[] = [];
    const use = (lanes: Lanes): Promise<void> => {
      for (const count of [2, 5, 1]) lanes.resize(count);
      return Promise.resolve();
    };
    await withLanes(2, 4, use, notes);
    expect(notes).toEqual([
      ['resized', { bus: 3, from: 2, to: 5 }],
      ['resized', { bus: 3, from: 5, to: 1 }],
    ]);
  });

  it('of a number that had another before begin when that one has ended', async () => {
    const did = await withLanes(2, 4, async (lanes) => {
      await lanes.put(deliveryOf(1), () => 1);
      await lanes.put(deliveryOf(2), () => 1);
      lanes.resize(1);
      lanes.resize(2);
      await lanes.put(deliveryOf(3), () => 1);
    });
    expect(did).toEqual(['1 in lane 1 at 0', '2 in lane 1 at 10', '3 in lane 1 at 20']);
  });

  it('are chosen anew for what waits in front of one that is ended', async () => {
    const did = await withLanes(2, 1, async (lanes, world) => {
      world.at(5, () => lanes.resize(1));
      for (const id of [1, 2, 3]) await lanes.put(deliveryOf(id), () => lanes.count - 1);
    });
    expect(did).toEqual(['1 in lane 1 at 0', '3 in lane 0 at 5', '2 in lane 1 at 10']);
  });

  it('by hash are the remainder of the aggregate id’s, whatever their number', () => {
    const laneOf = laneByHash({ aggregateId: (aggregate) => `agg-${aggregate}` });
    for (const lanes of [4, 5, 4]) expect(laneOf(7, lanes)).toBe(fnv1a32('agg-7') % lanes);
  });
});

describe('free lanes', () => {
  it.each([
    [2, 4, 4],
    [4, 2, 2],
    [3, 3, 3],
  ])('of %d are as many as they are resized to, %d', async (before, after, expected) => {
    const world = new VirtualWorld(new SeededPrng(1, 'schedule'));
    let [busy, mostAtOnce, left] = [0, 0, 200];
    const notes: unknown[] = [];
    await world.run(async () => {
      const lanes = new FreeLanes(contextOf(world, before, notes), async () => {
        if (left === 0) return false;
        left--;
        busy++;
        if (world.nowMs() >= 60) mostAtOnce = Math.max(mostAtOnce, busy);
        await world.sleep(10);
        busy--;
        return true;
      });
      world.at(45, () => lanes.resize(after));
      await lanes.finish();
    });
    expect(left).toBe(0);
    expect(mostAtOnce).toBe(expected);
    expect(notes).toEqual(before === after ? [] : [['resized', { bus: 3, from: before, to: after }]]);
  });
});
