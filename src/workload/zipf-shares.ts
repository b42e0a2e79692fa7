/**
 * Distributes a number of events over hot and cold aggregates by Zipf's law. The share of aggregate i, from 0, is
 * proportional to 1 / (i + 1) ^ skew; shares are rounded by largest remainder, and every aggregate gets at least one
 * event. No random number is drawn. Aggregates take the topics in turn, so the hot ones are spread over the topics.
 */

/** Quotas are rounded to a millionth of an event: smaller differences are floating-point noise. */
const perEvent = 1_000_000;

/**
 * @param events number of events to distribute; at least as many as aggregates
 * @param skew the exponent; with 0 all shares are equal
 * @returns the number of events of each aggregate
 */
export function zipfShares(events: number, aggregates: number, skew: number): Int32Array {
  const weights = Float64Array.from({ length: aggregates }, (_, i) => (i + 1) ** -skew);
  const sums = runningSums(weights);
  let shared = aggregates;
  let left = events;
  // Aggregates at the cold end whose share is less than one event get one; the others share the rest.
  while (shared > 1 && (left * weights[shared - 1]!) / sums[shared]! < 1 - 1 / perEvent) {
    shared--;
    left--;
  }
  const quotas = weights.subarray(0, shared).map((weight) => rounded((left * weight) / sums[shared]!));
  const shares = new Int32Array(aggregates).fill(1);
  for (let i = 0; i < shared; i++) shares[i] = Math.floor(quotas[i]!);
  const missing = left - quotas.reduce((sum, quota) => sum + Math.floor(quota), 0);
  const byRemainder = Array.from({ length: shared }, (_, i) => i).sort(
    (a, b) => (quotas[b]! % 1) - (quotas[a]! % 1) || a - b,
  );
  for (const i of byRemainder.slice(0, missing)) shares[i]!++;
  return shares;
}

/** sums[n] is the sum of the first n values. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [i, value] of values.entries()) sums[i + 1] = sums[i]! + value;
  return sums;
}

function rounded(quota: number): number {
  return Math.round(quota * perEvent) / perEvent;
}
