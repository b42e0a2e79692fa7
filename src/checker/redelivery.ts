/**
 * Did the broker hand over a delivery before? Its own count says so. Where it has none (Kafka), a delivery is a
 * redelivery if the same event was delivered before from the same partition and offset; the places are kept in the
 * event's record until it has started, since only first observations are asked.
 */
import type { Delivery } from '../domain/observation.js';
import type { OpenEvent } from './open-event.js';

export function isRedelivery(delivery: Delivery, event: OpenEvent | null): boolean {
  if (delivery.deliveryCount !== null) return delivery.deliveryCount > 1;
  return event?.redeliveries?.ids.includes(delivery.id) === true;
}

/** Notes the log place of a delivery by a broker without delivery counts. @param log as log-of.ts has it */
export function notePlace({ id, position }: Delivery, log: number, event: OpenEvent): void {
  if (position <= 0 || event.started) return;
  event.redeliveries ??= { places: [], ids: [] };
  const { places, ids } = event.redeliveries;
  if (places.some((place) => place[0] === log && place[1] === position)) ids.push(id);
  else places.push([log, position]);
}
