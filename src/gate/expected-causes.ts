/**
 * Compares the causes that a row names with those that its scenario expects of it. Latent causes have broken nothing: only
 * those are looked for that the scenario expects as such.
 */
import type { RunRow } from '../domain/report/run-report.js';
import type { RowExpectation } from '../domain/scenario/scenario.js';

export interface CauseDifferences {
  /** Expected, and not named. */
  readonly missing: readonly string[];
  /** Named, and neither expected nor allowed beside. */
  readonly mistaken: readonly string[];
}

function namedCauses({ causes }: Pick<RunRow, 'causes'>): readonly string[] {
  return causes.filter(({ latent }) => !latent).map(({ id }) => id);
}

/** Nothing differs where the expectation does not speak of causes. */
export function causeDifferences(
  { causes, beside = [], latent = [] }: Pick<RowExpectation, 'causes' | 'beside' | 'latent'>,
  row: Pick<RunRow, 'causes'>,
): CauseDifferences {
  const absent = latent.filter((id) => !row.causes.some((cause) => cause.id === id));
  if (causes === undefined) return { missing: absent, mistaken: [] };
  const named = namedCauses(row);
  const allowed = [...causes, ...beside, ...latent];
  return {
    missing: [...causes.filter((id) => !named.includes(id)), ...absent],
    mistaken: named.filter((id) => !allowed.includes(id)),
  };
}
