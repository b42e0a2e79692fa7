/** Settings: what a file or a set of flags says, validated and parsed. A field that was not given is absent. */
import type { fields, ScenarioField } from '../domain/scenario/fields/fields.js';
import type { ValueOf } from '../domain/scenario/scenario.js';

export type ScenarioSettings = {
  readonly [F in ScenarioField]?: ValueOf<(typeof fields)[F]['value']>;
};
