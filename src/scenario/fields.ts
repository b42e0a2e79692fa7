/**
 * Lists of a scenario's fields, taken from their declarations in `src/domain/scenario/fields/`. A field is spelled
 * alike everywhere: camelCase in a file, kebab-case as a flag. Loads no package, so that `--help` is there at once.
 */
import type { Protocol } from '../domain/broker/registry.js';
import type { Field } from '../domain/scenario/fields/field.js';
import { fields, kafkaFields } from '../domain/scenario/fields/fields.js';
import type { ScenarioField } from '../domain/scenario/fields/fields.js';
import { inOrder } from '../domain/scenario/fields/in-order.js';

export type { ScenarioField };

export const scenarioFields = Object.keys(fields) as readonly ScenarioField[];

/** Fields that a flag gives too. */
export type FlagField = {
  [F in ScenarioField]: (typeof fields)[F] extends { readonly flag: null } ? never : F;
}[ScenarioField];

/** Fields that have a default. */
export type DefaultedField = {
  [F in ScenarioField]: (typeof fields)[F] extends { readonly default: unknown } ? F : never;
}[ScenarioField];

export function isField(name: string): name is ScenarioField {
  return Object.hasOwn(fields, name);
}

/** Everything that is said of a field. */
export function declarationOf(field: ScenarioField): Field {
  return fields[field];
}

export const flagFields = scenarioFields.filter((field): field is FlagField => declarationOf(field).flag !== null);

/** Fields to which a strategy gives a meaning on the other protocol too. */
export const strategyFields: Readonly<Partial<Record<ScenarioField, string>>> = Object.fromEntries(
  scenarioFields.flatMap((field) => {
    const { readBy } = declarationOf(field);
    return readBy === undefined ? [] : [[field, readBy]];
  }),
);

/** Fields that mean something to this protocol only. */
export function fieldsOfProtocol(protocol: Protocol): readonly ScenarioField[] {
  return scenarioFields.filter((field) => protocolOfField(field) === protocol);
}

function protocolOfField(field: ScenarioField): Protocol | undefined {
  const { protocol, isForEveryProtocol } = declarationOf(field);
  if (isForEveryProtocol === true) return undefined;
  return field in kafkaFields ? 'kafka' : protocol;
}

/** Fields whose values can be swept, in the order in which an error lists them. */
export const sweepFields = inOrder(
  scenarioFields.filter((field) => declarationOf(field).swept),
  { skew: 'handlerTimeBy' },
);

/** Defaults as a user would write them in a file; they pass through the same validation as everything else. */
export const fieldDefaults = Object.fromEntries(
  scenarioFields.flatMap((field) => {
    const usual = declarationOf(field).default;
    return usual === undefined ? [] : [[field, usual]];
  }),
) as Readonly<Record<DefaultedField, NonNullable<Field['default']>>>;

/** How the default of a field is written, for help texts; undefined if it has none. */
export function defaultText(field: ScenarioField): string | undefined {
  const usual = declarationOf(field).default;
  return usual === undefined ? undefined : String(usual);
}

/** `maxAckPending` → `--max-ack-pending`. */
export function flagOf(field: ScenarioField): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
