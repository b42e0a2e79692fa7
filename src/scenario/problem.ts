/**
 * Puts into words what is wrong with a setting, and what would be right. A problem says where the value came from (a
 * flag, or a line of a file), the field, the value, what is allowed, and the nearest known name if it looks like a
 * typing error.
 */
import type { z } from 'zod';
import { UsageError } from '../domain/errors.js';
import { defaultText, flagOf, scenarioFields } from './fields.js';
import type { ScenarioField } from './fields.js';
import { nearest } from './nearest.js';

/** Where the values came from, and at which line each is, where there are lines. */
export type SettingsSource = (
  | { readonly kind: 'flags' }
  | { readonly kind: 'file'; readonly path: string; readonly lineOf: (path: readonly PropertyKey[]) => number | null }
) & { readonly command?: SettingsCommand | undefined };

/** The command that the values are for; `run` if absent. */
export interface SettingsCommand {
  readonly name: string;
  /** Where they differ from those of `run`. */
  readonly defaults?: Readonly<Partial<Record<ScenarioField, unknown>>> | undefined;
}

/** How many names a message lists. */
const knownMax = 20;

interface Problem {
  readonly line: number;
  readonly message: string;
  readonly wayOut: string;
}

/** Makes an error of the first problem in reading order, with the number of those that follow. */
export function settingsError(
  issues: readonly z.core.$ZodIssue[],
  values: unknown,
  source: SettingsSource,
): UsageError {
  const problems = [...onePerPlace(issues)]
    .flatMap((issue) => describeIssue(issue, values, source))
    .sort((a, b) => a.line - b.line);
  const first = problems[0];
  if (first === undefined) throw new Error('a validation failed without an issue');
  const others = problems.length - 1;
  const more =
    others === 0 ? '' : ` (and ${String(others)} more ${others === 1 ? 'problem' : 'problems'} after this one)`;
  return new UsageError(first.message, first.wayOut + more);
}

/** A value that is wrong in two ways is one problem. */
function onePerPlace(issues: readonly z.core.$ZodIssue[]): Iterable<z.core.$ZodIssue> {
  const places = new Map<string, z.core.$ZodIssue>();
  for (const issue of issues) {
    const place = JSON.stringify([issue.path.map(String), issue.code === 'unrecognized_keys']);
    if (!places.has(place)) places.set(place, issue);
  }
  return places.values();
}

function describeIssue(issue: z.core.$ZodIssue, values: unknown, source: SettingsSource): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField([...issue.path, key], source));
  }
  const params = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const known: unknown = params['known'];
  if (Array.isArray(known)) return [unknownField(issue.path, source, known as readonly string[])];
  const place = placeOf(issue.path, source);
  const line = lineOf(issue.path, source);
  const allowed = allowedNames(issue);
  const value = offending(valueAt(values, issue.path), allowed);
  const whole = valueAt(values, issue.path.slice(0, 1));
  const is =
    value === '' && Array.isArray(whole) && whole.length > 1 ? 'has an empty item' : `is ${shown(value, source)}`;
  const { wrong, example: right } = params;
  if (typeof wrong === 'string' && typeof right === 'string') {
    const message = `${place} ${is}: ${wrong}; allowed: ${issue.message}`;
    return [{ line, message, wayOut: `write for example ${source.kind === 'flags' ? `${place} ${right}` : right}` }];
  }
  const near = typeof value === 'string' ? nearest(value, allowed) : null;
  return [
    {
      line,
      message: `${place} ${is}; allowed: ${issue.message}`,
      wayOut: near === null ? example(issue.path, source) : `did you mean ${near}?`,
    },
  ];
}

function unknownField(
  path: readonly PropertyKey[],
  source: SettingsSource,
  known: readonly string[] = path.length === 1 ? scenarioFields : ['outcome', 'that'],
): Problem {
  const key = String(path.at(-1));
  const near = nearest(key, known);
  const within = path.length === 1 ? '' : ` in ${joined(path.slice(0, -1))}`;
  return {
    line: lineOf(path, source),
    message: `${linePrefix(path, source)}unknown field "${key}"${within}`,
    wayOut: near === null ? listOf(known) : `did you mean ${near}?`,
  };
}

/** All of a few names; of many, where they are. */
function listOf(known: readonly string[]): string {
  if (known.length <= knownMax) return `known fields are ${known.join(', ')}`;
  return 'docs/SCENARIOS.md lists the fields; those with a flag are in eventbus-bench run --help-all';
}

/** `--topics`, or `quick.yaml, line 3: topics`. */
export function placeOf(path: readonly PropertyKey[], source: SettingsSource): string {
  if (source.kind === 'flags') return flagOf(path[0] as ScenarioField);
  return path.length === 0 ? source.path : linePrefix(path, source) + joined(path);
}

function linePrefix(path: readonly PropertyKey[], source: SettingsSource): string {
  if (source.kind === 'flags') return '';
  const line = source.lineOf(path);
  return line === null ? `${source.path}: ` : `${source.path}, line ${String(line)}: `;
}

function lineOf(path: readonly PropertyKey[], source: SettingsSource): number {
  return (source.kind === 'file' ? source.lineOf(path) : null) ?? 0;
}

function example(path: readonly PropertyKey[], source: SettingsSource): string {
  const field = path[0] as ScenarioField | undefined;
  const { name = 'run', defaults = {} } = source.command ?? {};
  const usual = field === undefined || path.length > 1 ? undefined : usualText(field, defaults);
  const where = source.kind === 'flags' ? `see eventbus-bench ${name} --help` : 'docs/SCENARIOS.md lists the fields';
  if (usual === undefined) return where;
  return `the default is ${source.kind === 'flags' ? `${flagOf(field!)} ` : `${String(field)}: `}${usual}; ${where}`;
}

/** How the default is written; undefined if there is none, or it is a list. */
function usualText(field: ScenarioField, defaults: NonNullable<SettingsCommand['defaults']>): string | undefined {
  const other = defaults[field];
  if (other === undefined) return defaultText(field);
  return typeof other === 'string' || typeof other === 'number' ? String(other) : undefined;
}

/** Of a list that may hold certain names only, the first that it may not hold. */
function offending(value: unknown, allowed: readonly string[]): unknown {
  if (!Array.isArray(value) || allowed.length === 0) return value;
  return value.find((item) => !allowed.includes(item as string)) ?? value;
}

/** Names that would have been valid here, including those of alternatives. */
function allowedNames(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.filter((value) => typeof value === 'string');
  if (issue.code === 'invalid_union') return issue.errors.flatMap((alternative) => alternative.flatMap(allowedNames));
  return [];
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    values,
  );
}

/** A value as a message can hold it: short, and on one line. */
function shown(value: unknown, source: SettingsSource): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (source.kind === 'flags' && typeof value === 'string' && /^[\w.:%+@-]{1,60}$/.test(value)) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function joined(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => (typeof key === 'number' ? `[${String(key + 1)}]` : at === 0 ? String(key) : ` → ${String(key)}`))
    .join('');
}
