/**
 * Distributes events over aggregates of which some are hot, by Zipf's law: aggregate i, from 0, gets a share in
 * proportion to 1 / (i + 1) ^ skew of the same number of events in all, at least one, rounded by largest remainder.
 * Nothing is drawn. Aggregates take the topics in turn, so the hot ones are spread over the topics.
 */

/** Quotas are rounded to a millionth of an event: below that is noise of the floating point. */
const perEvent = 1_000_000;

/**
 * @param events in all; at least as many as aggregates
 * @param skew the exponent; 0: even
 * @returns events by aggregate
 */
export function zipfShares(events: number, aggregates: number, skew: number): Int32Array {
  const weights = Float64Array.from({ length: aggregates }, (_, i) => (i + 1) ** -skew);
  const sums = runningSums(weights);
  let shared = aggregates;
  let left = events;
  // Those at the cold end whose share is less than one event get one, and what is left is shared by the others.
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

/** sums[n]: of the first n. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [i, value] of values.entries()) sums[i + 1] = sums[i]! + value;
  return sums;
}

function rounded(quota: number): number {
  return Math.round(quota * perEvent) / perEvent;
}
