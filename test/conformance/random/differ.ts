/**
 * Decides whether a server and the simulator differ on a drawn script. On the simulator the script is performed many
 * times, the operations a little late by chance, which gives everything that timing alone may show. A server differs
 * when it shows something else in each of three tries; a try in which it was held up does not count.
 */
import fc from 'fast-check';
import type { Target } from '../target.js';
import { latenessMaxMs, type DrawnScript } from './drawn-script.js';
import { perform } from './perform.js';

/** `undecided`: the machine was too busy for three tries that count. */
export type Comparison =
  | { readonly kind: 'same' | 'undecided' }
  | { readonly kind: 'differs'; readonly simulator: readonly string[]; readonly server: readonly string[] };

const tries = 3;
const heldUpMax = 6;
const performancesOnSimulator = 60;

export async function compareOn(script: DrawnScript, simulator: Target, server: Target): Promise<Comparison> {
  const shown = await shownBySimulator(script, simulator).catch(failed);
  let last: readonly string[] = [];
  for (let counted = 0, heldUp = 0; counted < tries;) {
    const { lines, latenessMs } = await perform(script, server);
    if (shown.has(lines.join('\n'))) return { kind: 'same' };
    if (latenessMs <= latenessMaxMs) counted++;
    else if (++heldUp > heldUpMax) return { kind: 'undecided' };
    last = lines;
  }
  const [simulated = ''] = shown;
  return { kind: 'differs', simulator: simulated.split('\n'), server: last };
}

/** A simulator that fails shows that, which no server does. */
function failed(error: unknown): ReadonlySet<string> {
  return new Set([`fails: ${error instanceof Error ? error.message : String(error)}`]);
}

/** Everything that the simulator shows, first what it shows when each operation is on time. */
async function shownBySimulator(script: DrawnScript, simulator: Target): Promise<ReadonlySet<string>> {
  const shown = new Set<string>([(await perform(script, simulator)).lines.join('\n')]);
  const { length } = script.operations;
  const late = fc.array(fc.nat(latenessMaxMs), { minLength: length, maxLength: length });
  for (const latenesses of fc.sample(late, { seed: 1, numRuns: performancesOnSimulator })) {
    const draws = latenesses.values();
    shown.add((await perform(script, simulator, () => draws.next().value ?? 0)).lines.join('\n'));
  }
  return shown;
}
