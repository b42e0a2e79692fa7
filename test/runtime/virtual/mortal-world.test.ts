import { describe, expect, it } from 'vitest';
import { MortalWorld } from '../../../src/runtime/virtual/mortal-world.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { VirtualWorld } from '../../../src/runtime/virtual/virtual-world.js';

/** Runs the tasks of a process that is killed after 5 ms, and says what they did. */
async function lifeOf(
  tasks: (life: MortalWorld, did: string[], world: VirtualWorld) => (() => Promise<void>)[],
): Promise<string[]> {
  const did: string[] = [];
  const world = new VirtualWorld(new SeededPrng(1, 'schedule'));
  await world.run(async () => {
    const life = new MortalWorld(world);
    for (const task of tasks(life, did, world)) life.spawn('task', task);
    await world.sleep(5);
    life.kill();
    expect(life.isDead).toBe(true);
    await world.sleep(100);
    did.push('the world goes on');
  });
  return did;
}

describe('a process that is killed', () => {
  it('does nothing more after its current wait, whatever that is', async () => {
    const did = await lifeOf((life, did, world) => {
      const signal = life.signal();
      const outside = world.signal();
      world.at(7, () => {
        signal.notifyAll();
        outside.notifyAll();
      });
      const ended = life.spawn('ends', () => world.sleep(7));
      const waits = {
        sleep: () => life.sleep(7),
        signal: () => signal.wait(),
        join: () => ended.join(),
        'a wait of somebody else': () => life.outlive(outside.wait()),
      };
      return Object.entries(waits).map(([name, wait]) => async () => {
        did.push(`${name} begins`);
        await wait();
        did.push(`${name} ends`);
      });
    });
    expect(did.filter((one) => one.endsWith('ends'))).toEqual([]);
    expect(did.filter((one) => one.endsWith('begins'))).toHaveLength(4);
    expect(did.at(-1)).toBe('the world goes on');
  });

  it('has done until then what any process does', async () => {
    const did = await lifeOf((life, did) => [
      async () => {
        for (;;) {
          did.push(`at ${life.nowMs()}`);
          await life.sleep(2);
          await life.pause();
        }
      },
    ]);
    expect(did).toEqual(['at 0', 'at 2', 'at 4', 'the world goes on']);
  });
});
