/** How a choice among names is written in a file, as zod schemas. */
import { z } from 'zod';
import { anomalyKinds } from '../../domain/scenario/scenario.js';
import type { Value } from '../../domain/scenario/fields/value.js';

export function choice({ of }: Pick<Value<'choice'>, 'of'>) {
  return z.enum(of, { error: listed(of) });
}

/** Names, and the numbers that stand for some of them elsewhere: Kafka's acks 0, 1 and -1. */
export function choiceOrNumber({ of, numbers }: Value<'choiceOrNumber'>) {
  const error = `${listed(of)} (or ${Object.keys(numbers).join(', ')})`;
  const number = z.int({ error }).refine((value) => value in numbers, { error });
  return z
    .union([z.enum(of, { error }), number], { error })
    .transform((value) => (typeof value === 'number' ? numbers[value]! : value));
}

/** One of the names, or several: a list in a file, separated by commas as a flag. */
export function oneOrSeveral<const Names extends readonly [string, ...string[]]>({ of }: { readonly of: Names }) {
  const error = `${listed(of)}, or a list of these`;
  const name = z.enum(of, { error });
  return z
    .union([name, z.array(name, { error }).min(1, { error })], { error })
    .transform((given) => [given].flat() as readonly Names[number][]);
}

/** Any of them, or none. */
export function anomalies() {
  const error = `a list, with one or more of ${listed(anomalyKinds)}`;
  return z.array(z.enum(anomalyKinds, { error: listed(anomalyKinds) }), { error }).min(0, { error });
}

export function flag() {
  return z.boolean({ error: 'true or false' });
}

/** `a, b or c`. */
export function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
