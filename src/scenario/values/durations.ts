/** How durations are written in a file, as zod schemas that come out in milliseconds. */
import { z } from 'zod';
import type { Value } from '../../domain/scenario/fields/value.js';
import { limits } from '../limits.js';
import { durationRangePattern, parseDurationRange } from '../notation/duration-range.js';
import { durationPattern, parseDuration } from '../notation/duration.js';

/** More than 0 and at most a day. */
export function duration({ example }: Pick<Value<'duration'>, 'example'>) {
  const error = `a duration with its unit, more than 0 and at most 24h, such as ${example}`;
  return z
    .string({ error })
    .regex(durationPattern, { error })
    .transform((text) => parseDuration(text) ?? NaN)
    .refine((ms) => ms > 0 && ms <= limits.durationMs, { error });
}

/** From 0 to a day. */
export function durationOrZero({ example }: Value<'durationOrZero'>) {
  const error = `a duration with its unit, at most 24h, such as ${example}, or 0`;
  return z
    .union([z.string({ error }).regex(durationPattern, { error }), z.literal(0, { error })], { error })
    .transform((value) => parseDuration(String(value)) ?? NaN)
    .refine((ms) => ms >= 0 && ms <= limits.durationMs, { error });
}

/** More than 0; null for `none`. */
export function durationOrNone({ example }: Value<'durationOrNone'>) {
  const error = `a duration with its unit, more than 0 and at most 24h, such as ${example}, or none`;
  return z
    .union([z.string({ error }).regex(durationPattern, { error }), z.literal('none', { error })], { error })
    .transform((value) => (value === 'none' ? null : (parseDuration(value) ?? NaN)))
    .refine((ms) => ms === null || (ms > 0 && ms <= limits.durationMs), { error });
}

/** A duration or a range of them, more than 0 and at most a minute at its upper end; null for `none`. */
export function delayOrNone({ example }: Value<'delayOrNone'>) {
  const error = `a duration or a range with its unit, such as 1ms or ${example} (lower end first, more than 0, at most 1m), or none`;
  return z
    .union([z.string({ error }).regex(durationRangePattern, { error }), z.literal('none', { error })], { error })
    .transform((value) => (value === 'none' ? null : (parseDurationRange(value) ?? { minMs: NaN, maxMs: NaN })))
    .refine((range) => range === null || (range.maxMs > 0 && range.maxMs <= limits.delayMs), { error });
}

export function durations() {
  const error = 'a list of durations such as [1s, 5s]';
  return z.array(duration({ example: '1s' }), { error }).max(limits.backoffs, { error });
}
