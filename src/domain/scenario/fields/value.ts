/**
 * The kinds of values that the fields of a scenario have, as plain data: each kind with its parameters, such as a
 * range. For each kind, `src/scenario/values/` says how a file writes it, `src/report/contract/scenario-values.ts` what
 * it is in JSON, and {@link ValueOf} in `scenario.ts` which TypeScript type it becomes.
 */

export type Names = readonly [string, ...string[]];

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Example {
  /** A value as it is written, for error texts. */
  readonly example: string;
}

export interface Choices {
  readonly of: Names;
}

export interface Length {
  readonly maxLength: number;
}

/** The parameters of each kind. */
interface Parameters {
  readonly integer: Range;
  readonly number: Range;
  /** A whole number, or a word that stands for null. */
  readonly integerOr: Range & { readonly word: string };
  /** Events per second, or `unlimited`, which stands for null. */
  readonly rate: object;
  /** More than 0. */
  readonly duration: Example;
  readonly durationOrZero: Example;
  /** More than 0, or `none`, which stands for null. */
  readonly durationOrNone: Example;
  /** A range of delays, more than 0 and at most a minute at its upper end, or `none`, which stands for null. */
  readonly delayOrNone: Example;
  readonly durations: object;
  /** From 0 to 1. */
  readonly share: object;
  /** More than 0 and less than 1. */
  readonly shareBetween: Example;
  readonly choice: Choices;
  /** Names, and the numbers that stand for some of them elsewhere. */
  readonly choiceOrNumber: Choices & { readonly numbers: Readonly<Record<number, string>> };
  readonly oneOrSeveral: Choices;
  readonly switch: object;
  /** Part of a file name. */
  readonly name: Length;
  readonly text: Length;
  readonly expressions: object;
  readonly publishMode: object;
  readonly handlerTime: object;
  readonly disturbances: object;
  readonly anomalies: object;
  readonly brokers: object;
  /** Strategies, each alone or with its mode. */
  readonly strategies: object;
  /** Names of rows; none: all of them. */
  readonly rowNames: object;
  readonly expectations: object;
  readonly sweep: object;

  // What a resolved scenario has beside its fields; nobody writes these.
  readonly modeRows: object;
  readonly strategyIds: object;
  readonly rowSpecs: object;
  readonly kafkaSettings: object;
}

export type Kind = keyof Parameters;

/** Kinds that a file or a flag can give. */
export type WrittenKind = Exclude<Kind, 'modeRows' | 'strategyIds' | 'rowSpecs' | 'kafkaSettings'>;

export type Value<K extends Kind = Kind> = { [Each in K]: { readonly kind: Each } & Parameters[Each] }[K];

/** How the value of a kind looks in JSON once it is resolved, and how it is typed behind a flag. */
interface Look {
  readonly json: 'string' | 'number' | 'boolean' | 'list' | 'object';
  /** A word stands for null. */
  readonly orNull?: true;
  /**
   * `one` value, a number where it looks like one; a `text` even then; `names`, one or several; a `list`; a `map` of
   * lists; a `switch` that takes nothing.
   */
  readonly typed: 'one' | 'text' | 'names' | 'list' | 'map' | 'switch';
}

export const looks: Readonly<Record<Kind, Look>> = {
  integer: { json: 'number', typed: 'one' },
  number: { json: 'number', typed: 'one' },
  integerOr: { json: 'number', orNull: true, typed: 'one' },
  rate: { json: 'number', orNull: true, typed: 'one' },
  duration: { json: 'number', typed: 'one' },
  durationOrZero: { json: 'number', typed: 'one' },
  durationOrNone: { json: 'number', orNull: true, typed: 'one' },
  delayOrNone: { json: 'object', orNull: true, typed: 'one' },
  durations: { json: 'list', typed: 'list' },
  share: { json: 'number', typed: 'one' },
  shareBetween: { json: 'number', typed: 'one' },
  choice: { json: 'string', typed: 'one' },
  choiceOrNumber: { json: 'string', typed: 'one' },
  oneOrSeveral: { json: 'list', typed: 'names' },
  switch: { json: 'boolean', typed: 'switch' },
  name: { json: 'string', typed: 'text' },
  text: { json: 'string', typed: 'text' },
  expressions: { json: 'list', typed: 'list' },
  publishMode: { json: 'object', typed: 'one' },
  handlerTime: { json: 'object', typed: 'one' },
  disturbances: { json: 'list', typed: 'list' },
  anomalies: { json: 'list', typed: 'list' },
  brokers: { json: 'list', typed: 'names' },
  strategies: { json: 'list', typed: 'names' },
  rowNames: { json: 'list', typed: 'names' },
  expectations: { json: 'object', typed: 'one' },
  sweep: { json: 'list', typed: 'map' },
  modeRows: { json: 'list', typed: 'one' },
  strategyIds: { json: 'list', typed: 'one' },
  rowSpecs: { json: 'list', typed: 'one' },
  kafkaSettings: { json: 'object', typed: 'one' },
};

/** A whole number. */
export function integer(min: number, max: number): Value<'integer'> {
  return { kind: 'integer', min, max };
}

/** A number, whole or not. */
export function number(min: number, max: number): Value<'number'> {
  return { kind: 'number', min, max };
}

export function integerOr(word: string, min: number, max: number): Value<'integerOr'> {
  return { kind: 'integerOr', word, min, max };
}

export function duration(example: string): Value<'duration'> {
  return { kind: 'duration', example };
}

export function choice<const Of extends Names>(...of: Of): { readonly kind: 'choice'; readonly of: Of } {
  return { kind: 'choice', of };
}

export function oneOrSeveral<const Of extends Names>(...of: Of): { readonly kind: 'oneOrSeveral'; readonly of: Of } {
  return { kind: 'oneOrSeveral', of };
}
