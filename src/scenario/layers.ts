/** Which value has a field, and where did it come from? Three layers: defaults, the file over them, the flags over both. */
import type { fieldDefaults } from './defaults.js';
import { flagOf } from './fields.js';
import type { ScenarioField } from './fields.js';
import { placeOf } from './problem.js';
import type { ScenarioFile } from './file/scenario-file.js';
import type { ScenarioSettings } from './schema.js';

type Defaulted = keyof typeof fieldDefaults;

export class Layers {
  readonly defaults: ScenarioSettings;
  readonly file: ScenarioFile | undefined;
  readonly flags: ScenarioSettings;

  constructor(defaults: ScenarioSettings, file: ScenarioFile | undefined, flags: ScenarioSettings) {
    this.defaults = defaults;
    this.file = file;
    this.flags = flags;
  }

  given<Field extends ScenarioField>(field: Field): ScenarioSettings[Field] {
    return this.flags[field] === undefined ? this.file?.settings[field] : this.flags[field];
  }

  value<Field extends Defaulted>(field: Field): Exclude<ScenarioSettings[Field], undefined> {
    const given = this.given(field);
    return (given === undefined ? this.defaults[field] : given) as Exclude<ScenarioSettings[Field], undefined>;
  }

  /** `--topics`, `quick.yaml, line 3: topics`, or `topics (by default)`. */
  place(field: ScenarioField): string {
    if (this.flags[field] !== undefined) return flagOf(field);
    if (this.file?.settings[field] === undefined) return `${field} (by default)`;
    return placeOf([field], { kind: 'file', ...this.file });
  }
}
