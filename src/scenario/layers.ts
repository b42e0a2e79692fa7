/**
 * Looks up the value of a field, and where it came from, in three layers: defaults, the file over them, the flags over
 * both.
 */
import { flagOf } from './fields.js';
import type { DefaultedField, ScenarioField } from './fields.js';
import type { ScenarioFile } from './file/scenario-file.js';
import { placeOf } from './problem.js';
import type { ScenarioSettings } from './settings.js';

export class Layers {
  readonly defaults: ScenarioSettings;
  readonly file: ScenarioFile | undefined;
  readonly flags: ScenarioSettings;

  constructor(defaults: ScenarioSettings, file: ScenarioFile | undefined, flags: ScenarioSettings) {
    this.defaults = defaults;
    this.file = file;
    this.flags = flags;
  }

  /** The value from flags or file; undefined if neither has one. */
  given<F extends ScenarioField>(field: F): ScenarioSettings[F] | undefined {
    return this.flags[field] === undefined ? this.file?.settings[field] : this.flags[field];
  }

  /** The value from flags or file, else the default. */
  value<F extends DefaultedField>(field: F): Exclude<ScenarioSettings[F], undefined> {
    const given = this.given(field);
    return (given === undefined ? this.defaults[field] : given) as Exclude<ScenarioSettings[F], undefined>;
  }

  /** Where the value came from, for messages: `--topics`, `quick.yaml, line 3: topics`, or `topics (by default)`. */
  place(field: ScenarioField): string {
    if (this.flags[field] !== undefined) return flagOf(field);
    if (this.file?.settings[field] === undefined) return `${field} (by default)`;
    return placeOf([field], { kind: 'file', ...this.file });
  }
}
