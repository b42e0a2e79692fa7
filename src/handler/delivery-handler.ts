/**
 * The interface by which a dispatcher has deliveries handled and settled. It is all that `dispatch/` knows of handlers.
 */
import type { Delivery } from '../domain/observation.js';

/** How a delivery leaves the bus: acknowledged, sent back, or unanswered. */
export type Settlement = 'ack' | 'nak' | 'leave';

/** What a dispatcher can have done with a delivery. Every delivery is settled, discarded or given back, exactly once. */
export interface DeliveryHandler {
  /** One attempt, then its settlement. Never throws for a handler that fails. @param lane -1: outside the lanes */
  handle(delivery: Delivery, lane: number): Promise<void>;
  /**
   * One attempt and no settlement. Resolves to whether it went well.
   * @param number from 1, of this delivery
   * @param ifFails whether the dispatcher will try again itself, so that the bus still holds the delivery
   */
  attempt(delivery: Delivery, lane: number, number: number, ifFails: 'settle' | 'retry'): Promise<boolean>;
  /** Ends the bus's business with the delivery. What the ack policy does not want said is not said. */
  settle(delivery: Delivery, how: Settlement): void;
  /** Tells the broker that the delivery is being worked at, which restarts its ack wait. */
  inProgress(delivery: Delivery): void;
  /** Acknowledges a delivery that is not handled yet, and is to be settled with `leave` once it is. */
  acknowledgeEarly(delivery: Delivery): void;
  /** Acknowledges a delivery without handling it. @param reason recorded with it */
  discard(delivery: Delivery, reason: string): void;
  /** Lets go of a delivery without handling it, to be delivered again: settled as a failed one is. */
  giveBack(delivery: Delivery): void;
  /** What a failed attempt calls for where it is not retried. */
  readonly afterFailure: Settlement;
  /** Whether the broker delivers again what failed; not so where all was acknowledged on delivery. */
  readonly bringsBack: boolean;
}
