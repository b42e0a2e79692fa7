/**
 * Tells whether the broker handed over a delivery before. Its own count says so. Where it has none (Kafka), a delivery
 * is a redelivery if the same event was delivered before from the same partition and offset; the places are kept in the
 * event's record until it has finished.
 */
import type { Delivery } from '../../domain/observation.js';
import type { OpenEvent } from '../memory/open-event.js';

export function isRedelivery(delivery: Delivery, event: OpenEvent | null): boolean {
  if (delivery.deliveryCount !== null) return delivery.deliveryCount > 1;
  return event?.redeliveries?.ids.includes(delivery.id) === true;
}

/**
 * Notes the log place of a delivery by a broker without delivery counts, until the event has finished. Returns whether
 * it is a redelivery. @param log numbered as in log-name.ts
 */
export function notePlace({ id, position }: Delivery, log: number, event: OpenEvent): boolean {
  if (position <= 0 || event.finished) return false;
  event.redeliveries ??= { places: [], ids: [] };
  const { places, ids } = event.redeliveries;
  const isAgain = places.some((place) => place[0] === log && place[1] === position);
  if (isAgain) ids.push(id);
  else places.push([log, position]);
  return isAgain;
}
