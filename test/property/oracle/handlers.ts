/** Anomalies of handlers: intervals of two events that intersect, and events that finished out of the order of starts. */
import type { Started } from './facts.js';
import type { Unit } from './unit.js';

export function overlapsOf({ started }: Unit, which: 'all' | 'of different subscriptions'): number {
  let count = 0;
  const by = ({ attempt }: Started): number => attempt.delivery.subscription;
  for (const a of started) {
    for (const b of started) {
      if (which !== 'all' && by(a) === by(b)) continue;
      if (a.version !== b.version && a.time < b.time && b.time < a.end) count++;
    }
  }
  return count;
}

/**
 * One origin for each event that started before the earliest finished higher version and finished after it: `deliver`
 * if what finished it was a redelivery, else `finish`.
 */
export function completionInversionsOf(unit: Unit): readonly ('deliver' | 'finish')[] {
  return unit.firsts.flatMap(({ version }) => {
    const done = unit.firstDone(version);
    if (done === undefined) return [];
    const [earliest] = unit.firsts
      .filter((one) => one.version > version && unit.finish(one.version) < done.time)
      .sort((a, b) => unit.finish(a.version) - unit.finish(b.version));
    if (earliest === undefined || unit.firstStart(version) > unit.firstStart(earliest.version)) return [];
    return [unit.facts.isRedelivery(done.delivery) ? 'deliver' : 'finish'];
  });
}
