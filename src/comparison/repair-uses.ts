/**
 * Says, as data, what a repair is good for. A version gate reorders events in a buffer of its own process: behind a
 * sound bus that is defence in depth, behind a faulty bus it is no fix, since the fault stays.
 */
import type { Besides, NotAFix } from '../domain/report/advice.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import type { Judged } from './candidate.js';
import { speedOfRun, type RowsOf } from './figures.js';
import { pairedRatio } from './paired-ratio.js';

interface RepairsInput {
  readonly chosen: Judged;
  /** The candidates that held an order which they promise, `chosen` among them. */
  readonly held: readonly Judged[];
  readonly rowsOf: RowsOf;
  readonly scenario: Scenario;
}

export function besidesOf({ chosen, held, rowsOf, scenario: { gapPolicy } }: RepairsInput): Besides | null {
  const { repairs, bufferDepthMax, mode } = chosen;
  const own = { repairs, bufferDepthMax, isShared: mode === 'multi/shared', gapPolicy };
  if (repairs !== null) return { ...own, add: null, asWell: null };
  const others = held.filter((one) => one.repairs !== null);
  const sound = others.find(
    (one) => one.repairs === 'a sound bus' && one.mode === chosen.mode && one.broker === chosen.broker,
  );
  const addition = sound ?? others[0];
  if (addition === undefined) return null;
  const asWell =
    sound === undefined ? null : { name: sound.name, ratio: pairedRatio(rowsOf(sound), rowsOf(chosen), speedOfRun) };
  return { ...own, add: addition.strategy, asWell };
}

/** @returns null if no candidate but the chosen one held order behind a fault, or the chosen one does so itself */
export function notAFixOf({ chosen, held }: Pick<RepairsInput, 'chosen' | 'held'>): NotAFix | null {
  if (chosen.repairs === 'behind a fault') return null;
  const behind = held.filter(({ repairs }) => repairs === 'behind a fault');
  if (behind.length === 0) return null;
  return {
    names: behind.map(({ name }) => name),
    depth: Math.max(...behind.map(({ bufferDepthMax }) => bufferDepthMax ?? 0)),
  };
}
