/**
 * What is a cause? A mechanism of the hazard catalogue whose signature the evidence matches. A rule looks at the
 * verdict of one run, never at how the run was configured, and says how many regressions its signature accounts for;
 * patterns that two rules would claim go to the first.
 */
import type { Cause } from '../domain/run-report.js';
import type { PairPattern, Verdict } from '../domain/verdict.js';

export interface CauseRule {
  readonly id: string;
  /** Whether a regressing pair that looks like this bears the mechanism's signature. */
  matches(pattern: PairPattern): boolean;
  /** Evidence, refutations and remedy. `regressions` is what the rule explains: 0 only if the cause is latent. */
  describe(verdict: Verdict, regressions: number): Omit<Cause, 'id' | 'explains' | 'latent'>;
  /** True if the mechanism is at work though it has not broken order yet. */
  isLatent(verdict: Verdict): boolean;
}

/** A share in per cent with one decimal: `79.8 %`. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
