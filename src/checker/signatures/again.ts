/**
 * Tells why an event is delivered again, by what had become of its last delivery. Where the broker counts deliveries
 * (JetStream), each event is delivered again for a reason of its own. Where it does not (Kafka), a member goes back to
 * an offset, and delivers again all that lies behind it: after a rebalance, a handling that failed, or a connection that
 * was lost.
 */
import type { Again } from '../../domain/report/anomaly-signature.js';
import type { Delivery } from '../../domain/observation.js';
import type { DeliveryRecord } from '../memory/delivery-records.js';
import { microsecondsOf } from '../sighting.js';
import type { Timeline } from '../timeline.js';

interface AgainInput {
  readonly delivery: Delivery;
  /** The last delivery of the event; null: it has been handled and acknowledged, or is forgotten. */
  readonly before: DeliveryRecord | null;
  readonly timeline: Timeline;
  readonly log: number;
  /** The group that the delivery came from; null: not known, so that of any group may be meant. */
  readonly group: string | null;
  /** Its last delivery may have been forgotten because too many were open: it was not acknowledged then. */
  readonly isForgotten: boolean;
  /** The event has been started before. */
  readonly hasStarted: boolean;
  /** The first start of the event was before a service died. */
  readonly hasStartedBeforeDeath: boolean;
  readonly isAlive: (subscription: number) => boolean;
}

export function againOf(input: AgainInput): Again {
  const { delivery, before, timeline, isAlive } = input;
  if (before === null) {
    if (delivery.deliveryCount === null) return rewoundSince(0, input);
    if (!input.hasStarted) return timeline.unseenReason;
    if (input.hasStartedBeforeDeath) return 'crash';
    return input.isForgotten ? 'unacked' : 'acked';
  }
  const { state, answer } = before;
  if (state !== 'crashed' && before.isSentBackRunning) return 'timed-out';
  switch (state) {
    case 'crashed':
      return 'crash';
    case 'rejected':
      return 'refused';
    case 'given-back':
      return 'given-back';
    case 'failed':
      if (!isAlive(before.subscription) && answer === null) return 'crash';
      if (delivery.deliveryCount !== null) return answer === null ? 'failed' : 'nak';
      if (answer === 'nak' || !timeline.answersAreSeen) return 'behind-failure';
      return isAlive(before.subscription) ? rewoundBehind(before, input) : 'crash';
    case 'waiting':
    case 'running':
    case 'retried':
    case 'done':
    case 'discarded':
      if (answer === 'nak') return 'given-back';
      if (!isAlive(before.subscription)) return 'crash';
      if (delivery.deliveryCount === null) return rewoundBehind(before, input);
      if (before.isHeld && timeline.backoffs.hasBroughtBack(input.group, before, delivery)) return 'backoff';
      if (state === 'waiting') return 'queued';
      // The bus still has it, and tries it again by itself.
      if (state === 'running' || state === 'retried') return waitedLonger(before, delivery) ? 'queued' : 'running';
      return answer === 'ack' ? 'acked' : 'unacked';
  }
}

/** Why a log was read again from before a delivery that nobody had sent back. */
function rewoundBehind(before: DeliveryRecord, input: AgainInput): Again {
  const { delivery, timeline, group } = input;
  // The old owner may learn of a rebalance late, and go on delivering meanwhile.
  const hasMoved = before.subscription !== delivery.subscription && timeline.hasRebalanced(group);
  const why = hasMoved ? 'rebalance' : rewoundSince(before.deliverStamp, input);
  if (why === 'rebalance' && before.isHeld) return 'held-at-rebalance';
  return why === 'unknown' && timeline.hasRebalanced(group) ? 'after-rebalance' : why;
}

/** Whether the delivery waited for its handler longer than that has been running. */
function waitedLonger({ deliveredAtUs, startedAtUs }: DeliveryRecord, again: Delivery): boolean {
  return startedAtUs - deliveredAtUs > microsecondsOf(again.deliveredAtMs) - startedAtUs;
}

function rewoundSince(stamp: number, { timeline, log, group, delivery: { subscription } }: AgainInput): Again {
  return timeline.rewoundSince(stamp, { log, group, subscription }) ?? 'unknown';
}
