/**
 * How large may a scenario be? Limits far beyond what anybody needs, so that a slip of the finger (`--topics 1e9`) is
 * refused at once and not by a machine out of memory an hour later.
 */

const day = 24 * 60 * 60 * 1000;

export const limits = {
  sweepPoints: 50,
  topics: 1_000,
  aggregates: 1_000_000,
  versions: 10_000_000,
  /** aggregates × versions. */
  events: 1_000_000_000,
  skew: 10,
  asyncWindow: 10_000,
  ratePerSecond: 10_000_000,
  publishersPerAggregate: 100,
  batch: 10_000,
  maxAckPending: 1_000_000,
  maxDeliver: 1_000_000,
  backoffs: 100,
  workers: 65_536,
  queueSize: 1_048_576,
  laneSize: 65_536,
  repeat: 1_000,
  partitions: 1_000,
  members: 100,
  retries: 1_000,
  inFlight: 1_000,
  produceBatchBytes: 1_000_000,
  disturbances: 20,
  /** Seeds are 32-bit, so that no two of them mean the same. */
  seed: 2 ** 32 - 1,
  durationMs: day,
  /** Of a lognormal handler time. */
  sigma: 5,
  /** Of a Pareto handler time. */
  shape: 100,
  violations: 1_000_000_000,
  atRiskPairs: 1_000_000_000,
  expressions: 100,
  nameLength: 100,
  descriptionLength: 10_000,
  fileBytes: 64 * 1024,
  yamlAliases: 50,
} as const;

/** 1000000 → `1,000,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 20 });
}
