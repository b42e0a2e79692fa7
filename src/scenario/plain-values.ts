/** Resolves the fields that depend on no other field: the value given, else the default, else what absence means. */
import type { Fields } from '../domain/scenario/fields/field.js';
import type { Resolved } from '../domain/scenario/scenario.js';
import type { DefaultedField, ScenarioField } from './fields.js';
import type { Layers } from './layers.js';

/** Fields that have a default, or a meaning where they are absent. */
type Plain<F> = {
  [
    Name in keyof F as F[Name] extends { readonly default: unknown } | { readonly absent: unknown } ? Name : never
  ]: F[Name];
};

/** @returns the values by the names that the scenario has for them */
export function plainValues<F extends Fields>(fields: F, layers: Layers): Resolved<Plain<F>> {
  const resolved = Object.entries(fields).flatMap(([field, { resolved, default: usual, absent }]) => {
    if (resolved === null || (usual === undefined && absent === undefined)) return [];
    const value: unknown =
      absent === undefined ? layers.value(field as DefaultedField) : (layers.given(field as ScenarioField) ?? absent);
    return [[resolved?.name ?? field, value]];
  });
  return Object.fromEntries(resolved) as Resolved<Plain<F>>;
}
