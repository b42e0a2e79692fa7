/**
 * Parses a duration, which is a number with a unit: us, ms, s, m or h. A bare number is refused, since nobody
 * can tell seconds from milliseconds by looking at it; 0 is the same in every unit.
 */

const unitMs = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

export const durationPattern = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/;

/** @returns milliseconds, or null if the text is not a duration */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0;
  const match = durationPattern.exec(text);
  if (match === null) return null;
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}
