/** Says in a sentence what to take of a comparison, with what it was measured to do. */
import type { Comparison } from '../../../domain/report/comparison.js';
import { formatCount, formatFactor, formatPercent, plural } from '../../../text/numbers.js';

/**
 * `Take single+retry-in-place: ordered in 5 of 5 runs, 1.90 × the baseline's speed.`, or the
 * headline of the recommendation, where that has a condition.
 */
export function adviceVerdict({ candidates, baseline, probe, recommendation }: Comparison): string {
  const taken = candidates.find(({ name }) => name === recommendation.candidate);
  const { headline, text } = recommendation;
  // A condition, such as `if it has to survive a crash`, is said in full.
  if (taken === undefined || headline !== `Take ${taken.name}.`) return headline === '' ? text : headline;
  const { name, runs, runsOrdered, relativeSpeed } = taken;
  const held = `ordered in ${formatCount(runsOrdered)} of ${plural(runs, 'run')}`;
  const isProbed = probe !== null && taken.probe?.outcome === 'ordered';
  const failing = isProbed ? ` and in one with ${formatPercent(probe.handlerFailShare)} of handlings failing` : '';
  const isBaseline = name === baseline || relativeSpeed === null;
  const speed = isBaseline ? '' : `, ${formatFactor(relativeSpeed.ratio)} × the baseline's speed`;
  return `Take ${name}: ${held}${failing}${speed}.`;
}
