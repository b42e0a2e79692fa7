/**
 * Computes how many ordered runs show that at most a given share of runs loses order, and the share that they show. The
 * unit is the run, since pairs of one run stand or fall together. If a share p of all runs lost order, R runs with
 * different seeds would all be ordered with probability (1 − p)^R; the bound is the p at which that is as unlikely as 1
 * − confidence. It is the exact binomial bound for zero events (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934),
 * about 3/R at 95 % (the "rule of three": J. A. Hanley and A. Lippman-Hand, JAMA 249, 1983).
 */

export const usualConfidence = 0.95;

/**
 * Ordered runs after which at most a share `within` of runs loses order: 59 for 95 % and 5 %.
 * @param confidence more than 0 and less than 1  @param within likewise
 */
export function orderedRunsFor(confidence: number, within: number): number {
  const exact = Math.log(1 - confidence) / Math.log(1 - within);
  // The rounding of doubles must not add a run.
  return Math.max(1, Math.ceil(exact - 1e-9));
}

/**
 * Upper bound on the share of runs that lose order, after `ordered` runs of which none did: 0.45 for 5, 0.05 for 59.
 * @param ordered 1 or more
 */
export function mostRunsLosingOrder(ordered: number, confidence = usualConfidence): number {
  return 1 - (1 - confidence) ** (1 / ordered);
}
