/** Marks the candidates worth a thought: those that held order and that no other one beats in every respect. */
import type { OwnFigures } from './candidate.js';

/** Less is better; null: not known, so nothing is beaten by it. */
type Costs = readonly (number | null)[];

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
