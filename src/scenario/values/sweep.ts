/**
 * How a sweep is written in a file, as a zod schema: a map from fields to lists of values, parsed to one point for each
 * value.
 */
import { z } from 'zod';
import { sweepFields } from '../fields.js';
import { limits } from '../limits.js';

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
