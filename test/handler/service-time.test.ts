/**
 * Tests that service times are drawn from the distribution that was asked for. Quantiles and, where the tail lets it
 * converge, the mean of many draws are held against the closed form. A quantile p of n draws is off by about sqrt(p(1 −
 * p) / n) / density, which is under 1 % for all of these; 3 % is asked for.
 */
import { describe, expect, it } from 'vitest';
import type { HandlerTime } from '../../src/domain/scenario/handler-time.js';
import { drawMs, serviceTime } from '../../src/handler/service-time.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';

const dayMs = 86_400_000;
const draws = 200_000;
const shares = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

/** Quantiles of the standard normal at `shares`, from a printed table. */
const normal = [-1.281552, -0.67449, 0, 0.67449, 1.281552, 2.326348];

const asked: readonly { time: HandlerTime; quantile: (share: number, at: number) => number; meanMs: number | null }[] =
  [
    {
      time: { distribution: 'uniform', minMs: 2, maxMs: 7 },
      quantile: (share) => 2 + 5 * share,
      meanMs: 4.5,
    },
    {
      time: { distribution: 'exponential', minMs: 0, maxMs: dayMs, meanMs: 3 },
      quantile: (share) => -3 * Math.log(1 - share),
      meanMs: 3,
    },
    {
      time: { distribution: 'lognormal', minMs: 0, maxMs: dayMs, medianMs: 2, sigma: 1.2 },
      quantile: (_, at) => 2 * Math.exp(1.2 * normal[at]!),
      meanMs: 2 * Math.exp(1.2 ** 2 / 2),
    },
    {
      // No variance: its mean does not converge in any reasonable number of draws.
      time: { distribution: 'pareto', minMs: 1, maxMs: dayMs, shape: 1.5 },
      quantile: (share) => (1 - share) ** (-1 / 1.5),
      meanMs: null,
    },
    {
      time: { distribution: 'pareto', minMs: 2, maxMs: dayMs, shape: 4 },
      quantile: (share) => 2 * (1 - share) ** (-1 / 4),
      meanMs: (4 * 2) / 3,
    },
  ];

function sorted(time: HandlerTime): Float64Array {
  const prng = new SeededPrng(1, 'handler');
  return Float64Array.from({ length: draws }, () => drawMs(time, prng)).sort();
}

describe.each(asked)('a service time drawn from $time.distribution', ({ time, quantile, meanMs }) => {
  const times = sorted(time);

  it('has its quantiles', () => {
    for (const [at, share] of shares.entries()) {
      expect(Math.abs(times[Math.floor(share * draws)]! / quantile(share, at) - 1), `quantile ${share}`).toBeLessThan(
        0.03,
      );
    }
  });

  it.skipIf(meanMs === null)('has its mean', () => {
    expect(Math.abs(times.reduce((sum, ms) => sum + ms, 0) / draws / meanMs! - 1)).toBeLessThan(0.03);
  });

  it('stays within its bounds', () => {
    expect(times[0]).toBeGreaterThanOrEqual(time.minMs);
    expect(times.at(-1)).toBeLessThanOrEqual(time.maxMs);
  });
});

describe('a service time', () => {
  it('is cut at its upper bound, however heavy the tail', () => {
    const cut = sorted({ distribution: 'pareto', minMs: 1, maxMs: 10, shape: 1.1 });
    expect(cut.at(-1)).toBe(10);
    expect(cut.filter((ms) => ms === 10).length / draws).toBeCloseTo(10 ** -1.1, 2);
  });

  it('draws nothing if it is constant', () => {
    const never = { float: () => expect.fail('it drew'), below: () => expect.fail('it drew') };
    expect(drawMs({ distribution: 'uniform', minMs: 3, maxMs: 3 }, never)).toBe(3);
  });

  const perAggregate = {
    handlerTime: { distribution: 'exponential', minMs: 0, maxMs: dayMs, meanMs: 1 },
    handlerTimeBy: 'aggregate',
    aggregates: 20,
  } as const;

  it('drawn once for each aggregate is the same for all of its events, on every bus', () => {
    const buses = [1, 2].map((bus) =>
      serviceTime(perAggregate, new SeededPrng(7, `handler ${bus}`), new SeededPrng(7, 'handler times')),
    );
    const times = Array.from({ length: 20 }, (_, aggregate) => buses[0]!.drawMs(aggregate));
    expect(new Set(times).size).toBe(20);
    for (const bus of buses) expect(times.map((_, aggregate) => bus.drawMs(aggregate))).toEqual(times);
  });

  it('drawn for every event differs between the events of an aggregate', () => {
    const prng = new SeededPrng(7, 'handler');
    const times = serviceTime({ ...perAggregate, handlerTimeBy: 'event' }, prng, prng);
    expect(times.drawMs(0)).not.toBe(times.drawMs(0));
  });
});
