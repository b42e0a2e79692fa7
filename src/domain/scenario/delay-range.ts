/** A delay that is drawn evenly from a range. */

export interface DelayRange {
  /** Milliseconds; at least 0. */
  readonly minMs: number;
  /** Milliseconds; more than 0, and not less than `minMs`. */
  readonly maxMs: number;
}

/** As a sentence has it: `1 ms`, `0 to 2 ms`. */
export function describeDelay({ minMs, maxMs }: DelayRange): string {
  return minMs === maxMs ? `${String(minMs)} ms` : `${String(minMs)} to ${String(maxMs)} ms`;
}

export function meanMsOf({ minMs, maxMs }: DelayRange): number {
  return (minMs + maxMs) / 2;
}
