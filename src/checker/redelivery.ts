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

/** Notes the log place of a delivery by a broker without delivery counts. */
export function notePlace({ id, partition, position }: Delivery, event: OpenEvent): void {
  if (position <= 0 || event.started) return;
  event.redeliveries ??= { places: [], ids: [] };
  const { places, ids } = event.redeliveries;
  if (places.some((place) => place[0] === partition && place[1] === position)) ids.push(id);
  else places.push([partition, position]);
}
