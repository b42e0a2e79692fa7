/**
 * Draws service times of handlers from the scenario's distribution, by the textbook transforms of uniform random
 * numbers: the inverse of the distribution function where it has a closed form, Box and Muller's transform for the
 * normal.
 *
 * A time is drawn anew for every event, or once for each aggregate. Times of aggregates are drawn before the run
 * begins, in the order of the aggregates, so that an aggregate has the same time on every bus, whatever the schedule. A
 * time that involves a logarithm is rounded to a nanosecond: the last bits of a logarithm differ between JavaScript
 * engines, and no schedule may depend on them.
 */
import type { HandlerTime, LognormalTime } from '../domain/scenario/handler-time.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import type { Prng } from '../runtime/ports.js';

export interface ServiceTime {
  /** The service time of one attempt, in milliseconds. Called once for each attempt. */
  drawMs(aggregate: number): number;
}

/**
 * @param perEvent draws the times of events; a constant time draws nothing
 * @param perAggregate draws the times of aggregates: a stream of random numbers of its own, the same on every bus
 */
export function serviceTime(
  scenario: Pick<Scenario, 'handlerTime' | 'handlerTimeBy' | 'aggregates'>,
  perEvent: Prng,
  perAggregate: Prng,
): ServiceTime {
  const { handlerTime, handlerTimeBy, aggregates } = scenario;
  if (handlerTimeBy === 'event') return { drawMs: () => drawMs(handlerTime, perEvent) };
  const timesMs = Float64Array.from({ length: aggregates }, () => drawMs(handlerTime, perAggregate));
  return { drawMs: (aggregate) => timesMs[aggregate]! };
}

/** Draws one time, in milliseconds. */
export function drawMs(time: HandlerTime, prng: Prng): number {
  switch (time.distribution) {
    case 'uniform': {
      const spreadMs = time.maxMs - time.minMs;
      return spreadMs > 0 ? time.minMs + prng.float() * spreadMs : time.minMs;
    }
    case 'exponential':
      return bounded(-time.meanMs * Math.log(aboveZero(prng)), time);
    case 'lognormal':
      return bounded(time.medianMs * Math.exp(time.sigma * normal(prng)), time);
    case 'pareto':
      return bounded(time.minMs * aboveZero(prng) ** (-1 / time.shape), time);
  }
}

/** Draws from the normal distribution of mean 0 and standard deviation 1 (G. E. P. Box and M. E. Muller, 1958). */
function normal(prng: Prng): number {
  return Math.sqrt(-2 * Math.log(aboveZero(prng))) * Math.cos(2 * Math.PI * prng.float());
}

/** Draws evenly from (0, 1]: 0 has no logarithm. */
function aboveZero(prng: Prng): number {
  return 1 - prng.float();
}

const perMs = 1_000_000;

function bounded(ms: number, { minMs, maxMs }: Pick<LognormalTime, 'minMs' | 'maxMs'>): number {
  return Math.min(maxMs, Math.max(minMs, Math.round(ms * perMs) / perMs));
}
