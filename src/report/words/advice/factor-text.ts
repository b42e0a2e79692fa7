/**
 * Writes factors, such as that between two speeds, so that rounding does not move one to the other side of 1: what is
 * above 1 is never written as 1.00, nor what is below.
 */
import type { Ratio95 } from '../../../domain/report/comparison.js';
import { formatFactor } from '../../../text/numbers.js';

/** The least that is told from 1: four digits behind the point. */
const leastDistance = 0.0001;

export function factorText(value: number): string {
  const usual = formatFactor(value);
  if (value === 1 || Number(usual.replaceAll(',', '')) !== 1) return usual;
  if (Math.abs(value - 1) < leastDistance) return value > 1 ? 'just over 1' : 'just under 1';
  const digits = Math.min(4, Math.ceil(-Math.log10(Math.abs(value - 1))));
  const text = value.toFixed(digits);
  return Number(text) === 1 ? value.toFixed(4) : text;
}

/** `1.90 times (1.87 to 1.93)`; without an interval `1.90 times in one run`; without a range where both bounds are it. */
export function timesText(ratio: Ratio95): string {
  return `${factorText(ratio.ratio)} times${rangeText(ratio)}`;
}

function rangeText({ ratio, low95, high95 }: Ratio95): string {
  if (low95 === null || high95 === null) return ' in one run';
  const texts = [low95, high95].map(factorText);
  return texts.every((text) => text === factorText(ratio)) ? '' : ` (${texts.join(' to ')})`;
}

/** Whether the interval includes 1, so that the two cannot be told apart; false where there is no interval. */
export function isTooClose({ low95, high95 }: Ratio95): boolean {
  return low95 !== null && high95 !== null && low95 <= 1 && high95 >= 1;
}

/** `, at 1.90 times its speed (1.87 to 1.93)`; '' for a ratio that is not known. */
export function atItsSpeed(ratio: Ratio95 | null): string {
  if (ratio === null) return '';
  if (ratio.low95 === 1 && ratio.high95 === 1) return ', at the same speed';
  if (isTooClose(ratio)) return `, at a speed that cannot be told from its own: ${timesText(ratio)} it`;
  return `, at ${factorText(ratio.ratio)} times its speed${rangeText(ratio)}`;
}
