/** Counts the aggregates that are in several sources, between which no order is known. */
import type { NameTable } from './name-table.js';
import type { Scopes } from './scopes.js';

/** @param units names of units, with the number of their scope */
export function aggregatesInSeveral(units: NameTable, scopes: Scopes): number {
  if (scopes.sources.size < 2) return 0;
  const sourceOf = new Map<string, number>();
  const several = new Set<string>();
  for (let unit = 0; unit < units.size; unit++) {
    const scope = units.scope(unit);
    const name = `${scopes.topicOf(scope)} ${units.text(unit)}`;
    const source = scopes.sourceOf(scope);
    const first = sourceOf.get(name);
    if (first === undefined) sourceOf.set(name, source);
    else if (first !== source) several.add(name);
  }
  return several.size;
}
