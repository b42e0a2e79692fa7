/**
 * Resolves the scenario at each point of a sweep: from the same layers, with the swept field's value over all of them.
 */
import type { Scenario } from '../domain/scenario/scenario.js';
import type { SweepPoint } from '../domain/report/sweep-point.js';
import { resolveScenario, type ScenarioInput } from './resolve.js';

/**
 * Resolves the scenarios of all points at once, so that an invalid value is reported before anything is run.
 * @param input what `scenario` was resolved from
 * @throws {UsageError} naming the field and the value
 */
export function variantsOf(scenario: Scenario, input: ScenarioInput): (point: SweepPoint) => Scenario {
  const variants = new Map<string, Scenario>();
  for (const { field, value } of scenario.sweep) {
    const variant = resolveScenario({ ...input, flags: { ...input.flags, [field]: value } });
    variants.set(keyOf({ field, value }), variant);
  }
  return (point) => variants.get(keyOf(point)) ?? scenario;
}

function keyOf({ field, value }: SweepPoint): string {
  return `${field}=${value}`;
}
