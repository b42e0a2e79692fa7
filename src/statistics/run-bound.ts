/**
 * How much R runs without a violation are worth: of how many runs, at most, one may still be violated. The unit is the
 * run. If a share p of all runs were violated, R independent ones would all be ordered with probability (1 − p)^R; the
 * bound is the p at which that has fallen to what is left of the confidence. It is the exact binomial bound for zero
 * events (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934), about 3/R at 95 % (the "rule of three": J. A. Hanley and
 * A. Lippman-Hand, JAMA 249, 1983).
 */

/**
 * The share of runs, 0 to 1, that may be violated at most.
 * @param ordered runs with different seeds that kept order, none of their kind violated; 0: nothing is known, so 1
 * @param confidence between 0 and 1, both excluded
 * @throws {RangeError} for values outside these
 */
export function atMostOfRuns(ordered: number, confidence = 0.95): number {
  checkShare('a confidence', confidence);
  if (!(Number.isInteger(ordered) && ordered >= 0))
    throw new RangeError(`runs are counted, and these are ${String(ordered)}`);
  return ordered === 0 ? 1 : -Math.expm1(Math.log1p(-confidence) / ordered);
}

/**
 * The fewest ordered runs, none violated, that bound the share of violated ones by `within`.
 * @param confidence between 0 and 1, both excluded
 * @param within share of runs, between 0 and 1, both excluded
 * @throws {RangeError} for values outside these
 */
export function runsNeeded(confidence: number, within: number): number {
  checkShare('a confidence', confidence);
  checkShare('a share of runs', within);
  const exact = Math.log1p(-confidence) / Math.log1p(-within);
  // Where the bound is met to the last digit (75 % within 50 %: 2), rounding must not ask for one run more.
  const whole = Math.round(exact);
  return Math.abs(exact - whole) < 1e-9 * whole ? whole : Math.ceil(exact);
}

function checkShare(what: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${what} lies between 0 and 1, and this is ${String(value)}`);
}
