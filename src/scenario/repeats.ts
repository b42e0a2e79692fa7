/**
 * Resolves how often every row is run, and when it is enough. `seeds` and `repeat` are two names of one number, and so
 * are `untilAtRisk` and `untilContested`. A confidence with its share asks for as many further runs as it takes.
 */
import { UsageError } from '../domain/errors.js';
import { runFields } from '../domain/scenario/fields/run-fields.js';
import { orderedRunsFor } from '../domain/scenario/run-bound.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import type { Layers } from './layers.js';
import { formatCount } from './limits.js';
import { placeOf } from './problem.js';
import type { ScenarioField } from './fields.js';
import { flagOf } from './fields.js';

/**
 * Times that every row is run, at least.
 * @throws {UsageError} if it is asked for under both of its names
 */
export function repeatOf(layers: Layers): number {
  return oneOf(layers, 'seeds', 'repeat', () => true) ?? layers.value('repeat');
}

/** @throws {UsageError} if it is asked for under both of its names, and they differ */
export function untilAtRiskOf(layers: Layers): number | null {
  return oneOf(layers, 'untilAtRisk', 'untilContested', (one, other) => one !== other) ?? null;
}

/** @throws {UsageError} if one is given without the other, without a gate, or takes more runs than there may be */
export function confidenceOf(layers: Layers): Pick<Scenario, 'confidence' | 'within'> {
  const [confidence, within] = [layers.given('confidence'), layers.given('within')];
  if (confidence === undefined && within === undefined) return { confidence: null, within: null };
  if (confidence === undefined || within === undefined) throw halfGiven(layers, confidence === undefined);
  if (!hasGate(layers)) {
    throw new UsageError(
      `${layers.place('confidence')} is given, but there is no gate that it could be the confidence of`,
      'give one too, such as --max-violations 0, or leave the confidence out (--seeds N runs N seeds without a gate)',
    );
  }
  const runs = orderedRunsFor(confidence, within);
  if (runs > runFields.repeat.value.max) {
    throw new UsageError(
      `${layers.place('confidence')} with ${layers.place('within')} takes ${formatCount(runs)} ordered runs of every row; allowed: at most ${formatCount(runFields.repeat.value.max)}`,
      'ask for less confidence, or allow a larger share of runs: 95% within 1% takes 299',
    );
  }
  return { confidence, within };
}

function halfGiven(layers: Layers, lacksConfidence: boolean): UsageError {
  const [given, other, example] = lacksConfidence
    ? (['within', 'confidence', '95%'] as const)
    : (['confidence', 'within', '5%'] as const);
  return new UsageError(
    `${layers.place(given)} is given without ${other}, and says nothing alone`,
    `give both, such as ${flagOf(other)} ${example}, or neither`,
  );
}

function hasGate(layers: Layers): boolean {
  const expected = Object.keys(layers.file?.settings.expect ?? {}).length > 0;
  return expected || (layers.given('maxViolations') ?? null) !== null || (layers.given('failOn') ?? []).length > 0;
}

/**
 * The value of a setting that has two names; undefined if it is not given. A flag of either name overrides the file.
 * Both names in the flags, or both in the file, can be a contradiction.
 * @throws {UsageError} if they are
 */
function oneOf(
  layers: Layers,
  one: DoubleName,
  other: DoubleName,
  isContradiction: (one: number | null, other: number | null) => boolean,
): number | null | undefined {
  const flags = { settings: layers.flags, place: flagOf };
  const { file } = layers;
  const settings = [flags, ...(file === undefined ? [] : [{ settings: file.settings, place: placeIn(file) }])];
  for (const { settings: given, place } of settings) {
    const [first, second] = [given[one], given[other]];
    if (first !== undefined && second !== undefined && isContradiction(first, second)) {
      throw new UsageError(
        `${place(one)} is ${shown(first)} and ${place(other)} is ${shown(second)}, and both say the same thing`,
        'leave one of the two out',
      );
    }
    if (first !== undefined || second !== undefined) return first === undefined ? second : first;
  }
  return undefined;
}

type DoubleName = 'seeds' | 'repeat' | 'untilAtRisk' | 'untilContested';

function placeIn(file: NonNullable<Layers['file']>): (field: ScenarioField) => string {
  return (field) => placeOf([field], { kind: 'file', ...file });
}

function shown(value: number | null): string {
  return value === null ? 'none' : formatCount(value);
}
