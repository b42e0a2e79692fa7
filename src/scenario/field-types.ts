/**
 * Of which kinds are the fields of a scenario? Each kind is a zod schema that carries, as the message of every way to
 * get it wrong, the one phrase that says what is allowed; error texts and editors are made from it.
 */
import { z } from 'zod';
import { disturbancePattern, parseDisturbance } from './notation/disturbance.js';
import { durationPattern, parseDuration } from './notation/duration.js';
import { sweepFields } from './fields.js';
import { handlerTimeForms, handlerTimePattern, parseHandlerTime } from './notation/handler-time.js';
import { formatCount, limits } from './limits.js';
import { parsePublishMode, publishModePattern } from './notation/publish-mode.js';
import { strategyNames } from './row-names.js';
import { parseShare, percentPattern } from './notation/share.js';

export function integer(min: number, max: number) {
  const error = `a whole number from ${formatCount(min)} to ${formatCount(max)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A number, whole or not. */
export function number(min: number, max: number) {
  const error = `a number from ${formatCount(min)} to ${formatCount(max)}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A whole number, or a word that stands for null. */
export function integerOr<const Word extends string>(min: number, max: number, word: Word) {
  const error = `a whole number from ${formatCount(min)} to ${formatCount(max)}, or ${word}`;
  const number = z.int({ error }).min(min, { error }).max(max, { error });
  return z
    .union([number, z.literal(word, { error })], { error })
    .transform((value) => (typeof value === 'string' ? null : value));
}

/** Names, and the numbers that stand for some of them elsewhere: Kafka's acks 0, 1 and -1. */
export function choiceOrNumber<const Values extends readonly [string, ...string[]]>(
  values: Values,
  numbers: Readonly<Record<number, Values[number]>>,
) {
  const error = `${listed(values)} (or ${Object.keys(numbers).join(', ')})`;
  const number = z.int({ error }).refine((value) => value in numbers, { error });
  return z
    .union([z.enum(values, { error }), number], { error })
    .transform((value): Values[number] => (typeof value === 'number' ? numbers[value]! : value));
}

export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: listed(values) });
}

/** Any of the values, one or several. */
export function choices<const Values extends readonly [string, ...string[]]>(values: Values, minLength: 0 | 1) {
  const error = `a list, with one or more of ${listed(values)}`;
  return z.array(z.enum(values, { error: listed(values) }), { error }).min(minLength, { error });
}

/** Milliseconds, more than 0 and at most a day. */
export function duration(example: string) {
  const error = `a duration with its unit, more than 0 and at most 24h, such as ${example}`;
  return z
    .string({ error })
    .regex(durationPattern, { error })
    .transform((text) => parseDuration(text) ?? NaN)
    .refine((ms) => ms > 0 && ms <= limits.durationMs, { error });
}

/** Milliseconds, from 0 to a day. */
export function durationOrZero(example: string) {
  const error = `a duration with its unit, at most 24h, such as ${example}, or 0`;
  return z
    .union([z.string({ error }).regex(durationPattern, { error }), z.literal(0, { error })], { error })
    .transform((value) => parseDuration(String(value)) ?? NaN)
    .refine((ms) => ms >= 0 && ms <= limits.durationMs, { error });
}

/** Milliseconds, more than 0; null for `none`. */
export function durationOrNone(example: string) {
  const error = `a duration with its unit, more than 0 and at most 24h, such as ${example}, or none`;
  return z
    .union([z.string({ error }).regex(durationPattern, { error }), z.literal('none', { error })], { error })
    .transform((value) => (value === 'none' ? null : (parseDuration(value) ?? NaN)))
    .refine((ms) => ms === null || (ms > 0 && ms <= limits.durationMs), { error });
}

export function flag() {
  return z.boolean({ error: 'true or false' });
}

/** One of the names, or several: a list in a file, separated by commas as a flag. What they stand for comes out once. */
export function oneOrSeveral<const Values extends readonly [string, ...string[]]>(values: Values) {
  const error = `${listed(values)}, or a list of these`;
  const name = z.enum(values, { error });
  return z
    .union([name, z.array(name, { error }).min(1, { error })], { error })
    .transform((given) => [given].flat() as readonly Values[number][]);
}

/** Strategies, each alone or with its mode, and each once. */
export function strategyList(strategies: readonly string[]) {
  const error = `${listed(strategies)}; one with its mode, such as multi/shared+${strategies[0]!}; or a list of these`;
  const name = z.enum(strategyNames(strategies) as [string, ...string[]], { error });
  const twice = 'each strategy once';
  const once = z.array(name, { error }).min(1, { error });
  return z
    .union([name, once.refine((names) => new Set(names).size === names.length, { error: twice })], { error })
    .transform((given) => [given].flat());
}

/**
 * Names of rows, one or several; `all` stands for an empty list. Which rows there are is known only with the rest of
 * the scenario, so any text passes here.
 * @param pattern of the names there can be, for editors
 */
export function rowNames(pattern: string) {
  const error = 'all, or rows by name, such as single, nats:single or multi/shared+serial; or a list of these';
  const name = z
    .string({ error })
    .min(1, { error })
    .meta({ pattern: `^all$|${pattern}` });
  return z
    .union([name, z.array(name, { error }).min(1, { error })], { error })
    .transform((given) => ([given].flat().includes('all') ? [] : [...new Set([given].flat())]));
}

/** Field → values; comes out as one point a value. */
export function sweep() {
  const error = 'a map from fields to lists of values, such as topics=1,2,5 (in a file: topics: [1, 2, 5])';
  const value = z.union([z.string({ error }).min(1, { error }), z.number({ error }), z.boolean({ error })], { error });
  const values = z.array(value, { error }).min(1, { error }).max(limits.sweepPoints, { error });
  return z
    .record(z.string(), values, { error })
    .superRefine((swept, context) => {
      for (const [field, list] of Object.entries(swept)) {
        if (!(sweepFields as readonly string[]).includes(field)) {
          context.addIssue({ code: 'custom', path: [field], message: error, params: { known: sweepFields } });
        } else if (new Set(list.map(String)).size < list.length) {
          context.addIssue({ code: 'custom', path: [field], message: 'each value once' });
        }
      }
    })
    .transform((swept) =>
      Object.entries(swept).flatMap(([field, list]) => list.map((one) => ({ field, value: String(one) }))),
    );
}

export function disturbances() {
  const error =
    'a list of join, leave, stall:2s, pause:2s, partitions:6, restart:500ms, crash:300ms, workers:5 or refuse:200ms, each with the share of events at which it comes, such as join@50%';
  const one = z
    .string({ error })
    .regex(disturbancePattern, { error })
    .transform(parseDisturbance)
    .refine((disturbance) => disturbance !== null, { error });
  return z.array(one, { error }).max(limits.disturbances, { error });
}

export function handlerTime() {
  const error = handlerTimeForms;
  return z
    .union([z.string({ error }).regex(handlerTimePattern, { error }), z.literal(0, { error })], { error })
    .transform((value) => parseHandlerTime(String(value)))
    .refine((time) => time !== null, { error });
}

export function durationList() {
  const error = 'a list of durations such as [1s, 5s]';
  return z.array(duration('1s'), { error }).max(limits.backoffs, { error });
}

/** A number from 0 to 1. */
export function share() {
  const error = 'a share from 0 to 1 such as 0.01, or from 0% to 100% such as 1%';
  const number = z.number({ error }).min(0, { error }).max(1, { error });
  return z
    .union([number, z.string({ error }).regex(percentPattern, { error })], { error })
    .transform((value) => parseShare(value) ?? NaN)
    .refine((value) => !Number.isNaN(value), { error });
}

/** A number more than 0 and less than 1. */
export function shareBetween(example: string) {
  const error = `a share more than 0% and less than 100%, such as ${example} or ${String(parseShare(example))}`;
  const number = z.number({ error }).gt(0, { error }).lt(1, { error });
  return z
    .union([number, z.string({ error }).regex(percentPattern, { error })], { error })
    .transform((value) => parseShare(value) ?? NaN)
    .refine((value) => value > 0 && value < 1, { error });
}

/** Events per second; null where unlimited. */
export function rate() {
  const error = `a number of events per second, more than 0 and at most ${formatCount(limits.ratePerSecond)}, or unlimited`;
  const number = z.number({ error }).positive({ error }).max(limits.ratePerSecond, { error });
  return z
    .union([number, z.literal('unlimited', { error })], { error })
    .transform((value) => (typeof value === 'string' ? null : value));
}

export function publishMode() {
  const error = `serial, handled, or async:N with N from 1 to ${formatCount(limits.asyncWindow)}`;
  return z
    .string({ error })
    .regex(publishModePattern, { error })
    .transform(parsePublishMode)
    .refine((mode) => mode !== null, { error });
}

/** Part of a file name: nothing that could lead out of the report folder. */
export function name() {
  const error = `up to ${String(limits.nameLength)} letters, digits, dots, dashes and underscores, without slashes or two dots in a row, since it names a file in the report folder`;
  return z
    .string({ error })
    .max(limits.nameLength, { error })
    .regex(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]*$/, { error });
}

export function text(maxLength: number) {
  const error = `a text of at most ${formatCount(maxLength)} characters`;
  return z.string({ error }).max(maxLength, { error });
}

export function expressions() {
  const error = 'a list of expressions such as [regressions>0]';
  const one = 'an expression such as regressions>0';
  return z
    .array(z.string({ error: one }).min(1, { error: one }).max(1000, { error: one }), { error })
    .max(limits.expressions, { error });
}

/** `a, b or c`. */
export function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
