/**
 * Finds what happened to the run that an anomaly fell into, if its mechanism has to do with it: what made an event come
 * again, or what changed between the two events at the stage at which they crossed.
 */
import type { Origin } from '../../domain/observation.js';
import type { Again, AnomalySignature } from '../../domain/report/anomaly-signature.js';
import type { IncidentMoment } from '../../domain/report/witness.js';
import { logOf } from '../memory/log-name.js';
import type { Sighting } from '../sighting.js';
import type { UnitContext } from '../unit-context.js';

interface Around {
  readonly event: Sighting;
  readonly other: Sighting | null;
  readonly context: UnitContext;
}

/** @param crossedAt null: the anomaly is not about two events */
export function amidOf(signature: AnomalySignature, crossedAt: Origin | null, around: Around): IncidentMoment | null {
  const again = 'again' in signature ? signature.again : null;
  const reason = again === null ? null : behindAgain(again, around);
  if (reason !== null) return reason;
  if (isMovedByRetry(signature, crossedAt)) return before(around.event, around.context.timeline.lastRetry);
  return 'acrossResize' in signature ? between(signature, crossedAt, around) : null;
}

/** A publish that was sent again may be stored twice, or behind what its publisher sent meanwhile. */
function isMovedByRetry(signature: AnomalySignature, crossedAt: Origin | null): boolean {
  if (!('afterRetry' in signature) || !signature.afterRetry) return false;
  return signature.kind === 'duplicates' || (signature.samePublisher && crossedAt === 'store');
}

function before(event: Sighting, incident: IncidentMoment | null): IncidentMoment | null {
  return incident !== null && incident.stamp < event.deliverStamp ? incident : null;
}

function behindAgain(again: Again, { event, context }: Around): IncidentMoment | null {
  const { timeline, queues, logs } = context;
  const group = queues?.queueOf(event.subscription)?.name ?? null;
  if (again === 'crash') return before(event, timeline.lastDeath);
  if (again === 'rebalance') return timeline.rebalanceWithin(group, 0, event.deliverStamp);
  if (again === 'behind-failure') return before(event, timeline.lastFailure(logOf(logs, event.topic, event.partition)));
  return null;
}

type Between = Extract<AnomalySignature, { readonly acrossResize: boolean }>;

function between(
  { acrossResize, acrossRebalance }: Between,
  crossedAt: Origin | null,
  { event, other, context }: Around,
): IncidentMoment | null {
  if (other === null) return null;
  const { timeline, queues } = context;
  const group = queues?.queueOf(event.subscription)?.name ?? null;
  if (acrossRebalance && event.subscription !== other.subscription) {
    return timeline.rebalanceWithin(group, event.deliverStamp, other.deliverStamp);
  }
  if (!acrossResize || (crossedAt !== 'start' && crossedAt !== 'finish')) return null;
  return timeline.resizeWithin(
    Math.min(event.deliverStamp, other.deliverStamp),
    Math.max(event.startStamp, other.startStamp),
  );
}
