/**
 * The interface by which a dispatcher has deliveries handled and settled. It is all that `dispatch/` knows of handlers.
 */
import type { Delivery } from '../domain/observation.js';

/** How a delivery leaves the bus: acknowledged, sent back, passed over as if it were done, or unanswered. */
export type Settlement = 'ack' | 'nak' | 'skip' | 'leave';

/**
 * What a dispatcher can have done with a delivery. Every delivery is settled, discarded or given back, exactly once.
 */
export interface DeliveryHandler {
  /** One attempt, then its settlement. Never throws for a handler that fails. @param lane -1: outside the lanes */
  handle(delivery: Delivery, lane: number): Promise<void>;
  /**
   * One attempt and no settlement. Resolves to whether it went well.
   * @param number of the attempt at this delivery, from 1
   * @param ifFails what the dispatcher does after a failure: `settle` the delivery, or keep it and `retry`
   */
  attempt(delivery: Delivery, lane: number, number: number, ifFails: 'settle' | 'retry'): Promise<boolean>;
  /** Settles the delivery: the bus is done with it. Sends no ack or nak that the ack policy does not want. */
  settle(delivery: Delivery, how: Settlement): void;
  /** Reports the delivery as in progress, which restarts its ack wait. */
  inProgress(delivery: Delivery): void;
  /** Acknowledges a delivery before it is handled. Once it is, it must be settled with `leave`. */
  acknowledgeEarly(delivery: Delivery): void;
  /** Acknowledges a delivery without handling it. @param reason recorded with it */
  discard(delivery: Delivery, reason: string): void;
  /** Settles a delivery without handling it, in the same way as a failed one, so that it is delivered again. */
  giveBack(delivery: Delivery): void;
  /** How to settle a delivery whose last attempt failed. */
  readonly afterFailure: Settlement;
  /** Whether the broker redelivers what failed; false where that is passed over or acknowledged, before or after its handling. */
  readonly bringsBack: boolean;
}
