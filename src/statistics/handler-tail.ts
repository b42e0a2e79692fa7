/**
 * Computes the time that the longest handling of a run exceeds with a probability of at most 0.05, by the scenario's
 * distribution of handler times: each of `n` independent draws exceeds it with a probability of 0.05 / n (a union
 * bound). The longest time that was drawn in one run says little of a heavy tail, since another run may draw a far
 * longer one.
 */
import jstat from 'jstat';
import type { HandlerTime } from '../domain/scenario/handler-time.js';
import type { Scenario } from '../domain/scenario/scenario.js';

const chance = 0.05;

type Drawn = Pick<Scenario, 'handlerTime' | 'handlerTimeBy' | 'aggregates' | 'versions'>;

/** @returns milliseconds */
export function handlerTailMs(scenario: Drawn): number {
  const { handlerTime, handlerTimeBy, aggregates, versions } = scenario;
  const draws = handlerTimeBy === 'aggregate' ? aggregates : aggregates * versions;
  const { minMs, maxMs } = handlerTime;
  return Math.min(maxMs, Math.max(minMs, exceededWith(chance / draws, handlerTime)));
}

/** The time that one draw exceeds with this probability. */
function exceededWith(probability: number, time: HandlerTime): number {
  switch (time.distribution) {
    case 'uniform':
      return time.maxMs;
    case 'exponential':
      return -time.meanMs * Math.log(probability);
    case 'lognormal':
      return time.medianMs * Math.exp(time.sigma * jstat.jStat.normal.inv(1 - probability, 0, 1));
    case 'pareto':
      return time.minMs * probability ** (-1 / time.shape);
  }
}
