/**
 * The repeats of one row taken together: how many kept order, and what that says of runs in general. The run is the
 * unit; the rate over pairs takes the runs as clusters.
 */
import type { Rate95 } from './verdict.js';

export interface RunGroup {
  /** The rows' id without its repeat: `single`, `multi/shared@topics=2`. */
  readonly id: string;
  readonly runs: number;
  readonly ordered: number;
  readonly violated: number;
  readonly inconclusive: number;
  /** At most this share of runs loses order, with 95 % confidence. null: a run was violated, or none was ordered. */
  readonly atMost: number | null;
  /** Inverted pairs of all contested ones. Without bounds below five runs; all null where no pair was contested. */
  readonly regressionRate: Rate95;
}
