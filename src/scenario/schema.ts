/**
 * The schema of a scenario file: every file and every flag is validated by it, and `docs/scenario.schema.json` is
 * generated from it. All fields are optional; what is absent comes from their defaults.
 */
import { z } from 'zod';
import { inOrder } from '../domain/scenario/fields/in-order.js';
import type { Value, WrittenKind } from '../domain/scenario/fields/value.js';
import type { ValueOf } from '../domain/scenario/scenario.js';
import { declarationOf, scenarioFields } from './fields.js';
import type { ScenarioField } from './fields.js';
import type { ScenarioSettings } from './settings.js';
import { disturbances, handlerTime, publishMode } from './values/actions.js';
import { anomalies, choice, choiceOrNumber, flag, oneOrSeveral } from './values/choices.js';
import { delayOrNone, duration, durationOrNone, durationOrZero, durations } from './values/durations.js';
import { expectations } from './values/expectations.js';
import { integer, integerOr, number, rate, share, shareBetween } from './values/numbers.js';
import { brokers, rowNames, strategyList } from './values/rows.js';
import { sweep } from './values/sweep.js';
import { expressions, name, text } from './values/texts.js';

export type ScenarioSchema = z.ZodType<ScenarioSettings>;

/** How the values of each kind are written. */
const written: {
  readonly [K in WrittenKind]: (value: Value<K>, strategies: readonly string[]) => z.ZodType<ValueOf<Value<K>>>;
} = {
  integer,
  number,
  integerOr,
  rate,
  duration,
  durationOrZero,
  durationOrNone,
  delayOrNone,
  durations,
  share,
  shareBetween,
  choice,
  choiceOrNumber,
  oneOrSeveral,
  switch: flag,
  name,
  text,
  expressions,
  publishMode,
  handlerTime,
  disturbances,
  anomalies,
  brokers,
  strategies: (_, strategies) => strategyList(strategies),
  rowNames: (_, strategies) => rowNames(strategies),
  expectations: (_, strategies) => expectations(strategies),
  sweep,
};

/** Fields that come right after another one in the schema, and elsewhere do not. */
const comesAfter = {
  minAtRisk: 'untilContested',
  confidence: 'minAtRisk',
  within: 'confidence',
  drainTimeout: 'sweep',
} as const;

/**
 * Schema of a scenario file. Its output has parsed values: durations in milliseconds, `unlimited` as null.
 * @param strategies ids of the strategies there are
 */
export function createScenarioSchema(strategies: readonly string[]): ScenarioSchema {
  const key = strategies.join();
  const known = schemas.get(key);
  if (known !== undefined) return known;
  const made = makeSchema(strategies);
  schemas.set(key, made);
  return made;
}

/** Schemas made so far, by their strategies: making one takes longer than using it. */
const schemas = new Map<string, ScenarioSchema>();

function makeSchema(strategies: readonly string[]): ScenarioSchema {
  const shape = inOrder(scenarioFields, comesAfter).map((field) => [field, fieldSchema(field, strategies)] as const);
  return z.strictObject(Object.fromEntries(shape)).partial();
}

function fieldSchema(field: ScenarioField, strategies: readonly string[]): z.ZodType {
  const { about, value, default: usual } = declarationOf(field);
  const schemaOf = written[value.kind as WrittenKind] as (of: Value, strategies: readonly string[]) => z.ZodType;
  return schemaOf(value, strategies).meta({ description: about, ...(usual === undefined ? {} : { default: usual }) });
}
