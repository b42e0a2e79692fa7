import { describe, expect, it } from 'vitest';
import { perturbationOf } from '../../src/runtime/perturbation.js';
import type { PerturbedStage } from '../../src/runtime/ports.js';

/** The delays that are drawn, in milliseconds. */
async function delays(
  seed: number,
  passes: readonly (readonly [PerturbedStage, number, number?])[],
): Promise<number[]> {
  const slept: number[] = [];
  const sleep = (ms: number): Promise<void> => Promise.resolve(slept.push(ms)).then(() => undefined);
  const perturb = perturbationOf({ minMs: 2, maxMs: 5 }, seed, { sleep })!;
  for (const [stage, version, deliveryCount] of passes)
    await perturb(stage, { aggregate: 1, version, ...(deliveryCount === undefined ? {} : { deliveryCount }) });
  return slept;
}

describe('a delay', () => {
  it('is none without a range', () => {
    expect(perturbationOf(null, 1, { sleep: () => Promise.resolve() })).toBeNull();
  });

  it('is drawn from all of the range, evenly', async () => {
    const drawn = await delays(
      1,
      Array.from({ length: 400 }, (_, version) => ['start', version] as const),
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...drawn)).toBeLessThan(5);
    const mean = drawn.reduce((sum, ms) => sum + ms, 0) / drawn.length;
    expect(mean).toBeGreaterThan(3.3);
    expect(mean).toBeLessThan(3.7);
  });

  it('follows from seed, stage, event and delivery, in whatever order events come', async () => {
    const passes = [
      ['start', 1, 1],
      ['ack', 1, 1],
      ['start', 2, 1],
      ['start', 1, 2],
    ] as const;
    const drawn = await delays(7, passes);
    expect(new Set(drawn).size).toBe(4);
    expect(await delays(7, passes.toReversed())).toEqual(drawn.toReversed());
    expect(await delays(8, passes)).not.toEqual(drawn);
  });
});
