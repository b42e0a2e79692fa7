/**
 * Widens the windows between the stages of a run: before an event passes a stage, its thread of control sleeps for a
 * delay that is drawn for that event and that stage. Whatever would come next in that thread waits meanwhile, as it does
 * behind a slow thread, so the delays by themselves reorder nothing.
 *
 * A delay follows from the seed, the stage, the event and its delivery alone, and so is the same on every bus, whatever
 * the schedule.
 */
import type { DelayRange } from '../domain/scenario/delay-range.js';
import type { Clock, Perturbation } from './ports.js';
import { SeededPrng } from './seeded-prng.js';

/** @returns null if there are no delays */
export function perturbationOf(
  range: DelayRange | null,
  seed: number,
  clock: Pick<Clock, 'sleep'>,
): Perturbation | null {
  if (range === null) return null;
  const { minMs, maxMs } = range;
  return (stage, { aggregate, version, deliveryCount }) => {
    const prng = new SeededPrng(seed, `perturb ${stage} ${aggregate} ${version} ${deliveryCount ?? 0}`);
    return clock.sleep(minMs + prng.float() * (maxMs - minMs));
  };
}
