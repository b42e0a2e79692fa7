/**
 * Parses a range of durations: `1ms` is exactly that long, `0-5ms` and `500us-2ms` are ranges, `0` is none. The lower
 * end takes the unit of the upper one if it has none of its own.
 */
import { parseDuration } from './duration.js';

/** For editors; {@link parseDurationRange} is stricter. */
export const durationRangePattern = /^(0|\d+(\.\d+)?(us|ms|s|m|h)|\d+(\.\d+)?(us|ms|s|m|h)?-\d+(\.\d+)?(us|ms|s|m|h))$/;

export interface DurationRange {
  readonly minMs: number;
  readonly maxMs: number;
}

/** @returns null if the text is neither a duration nor a range, or the range runs backwards */
export function parseDurationRange(text: string): DurationRange | null {
  const [lower, upper, ...more] = text.split('-');
  if (lower === undefined || more.length > 0) return null;
  if (upper === undefined) {
    const ms = parseDuration(lower);
    return ms === null ? null : { minMs: ms, maxMs: ms };
  }
  const maxMs = parseDuration(upper);
  const minMs = parseDuration(/^[\d.]+$/.test(lower) ? lower + unitOf(upper) : lower);
  return minMs === null || maxMs === null || minMs > maxMs ? null : { minMs, maxMs };
}

function unitOf(duration: string): string {
  return /[a-z]*$/.exec(duration)?.[0] ?? '';
}
