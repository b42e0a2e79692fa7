/**
 * The confusion matrix of hazards: what was injected, against what was diagnosed. Each run of a hazard is counted once,
 * by the worst that it shows.
 */

/** From the best to the worst. */
export const runResults = [
  /** Every expected cause was named, and no other; of a control: order held, and no cause was named. */
  'named',
  /** The mechanism did not show in this run, so there was nothing to name. */
  'notShown',
  /** The mechanism showed, and its cause was not named. */
  'missed',
  /** A cause was named that is not at work. */
  'mistaken',
  /** The row was called ordered, though order is lost; or a control was called violated. */
  'misjudged',
  /** An error ended the run. */
  'failed',
] as const;
export type RunResult = (typeof runResults)[number];

export interface HazardTally {
  readonly id: string;
  readonly isControl: boolean;
  readonly brokers: readonly string[];
  readonly runs: number;
  readonly results: Readonly<Record<RunResult, number>>;
  /** Runs that named each cause, latent ones aside; causes that no run named are left out. */
  readonly diagnosed: Readonly<Record<string, number>>;
  /** Runs that named each cause as latent: at work, though nothing that it breaks was broken by it. */
  readonly latent: Readonly<Record<string, number>>;
  /** Runs with anomalies that no cause explains. */
  readonly unexplained: number;
  /** The first run of the worst result that is a fault of the diagnosis; null: there is none. */
  readonly worst: { readonly row: string; readonly seed: number; readonly result: RunResult } | null;
}

export interface SelfTestResult {
  /** `failed`: a cause was missed or mistaken, a row misjudged, or a run failed. `undecided`: a hazard never showed. */
  readonly outcome: 'held' | 'failed' | 'undecided';
  readonly hazards: readonly HazardTally[];
}

export interface HazardMatrix extends SelfTestResult {
  /** Ids of hazards that none of the brokers can have. */
  readonly leftOut: readonly string[];
}

/** Runs whose verdict or diagnosis was at fault. */
export function wrongIn({ results: { missed, mistaken, misjudged, failed } }: Pick<HazardTally, 'results'>): number {
  return missed + mistaken + misjudged + failed;
}
