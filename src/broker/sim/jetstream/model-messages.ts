/**
 * Declares what goes into and comes out of the JetStream model: pull requests, deliveries, statuses, advisories,
 * counts.
 */
import type { DeliveryPlace } from './ack-floor.js';

export interface DeliveredMessage<T> {
  readonly subject: string;
  readonly payload: T;
  readonly streamSequence: number;
  /** Rises by one with every delivery of the durable, redeliveries included. */
  readonly consumerSequence: number;
  /** Which delivery of the message it is, from 1. */
  readonly deliveryCount: number;
  /** Number of messages that the durable has not delivered yet. */
  readonly pending: number;
  /** Id of the pin that it was delivered to; null: the durable pins nobody. */
  readonly pinId: string | null;
}

export type StatusCode = 404 | 408 | 409 | 423 | 503;

/** Receives the model's messages. It is called synchronously, and may call the model in turn. */
export interface ModelOutput<T> {
  deliver(inbox: string, durable: string, message: DeliveredMessage<T>): void;
  /** A pull request has ended before it got all messages that it asked for. */
  status(inbox: string, code: StatusCode, description: string): void;
  advisory?(kind: 'max-deliver', durable: string, streamSequence: number): void;
}

export interface PullRequest {
  readonly inbox: string;
  /** Messages wanted; at least 1. */
  readonly batch: number;
  /** null: the request never expires. */
  readonly expiresMs: number | null;
  readonly noWait: boolean;
  /** Id of the pin that the puller's last message named; absent or null: none. */
  readonly pinId?: string | null;
}

export interface ModelDurableState {
  /** Messages not delivered yet. */
  readonly pending: number;
  /** Messages delivered and not settled. */
  readonly ackPending: number;
  /** Messages delivered more than once and not settled, those given up included. */
  readonly redelivered: number;
  /** The last delivery made: how many there were, and the highest stream sequence. */
  readonly delivered: DeliveryPlace;
  /** The delivery up to which everything is settled. */
  readonly ackFloor: DeliveryPlace;
  /** Pull requests that wait, without those whose inbox is closed. */
  readonly waiting: number;
  /** Messages given up after max_deliver. */
  readonly givenUp: number;
}
