/** Of which kinds are the values of a report? */
import { z } from 'zod';

export const count = z.int().nonnegative();
export const amount = z.number().nonnegative();
export const share = z.number().min(0).max(1);
export const name = z.string();

/** One value of one field of a sweep. */
export const point = z.object({ field: name, value: z.string() });
