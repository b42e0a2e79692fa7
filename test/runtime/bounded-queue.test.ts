import { describe, expect, it } from 'vitest';
import { BoundedQueue } from '../../src/runtime/bounded-queue.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import { VirtualWorld } from '../../src/runtime/virtual/virtual-world.js';

const worldOf = (seed: number): VirtualWorld => new VirtualWorld(new SeededPrng(seed, 'schedule'));

describe('the bounded queue', () => {
  it("keeps each sender's order, whatever the number of senders and the schedule", async () => {
    for (let seed = 0; seed < 50; seed++) {
      const world = worldOf(seed);
      const queue = new BoundedQueue<{ sender: number; n: number }>(world, 3);
      const last = [0, 0, 0, 0, 0];
      await world.run(async () => {
        const senders = last.map((_, sender) =>
          world.spawn(`sender ${sender}`, async () => {
            for (let n = 1; n <= 20; n++) {
              await world.pause();
              await queue.put({ sender, n });
            }
          }),
        );
        for (let taken = 0; taken < 100; taken++) {
          const item = await queue.take();
          expect(item?.n).toBe(last[item!.sender]! + 1);
          last[item!.sender]!++;
        }
        for (const sender of senders) await sender.join();
      });
      expect(last).toEqual([20, 20, 20, 20, 20]);
    }
  });

  it('refuses what does not fit, and takes it once there is a place', async () => {
    const world = worldOf(1);
    await world.run(async () => {
      const queue = new BoundedQueue<number>(world, 2);
      expect([queue.tryPut(1), queue.tryPut(2), queue.tryPut(3)]).toEqual([true, true, false]);
      expect(await queue.take()).toBe(1);
      expect(queue.tryPut(3)).toBe(true);
    });
  });

  it('takes an item back behind all others, though it is full or closed, and lets nothing else in meanwhile', async () => {
    const world = worldOf(1);
    await world.run(async () => {
      const queue = new BoundedQueue<number>(world, 2);
      for (const item of [1, 2]) queue.tryPut(item);
      expect(queue.tryTake()).toBe(1);
      queue.tryPut(3);
      queue.putBack(1);
      expect([queue.size, queue.tryPut(4)]).toEqual([3, false]);
      queue.close();
      expect(queue.tryTake()).toBe(2);
      queue.putBack(2);
      expect([await queue.take(), await queue.take(), await queue.take(), await queue.take()]).toEqual([3, 1, 2, null]);
    });
  });

  it('takes out what matches, in its order, and leaves the rest in theirs, though it has been closed', async () => {
    const world = worldOf(1);
    await world.run(async () => {
      const queue = new BoundedQueue<number>(world, 6);
      for (let item = 0; item < 9; item++) {
        if (item >= 6) queue.tryTake();
        queue.tryPut(item);
      }
      const waiting = world.spawn('putter', async () => {
        expect(await queue.put(9)).toBe(true);
      });
      expect(queue.takeWhere((item) => item % 2 === 1)).toEqual([3, 5, 7]);
      await waiting.join();
      queue.close();
      expect(queue.takeWhere((item) => item === 6)).toEqual([6]);
      const rest = [await queue.take(), await queue.take(), await queue.take(), await queue.take()];
      expect(rest).toEqual([4, 8, 9, null]);
    });
  });

  it('gives out what is in it after it was closed, then null', async () => {
    const world = worldOf(1);
    await world.run(async () => {
      const queue = new BoundedQueue<number>(world, 2);
      await queue.put(1);
      queue.close();
      expect(await queue.put(2)).toBe(false);
      expect([await queue.take(), await queue.take()]).toEqual([1, null]);
    });
  });

  it('refuses a capacity that is no positive integer', () => {
    expect(() => new BoundedQueue(worldOf(1), 0)).toThrow(RangeError);
  });
});
