/**
 * Publish calls that began while an earlier one of the unit was open: `acrossPublishers` if one of these was another
 * publisher's, else `withinPublisher`. A result closes a call of its version, of its own publisher if there is one.
 */
import type { Evidence } from '../../../src/domain/report/verdict.js';
import type { Published, Result } from './facts.js';
import type { Unit } from './unit.js';

export function publishOverlapsOf({ publishes, results }: Unit): Evidence['publishOverlaps'] {
  const closed = new Map<Published, number>();
  const isOpenAt = (call: Published, time: number): boolean =>
    call.time < time && (closed.get(call) ?? Infinity) > time;
  for (const result of results) {
    const open = publishes.filter((call) => call.version === result.version && isOpenAt(call, result.time));
    const call = open.find((one) => isOfPublisher(one, result)) ?? open[0];
    if (call !== undefined) closed.set(call, result.time);
  }
  let [acrossPublishers, withinPublisher] = [0, 0];
  for (const call of publishes) {
    const open = publishes.filter((other) => isOpenAt(other, call.time));
    if (open.some((other) => !isOfPublisher(other, call))) acrossPublishers++;
    else if (open.length > 0) withinPublisher++;
  }
  return { acrossPublishers, withinPublisher };
}

function isOfPublisher(a: Published | Result, b: Published | Result): boolean {
  return a.event.publisher === b.event.publisher;
}
