/**
 * Finds the Pareto-optimal candidates: those that held order, and for which no other candidate that held order is as
 * good in throughput, p99 and events held, and better in one of them.
 */
import type { OwnFigures } from './candidate.js';

/** Less is better. null: not known; a candidate with an unknown cost neither beats another nor is beaten. */
type Costs = readonly (number | null)[];

/** @returns the names of the candidates */
export function paretoOptimal(candidates: readonly OwnFigures[]): ReadonlySet<string> {
  const held = candidates.filter(({ outcome }) => outcome === 'ordered');
  const best = held.filter((one) => !held.some((other) => beats(costsOf(other), costsOf(one))));
  return new Set(best.map(({ name }) => name));
}

function costsOf({ handledPerSecond, p99Ms, heldMax }: OwnFigures): Costs {
  return [handledPerSecond === null ? null : -handledPerSecond, p99Ms, heldMax];
}

function beats(one: Costs, other: Costs): boolean {
  const pairs = one.map((cost, at) => [cost, other[at] ?? null] as const);
  const isNoWorse = pairs.every(([a, b]) => a !== null && b !== null && a <= b);
  return isNoWorse && pairs.some(([a, b]) => a! < b!);
}
