/** Parses a share: `0.01` and `1%` are the same; anything outside 0 to 1 is no share. */

export const percentPattern = /^\d+(\.\d+)?%$/;

/** @returns a number from 0 to 1, or null */
export function parseShare(value: string | number): number | null {
  const share = typeof value === 'number' ? value : percentPattern.test(value) ? Number(value.slice(0, -1)) / 100 : NaN;
  return share >= 0 && share <= 1 ? share : null;
}
