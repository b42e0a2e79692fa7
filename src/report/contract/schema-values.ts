/** Defines the basic value schemas that the other report schemas are built from: counts, amounts, shares and names. */
import { z } from 'zod';

export const count = z.int().nonnegative();
export const amount = z.number().nonnegative();
export const share = z.number().min(0).max(1);
export const name = z.string();

/** A share with its 95 % interval; null where it is not known. */
export const rate95 = z.object({ value: share.nullable(), low95: share.nullable(), high95: share.nullable() });

/** One value of one field of a sweep. */
export const point = z.object({ field: name, value: z.string() });
