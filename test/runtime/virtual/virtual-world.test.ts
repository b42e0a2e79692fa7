import { describe, expect, it } from 'vitest';
import { InternalError } from '../../../src/domain/errors.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { VirtualWorld } from '../../../src/runtime/virtual/virtual-world.js';

const worldOf = (seed: number): VirtualWorld => new VirtualWorld(new SeededPrng(seed, 'schedule'));

/** Ten tasks that take turns at pausing; the order in which they got on. */
async function race(seed: number): Promise<string> {
  const world = worldOf(seed);
  let order = '';
  await world.run(async () => {
    const tasks = Array.from({ length: 10 }, (_, i) =>
      world.spawn(`task ${i}`, async () => {
        for (let turn = 0; turn < 3; turn++) {
          await world.pause();
          order += i;
        }
      }),
    );
    for (const task of tasks) await task.join();
  });
  return order;
}

describe('the virtual world', () => {
  it('schedules the same way for the same seed, and in another way for another', async () => {
    const first = await race(1);
    expect(first).toHaveLength(30);
    expect(await race(1)).toBe(first);
    expect(await race(2)).not.toBe(first);
  });

  it('lets an hour of virtual time pass at once', async () => {
    const world = worldOf(1);
    await world.run(() => world.sleep(3_600_000));
    expect(world.nowMs()).toBe(3_600_000);
  });

  it('wakes sleepers in the order of their times', async () => {
    const world = worldOf(1);
    const woken: number[] = [];
    await world.run(async () => {
      const tasks = [30, 10, 20].map((ms) =>
        world.spawn(`sleep ${ms}`, async () => {
          await world.sleep(ms);
          woken.push(world.nowMs());
        }),
      );
      for (const task of tasks) await task.join();
    });
    expect(woken).toEqual([10, 20, 30]);
  });

  it('runs one task at a time: what stands between two waits is never interleaved', async () => {
    const world = worldOf(3);
    let inside = 0;
    await world.run(async () => {
      const tasks = Array.from({ length: 20 }, (_, i) =>
        world.spawn(`task ${i}`, async () => {
          for (let turn = 0; turn < 10; turn++) {
            await world.pause();
            expect(inside++).toBe(0);
            await Promise.resolve();
            await Promise.resolve();
            expect(--inside).toBe(0);
          }
        }),
      );
      for (const task of tasks) await task.join();
    });
  });

  it('serves the waiters of a signal in the order in which they came', async () => {
    const world = worldOf(4);
    const served: number[] = [];
    await world.run(async () => {
      const signal = world.signal();
      const tasks = [0, 1, 2].map((i) =>
        world.spawn(`waiter ${i}`, async () => {
          await signal.wait();
          served.push(i);
        }),
      );
      for (let i = 0; i < 3; i++) {
        signal.notifyOne();
        await world.sleep(1);
      }
      for (const task of tasks) await task.join();
    });
    expect(served).toEqual([0, 1, 2]);
  });

  it('fails with the error of a task that nobody joins', async () => {
    const world = worldOf(5);
    const run = world.run(async () => {
      world.spawn('broken', async () => {
        await world.sleep(1);
        throw new Error('broken lane');
      });
      await world.sleep(10);
    });
    await expect(run).rejects.toThrow('broken lane');
  });

  it('says so when nothing is left to do', async () => {
    const world = worldOf(6);
    await expect(world.run(() => world.signal().wait())).rejects.toThrow(InternalError);
  });

  it('hands a completion its value at the time of the callback', async () => {
    const world = worldOf(7);
    await world.run(async () => {
      const value = await world.completion<string>((complete) => {
        world.at(25, () => {
          complete('stored');
        });
      });
      expect(value).toBe('stored');
      expect(world.nowMs()).toBe(25);
    });
  });
});
