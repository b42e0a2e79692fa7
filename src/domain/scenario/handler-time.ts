/**
 * How long a handling takes. The time is drawn from a distribution, and never lies outside of `minMs` to `maxMs`, which
 * every distribution has. Heavy tails are what real handlers have (a slow query, a pause of the garbage collector):
 * most are short, and a few hold up everything that waits behind them.
 */

/** Drawn anew for every event, or once for each aggregate. */
export const handlerTimeBys = ['event', 'aggregate'] as const;
export type HandlerTimeBy = (typeof handlerTimeBys)[number];

interface Bounds {
  readonly minMs: number;
  /** Longer draws are cut to it. */
  readonly maxMs: number;
}

/** Drawn evenly from [minMs, maxMs]; constant where both are equal. */
export interface UniformTime extends Bounds {
  readonly distribution: 'uniform';
}

/** Memoryless; mean `meanMs`. */
export interface ExponentialTime extends Bounds {
  readonly distribution: 'exponential';
  readonly meanMs: number;
}

/** The logarithm is normal, with mean ln(`medianMs`) and standard deviation `sigma`. */
export interface LognormalTime extends Bounds {
  readonly distribution: 'lognormal';
  readonly medianMs: number;
  readonly sigma: number;
}

/** Longer than t with probability (minMs / t) ^ `shape`. */
export interface ParetoTime extends Bounds {
  readonly distribution: 'pareto';
  readonly shape: number;
}

export type HandlerTime = UniformTime | ExponentialTime | LognormalTime | ParetoTime;

/** As a sentence has it, after "handlers of": `1 ms`, `0 to 5 ms`, `1 ms at the median (lognormal, sigma 1.2)`. */
export function describeHandlerTime(time: HandlerTime, by: HandlerTimeBy): string {
  const isConstant = time.distribution === 'uniform' && time.minMs === time.maxMs;
  return `${drawnFrom(time)}${by === 'aggregate' && !isConstant ? ', drawn once for each aggregate' : ''}`;
}

function drawnFrom(time: HandlerTime): string {
  switch (time.distribution) {
    case 'uniform':
      return time.minMs === time.maxMs
        ? `${String(time.minMs)} ms`
        : `${String(time.minMs)} to ${String(time.maxMs)} ms`;
    case 'exponential':
      return `${String(time.meanMs)} ms on average (exponential)`;
    case 'lognormal':
      return `${String(time.medianMs)} ms at the median (lognormal, sigma ${String(time.sigma)})`;
    case 'pareto':
      return `${String(time.minMs)} ms or more (Pareto, shape ${String(time.shape)})`;
  }
}
