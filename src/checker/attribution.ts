/**
 * Finds the stage at which a pair was first in the wrong order. Walks the stages from `publish` on and returns the
 * first at which the late event comes after the early one; later stages merely carry the inversion onward. At `store`
 * log positions are compared, everywhere else stamps.
 *
 * A redelivered event that was in order in the log came late because it was delivered again: `deliver`. A stamp or
 * position that is missing where it must be compared makes the origin `unknown`; no later stage is blamed for it. An
 * event that a full inbox refused and that was handled on the spot never passed `submit`, so nothing is missing there.
 */
import { missing, type Origin, type OriginBetween, type Stage } from '../domain/observation.js';
import { logOf, type Logs } from './memory/log-name.js';
import type { Sighting } from './sighting.js';

type Order = 'kept' | 'lost' | 'unknown';

/** The origin of a regression: `late` has the lower version and started after `early`. */
export function originOf(late: Sighting, early: Sighting, logs: Logs): Origin {
  const published = orderOf(late.publishStamp, early.publishStamp);
  if (published !== 'kept') return published === 'lost' ? 'publish' : 'unknown';
  const stored = storeOrderOf(late, early, logs);
  if (stored !== 'kept') return stored === 'lost' ? 'store' : 'unknown';
  if (late.isRedelivery) return 'deliver';
  const delivered = orderOf(late.deliverStamp, early.deliverStamp);
  if (delivered !== 'kept') return delivered === 'lost' ? 'deliver' : 'unknown';
  if (ranUnsubmitted(late) || ranUnsubmitted(early)) return 'start';
  const submitted = orderOf(late.submitStamp, early.submitStamp);
  if (submitted !== 'kept') return submitted === 'lost' ? 'submit' : 'unknown';
  return 'start';
}

/** The same walk over the stages that were seen, for a pair whose origin is unknown since some were not. */
export function originBetween(late: Sighting, early: Sighting, logs: Logs): OriginBetween {
  let after: Stage | null = null;
  const walk: readonly (readonly [Stage, Order])[] = [
    ['publish', orderOf(late.publishStamp, early.publishStamp)],
    ['store', storeOrderOf(late, early, logs)],
    ['deliver', late.isRedelivery ? 'lost' : orderOf(late.deliverStamp, early.deliverStamp)],
    ['submit', orderOf(late.submitStamp, early.submitStamp)],
  ];
  for (const [stage, order] of walk) {
    if (order === 'lost') return { after, by: stage };
    if (order === 'kept') after = stage;
  }
  return { after, by: 'start' };
}

function ranUnsubmitted({ lane, submitStamp }: Sighting): boolean {
  return lane < 0 && submitStamp === missing;
}

function orderOf(late: number, early: number): Order {
  if (late === missing || early === missing) return 'unknown';
  return late > early ? 'lost' : 'kept';
}

/** Between two logs there is no order: there the key was split. */
function storeOrderOf(late: Sighting, early: Sighting, logs: Logs): Order {
  if (late.partition < 0 || early.partition < 0) return 'unknown';
  if (logOf(logs, late.topic, late.partition) !== logOf(logs, early.topic, early.partition)) return 'lost';
  return orderOf(late.position, early.position);
}
