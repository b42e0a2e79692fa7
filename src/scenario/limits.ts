/**
 * Limits that do not belong to a single field; a field's own limits are in its declaration. All are far beyond what
 * anybody needs, so that a typing error (`--topics 1e9`) is refused at once, and not by a machine out of memory an hour
 * later.
 */

const day = 24 * 60 * 60 * 1000;

export const limits = {
  sweepPoints: 50,
  /** aggregates × versions. */
  events: 1_000_000_000,
  asyncWindow: 10_000,
  /** Each has a connection. */
  senders: 100,
  ratePerSecond: 10_000_000,
  backoffs: 100,
  disturbances: 20,
  durationMs: day,
  /** Of a perturbation, which every event meets five times. */
  delayMs: 60 * 1000,
  /** Of a lognormal handler time. */
  sigma: 5,
  /** Of a Pareto handler time. */
  shape: 100,
  expressions: 100,
  fileBytes: 64 * 1024,
  yamlAliases: 50,
} as const;

/** 1000000 → `1,000,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 20 });
}
