/** Reads a scenario file: its settings, validated, with the line of each for messages that come later. */
import type { SettingsCommand, SettingsSource } from '../problem.js';
import { settingsError } from '../problem.js';
import { readScenarioText } from './read-text.js';
import { createScenarioSchema } from '../schema.js';
import type { ScenarioSettings } from '../settings.js';
import { parseYaml } from './yaml-document.js';

export interface ScenarioFile {
  /** As the user named it. */
  readonly path: string;
  readonly settings: ScenarioSettings;
  /** Line of a field, from 1; null if unknown. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
}

export interface ScenarioFileOptions {
  /** Ids of the strategies there are. */
  readonly strategies: readonly string[];
  /** Folders whose scenarios are suggested for a file that is missing. */
  readonly folders?: readonly string[];
  readonly command?: SettingsCommand;
}

/** @throws {UsageError} naming file, line, field, value and what is allowed */
export function loadScenarioFile(path: string, options: ScenarioFileOptions): ScenarioFile {
  return parseScenarioFile(readScenarioText(path, options.folders ?? []), path, options);
}

/** Like {@link loadScenarioFile}, for a text that was read already; `path` is for messages. */
export function parseScenarioFile(text: string, path: string, options: ScenarioFileOptions): ScenarioFile {
  const { value, lineOf } = parseYaml(text, path);
  const source: SettingsSource = { kind: 'file', path, lineOf, command: options.command };
  const result = createScenarioSchema(options.strategies).safeParse(value);
  if (!result.success) throw settingsError(result.error.issues, value, source);
  return { path, settings: result.data, lineOf };
}
