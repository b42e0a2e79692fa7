/**
 * Finds events that started in order and finished out of order. Take an event and the earliest finished higher version.
 * If that one finished before the event did, though the event had started before it, the event is a *completion
 * inversion*: a regression at `finish` that was none at `start`. An event finishes with its first attempt that is done.
 *
 * Only events that have started and not finished can become one, so it is enough to mark those when a version finishes
 * that is higher than all finished before.
 */
import type { DeliveryRecord } from '../memory/delivery-records.js';
import type { OpenEvent } from '../memory/open-event.js';
import type { OpenEvents } from '../memory/open-events.js';

export interface CompletionState {
  highestFinished: number;
  completionInversions: number;
  /** Of these, those whose finish belongs to a redelivery: their origin is `deliver`. */
  completionInversionsRedelivered: number;
}

/**
 * An event finishes for the first time.
 * @param isRedelivery whether the delivery that was handled is one: then the inversion began where it was delivered
 *   again
 * @param record of the delivery that was handled
 */
export function finishCompletion(
  state: CompletionState,
  event: OpenEvent,
  open: OpenEvents,
  isRedelivery: boolean,
  record: DeliveryRecord,
): void {
  if (event.overtakenBy !== null) {
    state.completionInversions++;
    if (isRedelivery) state.completionInversionsRedelivered++;
  }
  const lowestNew = state.highestFinished + 1;
  if (event.version < lowestNew) return;
  state.highestFinished = event.version;
  if (event.version > lowestNew) overtake(event, record, open.within([lowestNew, event.version - 1]));
}

function overtake(event: OpenEvent, record: DeliveryRecord, lowerEvents: readonly OpenEvent[]): void {
  for (const lower of lowerEvents) {
    if (lower.started && lower.startIndex < event.startIndex) lower.overtakenBy = record;
  }
}
