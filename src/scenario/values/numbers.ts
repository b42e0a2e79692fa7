/**
 * How numbers are written in a file, as zod schemas. Each has one phrase that says what is allowed, as its message for
 * every failure; error texts are made from it.
 */
import { z } from 'zod';
import type { Value } from '../../domain/scenario/fields/value.js';
import { formatCount, limits } from '../limits.js';
import { parseShare, percentPattern } from '../notation/share.js';

export function integer({ min, max }: Value<'integer'>) {
  const error = `a whole number from ${formatCount(min)} to ${formatCount(max)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A number, whole or not. */
export function number({ min, max }: Value<'number'>) {
  const error = `a number from ${formatCount(min)} to ${formatCount(max)}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A whole number, or a word that stands for null. */
export function integerOr({ word, min, max }: Value<'integerOr'>) {
  const error = `a whole number from ${formatCount(min)} to ${formatCount(max)}, or ${word}`;
  const number = z.int({ error }).min(min, { error }).max(max, { error });
  return z
    .union([number, z.literal(word, { error })], { error })
    .transform((value) => (typeof value === 'string' ? null : value));
}

/** Events per second; null where unlimited. */
export function rate() {
  const error = `a number of events per second, more than 0 and at most ${formatCount(limits.ratePerSecond)}, or unlimited`;
  const number = z.number({ error }).positive({ error }).max(limits.ratePerSecond, { error });
  return z
    .union([number, z.literal('unlimited', { error })], { error })
    .transform((value) => (typeof value === 'string' ? null : value));
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
export function shareBetween({ example }: Value<'shareBetween'>) {
  const error = `a share more than 0% and less than 100%, such as ${example} or ${String(parseShare(example))}`;
  const number = z.number({ error }).gt(0, { error }).lt(1, { error });
  return z
    .union([number, z.string({ error }).regex(percentPattern, { error })], { error })
    .transform((value) => parseShare(value) ?? NaN)
    .refine((value) => value > 0 && value < 1, { error });
}
