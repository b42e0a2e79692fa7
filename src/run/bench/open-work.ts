/**
 * Describes what keeps a run from being drained: undelivered messages, events that a bus still holds, observations that
 * have not arrived, and messages that await an ack and may be delivered again.
 */
import type { DurableState } from '../../broker/port.js';

/** Counts; all 0 when nothing is open. */
export interface OpenWork {
  readonly pending: number;
  readonly held: number;
  readonly underway: number;
  readonly ackPending: number;
}

/** The sums over all durables or groups. */
export function pendingOf(durables: readonly DurableState[]): Pick<OpenWork, 'pending' | 'ackPending'> {
  let pending = 0;
  let ackPending = 0;
  for (const durable of durables) {
    pending += durable.pending;
    ackPending += durable.ackPending;
  }
  return { pending, ackPending };
}

/** Says in words what is open at the earliest stage of the pipeline; null if nothing is open. */
export function describeOpen({ pending, held, underway, ackPending }: OpenWork): string | null {
  if (pending > 0) return `${pending} messages not yet delivered`;
  if (held > 0) return `${held} events not yet handled`;
  if (underway > 0) return `${underway} observations under way`;
  if (ackPending > 0) return `${ackPending} messages awaiting an ack`;
  return null;
}
