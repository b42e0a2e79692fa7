/**
 * Rounds wall times to the precision in which they are kept: whole microseconds, as integers in the trace, and as
 * milliseconds with up to three decimals in observations, where n / 1000 is the same double whichever way it came
 * about.
 */

/** The time in whole microseconds. */
export function microseconds(ms: number): number {
  return Math.round(ms * 1_000);
}

/** The time in milliseconds, rounded to whole microseconds: what the trace gives back is exactly this. */
export function toWholeMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
