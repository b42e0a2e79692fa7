/**
 * Compares the causes that a row names with those that its scenario expects of it. Latent causes are left out: they have
 * broken nothing.
 */
import type { RunRow } from '../domain/report/run-report.js';
import type { RowExpectation } from '../domain/scenario/scenario.js';

export interface CauseDifferences {
  /** Expected, and not named. */
  readonly missing: readonly string[];
  /** Named, and neither expected nor allowed beside. */
  readonly mistaken: readonly string[];
}

export function namedCauses({ causes }: Pick<RunRow, 'causes'>): readonly string[] {
  return causes.filter(({ latent }) => !latent).map(({ id }) => id);
}

/** Nothing differs where the expectation does not speak of causes. */
export function causeDifferences(
  { causes, beside = [] }: Pick<RowExpectation, 'causes' | 'beside'>,
  row: Pick<RunRow, 'causes'>,
): CauseDifferences {
  if (causes === undefined) return { missing: [], mistaken: [] };
  const named = namedCauses(row);
  return {
    missing: causes.filter((id) => !named.includes(id)),
    mistaken: named.filter((id) => !causes.includes(id) && !beside.includes(id)),
  };
}
