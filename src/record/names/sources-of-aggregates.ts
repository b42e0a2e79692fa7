/** Counts the aggregates that are in several sources, between which no order is known. */
import type { NameTable } from './name-table.js';

/**
 * @param units names of aggregates, each with the number of a scope
 * @param sources how many there are
 * @param placeOf number of the topic and of the source of a scope
 */
export function aggregatesInSeveral(
  units: NameTable,
  sources: number,
  placeOf: (scope: number) => { readonly topic: number; readonly source: number },
): number {
  if (sources < 2) return 0;
  const sourceOf = new Map<string, number>();
  const several = new Set<string>();
  for (let unit = 0; unit < units.size; unit++) {
    const { topic, source } = placeOf(units.scope(unit));
    const name = `${topic} ${units.text(unit)}`;
    const first = sourceOf.get(name);
    if (first === undefined) sourceOf.set(name, source);
    else if (first !== source) several.add(name);
  }
  return several.size;
}
