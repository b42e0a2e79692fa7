/**
 * Parses the time of a handling: `1ms`, `0-5ms` and `0` (see `duration-range.ts`), or by its distribution:
 * `exponential:1ms` (mean), `lognormal:1ms:1.2` (median and sigma), `pareto:1ms:1.5` (least and shape).
 */
import type { HandlerTime } from '../../domain/scenario/handler-time.js';
import { parseDurationRange } from './duration-range.js';
import { parseDuration } from './duration.js';
import { limits } from '../limits.js';

/** For editors; {@link parseHandlerTime} is stricter. */
export const handlerTimePattern =
  /^(0|\d+(\.\d+)?(us|ms|s|m|h)|\d+(\.\d+)?(us|ms|s|m|h)?-\d+(\.\d+)?(us|ms|s|m|h)|exponential:\d+(\.\d+)?(us|ms|s|m|h)|(lognormal|pareto):\d+(\.\d+)?(us|ms|s|m|h):\d+(\.\d+)?)$/;

/** What is allowed, in the words of every error about it. */
export const handlerTimeForms = `a duration such as 1ms, a range such as 0-5ms (lower end first, at most 24h), 0, exponential:1ms (mean), lognormal:1ms:1.2 (median, then sigma, more than 0 and at most ${String(limits.sigma)}) or pareto:1ms:1.5 (least, then shape, more than 1 and at most ${String(limits.shape)}; with 1 or less there is no mean)`;

/** @returns null if the text is no handler time, or a number is out of range */
export function parseHandlerTime(text: string): HandlerTime | null {
  const [name = '', first = '', second, ...more] = text.split(':');
  if (!text.includes(':')) return uniform(text);
  if (more.length > 0) return null;
  const ms = parseDuration(first);
  const maxMs = limits.durationMs;
  if (ms === null || ms <= 0 || ms > maxMs) return null;
  if (name === 'exponential') {
    return second === undefined ? { distribution: 'exponential', minMs: 0, maxMs, meanMs: ms } : null;
  }
  const number = second !== undefined && /^\d+(\.\d+)?$/.test(second) ? Number(second) : NaN;
  if (name === 'lognormal' && number > 0 && number <= limits.sigma) {
    return { distribution: 'lognormal', minMs: 0, maxMs, medianMs: ms, sigma: number };
  }
  if (name === 'pareto' && number > 1 && number <= limits.shape) {
    return { distribution: 'pareto', minMs: ms, maxMs, shape: number };
  }
  return null;
}

function uniform(text: string): HandlerTime | null {
  const range = parseDurationRange(text);
  return range === null || range.maxMs > limits.durationMs ? null : { distribution: 'uniform', ...range };
}
