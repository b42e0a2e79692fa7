/**
 * Fisher's exact test of two shares (R. A. Fisher, Journal of the Royal Statistical Society 85, 1922): how likely two
 * samples differ at least as much as these do if both come from one source. It is exact for samples of any size.
 */

/** So many of so many came out in some way. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/**
 * The two-sided p-value: the probability of all tables with the same margins that are no more likely than this one.
 * @throws {RangeError} if a share has more hits than members, or a number is negative or not whole
 */
export function fisherExact(one: Share, other: Share): number {
  for (const { hits, of } of [one, other]) {
    if (!Number.isInteger(hits) || !Number.isInteger(of) || hits < 0 || hits > of) {
      throw new RangeError(`${String(hits)} of ${String(of)} is no share`);
    }
  }
  const hits = one.hits + other.hits;
  const least = Math.max(0, hits - other.of);
  const most = Math.min(hits, one.of);
  const logs = Array.from({ length: most - least + 1 }, (_, at) => {
    const inOne = least + at;
    return logChoose(one.of, inOne) + logChoose(other.of, hits - inOne) - logChoose(one.of + other.of, hits);
  });
  const found = logs[one.hits - least]!;
  // Equally likely tables must count as such in spite of the rounding of logarithms.
  const sum = logs.filter((log) => log <= found + 1e-7).reduce((total, log) => total + Math.exp(log), 0);
  return Math.min(1, sum);
}

/** Logarithm of the number of ways to choose `k` of `n`. */
function logChoose(n: number, k: number): number {
  let log = 0;
  for (let at = 1; at <= k; at += 1) log += Math.log((n - k + at) / at);
  return log;
}
