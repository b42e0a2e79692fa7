/** The longest handling that a run may draw, held against runs that draw. */
import { describe, expect, it } from 'vitest';
import type { HandlerTime } from '../../src/domain/scenario/handler-time.js';
import { drawMs } from '../../src/handler/service-time.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import { handlerTailMs } from '../../src/statistics/handler-tail.js';

const bounds = { minMs: 0, maxMs: 1e9 };
const times: readonly HandlerTime[] = [
  { distribution: 'exponential', meanMs: 2, ...bounds },
  { distribution: 'lognormal', medianMs: 1, sigma: 1.2, ...bounds },
  { distribution: 'pareto', shape: 1.1, ...bounds, minMs: 1 },
];
const many = { handlerTimeBy: 'event', aggregates: 10, versions: 20 } as const;

describe('the tail of handler times', () => {
  it.each(times)('is exceeded in about one of 20 runs: $distribution', (handlerTime) => {
    const tailMs = handlerTailMs({ ...many, handlerTime });
    const prng = new SeededPrng(1, handlerTime.distribution);
    const runs = 2_000;
    let longer = 0;
    for (let run = 0; run < runs; run++) {
      const drawn = Array.from({ length: 200 }, () => drawMs(handlerTime, prng));
      if (Math.max(...drawn) > tailMs) longer++;
    }
    expect(longer / runs).toBeGreaterThan(0.03);
    expect(longer / runs).toBeLessThan(0.07);
  });

  it('is the end of a range, and no longer than a bound', () => {
    const uniform: HandlerTime = { distribution: 'uniform', minMs: 0, maxMs: 5 };
    expect(handlerTailMs({ ...many, handlerTime: uniform })).toBe(5);
    expect(handlerTailMs({ ...many, handlerTime: { ...times[2]!, maxMs: 30 } })).toBe(30);
  });

  it('is shorter where each aggregate draws once', () => {
    const byAggregate = { ...many, handlerTimeBy: 'aggregate' } as const;
    const [once, each] = [byAggregate, many].map((drawn) => handlerTailMs({ ...drawn, handlerTime: times[0]! }));
    expect(once).toBeLessThan(each!);
  });
});
