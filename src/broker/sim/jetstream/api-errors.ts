/** What goes into and comes out of the JetStream model: pull requests, deliveries, statuses, advisories, counts. */

export interface DeliveredMessage<T> {
  readonly subject: string;
  readonly payload: T;
  readonly streamSequence: number;
  /** Rises by one with every delivery of the durable, redeliveries included. */
  readonly consumerSequence: number;
  /** From 1. */
  readonly deliveryCount: number;
  /** Messages that the durable has not delivered yet. */
  readonly pending: number;
  /** Of the pin that it was delivered to; null: the durable pins nobody. */
  readonly pinId: string | null;
}

export type StatusCode = 404 | 408 | 409 | 423 | 503;

/** Where the model's messages go. Called synchronously; may call the model in turn. */
export interface ModelOutput<T> {
  deliver(inbox: string, durable: string, message: DeliveredMessage<T>): void;
  /** A pull request has ended before it got all it asked for. */
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
  /** Of the pin that the puller was told of last; absent or null: of none. */
  readonly pinId?: string | null;
}

export interface ModelDurableState {
  /** Messages not delivered yet. */
  readonly pending: number;
  /** Messages delivered and not settled. */
  readonly ackPending: number;
  /** Messages delivered more than once and not settled, those given up included. */
  readonly redelivered: number;
  /** Pull requests that wait, without those whose inbox is closed. */
  readonly waiting: number;
  /** Messages given up after max_deliver. */
  readonly givenUp: number;
}
