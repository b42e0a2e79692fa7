/**
 * Resolves the scenario at each point of a sweep: from the same layers, with the swept field's value over all of them.
 */
import { UsageError } from '../domain/errors.js';
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
    variants.set(keyOf({ field, value }), variantAt({ field, value }, input));
  }
  return (point) => variants.get(keyOf(point)) ?? scenario;
}

function variantAt({ field, value }: SweepPoint, input: ScenarioInput): Scenario {
  try {
    return resolveScenario({ ...input, flags: { ...input.flags, [field]: value } });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`sweep (--sweep), ${field}=${value}: ${error.message}`, error.wayOut, { cause: error });
  }
}

function keyOf({ field, value }: SweepPoint): string {
  return `${field}=${value}`;
}
