/** How texts are written in a file, as zod schemas. */
import { z } from 'zod';
import type { Value } from '../../domain/scenario/fields/value.js';
import { formatCount, limits } from '../limits.js';

/** Part of a file name: nothing that could lead out of the report folder. */
export function name({ maxLength }: Value<'name'>) {
  const error = `up to ${String(maxLength)} letters, digits, dots, dashes and underscores, without slashes or two dots in a row, since it names a file in the report folder`;
  return z
    .string({ error })
    .max(maxLength, { error })
    .regex(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]*$/, { error });
}

export function text({ maxLength }: Value<'text'>) {
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
