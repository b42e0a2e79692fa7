/**
 * The interface of a broker driver; an optional method is present where the driver can do what it says. There is one
 * driver for each broker, and the pipeline knows brokers only through this port. Before anything is published a driver
 * refuses a topology that it cannot honour, and says what would be needed ({@link BrokerError}); it never silently does
 * something else.
 */
import type { BrokerInfo, ClientInfo } from '../domain/report/run-report.js';
import type { SubscriptionSpec, Topology } from '../domain/topology.js';

/** What the publisher puts into a message and the subscription finds in it. */
export interface EventMessage {
  readonly aggregateId: string;
  /** Index of the aggregate in the run's names. */
  readonly aggregate: number;
  readonly topic: number;
  readonly version: number;
  readonly publisher: number;
  readonly publishStamp: number;
  /** Milliseconds since the run began. */
  readonly publishedAtMs: number;
}

/** The broker's answer to a publish. */
export interface PublishAck {
  readonly partition: number;
  /** Stream sequence, or Kafka offset + 1. */
  readonly position: number;
  readonly duplicate: boolean;
}

/** A publish that was refused or not answered. Where no answer came, the event may have been stored all the same. */
export class PublishFailure extends Error {
  override readonly name = 'PublishFailure';
}

export interface PublisherConnection {
  /** @throws {PublishFailure} on an error from the broker or a time-out */
  publish(message: EventMessage): Promise<PublishAck>;
  close(): Promise<void>;
}

/** One message as a subscription's client hands it over. */
export interface BrokerMessage {
  readonly kind: 'message';
  readonly event: EventMessage;
  readonly partition: number;
  /** Stream sequence, or Kafka offset + 1. */
  readonly position: number;
  /** Which delivery of the message it is, from 1; null where the broker does not count them (Kafka). */
  readonly deliveryCount: number | null;
  /** Whether its partition was assigned to this member at that moment (Kafka); absent: ownership is by topology. */
  readonly owned?: boolean | undefined;
  /** What the connection needs to acknowledge it. Only the connection can interpret it. */
  readonly token: AckToken;
}

/** Handle for an acknowledgement: an integer that the connection gave out. */
export type AckToken = number;

/**
 * The end of one pull request: `complete`, all messages have come; `expired` (408); `empty`, there are no messages
 * (404); `conflict`, the server refused or ended it (such as 409 and 423); `closed`, the connection was closed.
 */
export interface PullEnd {
  readonly kind: 'end';
  readonly status: 'complete' | 'expired' | 'empty' | 'conflict' | 'closed';
  readonly detail: string;
}

/**
 * One subscription's own connection, bound to its durable, or a member of its consumer group. On Kafka there are no
 * pull requests: messages come as the client hands them over, and `end` comes only when the connection was closed.
 */
export interface PullConnection {
  /** Sends one pull request, of which at most one is outstanding. Kafka: does nothing, the member consumes already. */
  pull(batch: number, expiresMs: number): void;
  /** Takes the next message or end that has arrived already, without waiting; undefined if there is none. */
  poll(): BrokerMessage | PullEnd | undefined;
  /** Waits for the next message or end. @throws {ToolError} once the broker is lost */
  next(): Promise<BrokerMessage | PullEnd>;
  /** Acknowledges. This and the other answers return as soon as the connection has taken them. */
  ack(token: AckToken): void;
  /** Asks for a redelivery, after `delayMs` milliseconds if given. Kafka: the client's handler throws. */
  nak(token: AckToken, delayMs?: number): void;
  /** Asks for no redelivery ever, although the message was not handled. */
  term(token: AckToken): void;
  /**
   * Fetches nothing for `forMs` milliseconds, while the handling of what was delivered goes on. Kafka: the client's
   * pause and resume, of all partitions of the member. Absent: the client cannot.
   */
  pause?(forMs: number): void;
  /**
   * Leaves its group properly, and closes: it fetches nothing more, and leaves once what it has handed over is settled.
   * Absent: `close` does all there is to do.
   */
  leave?(): Promise<void>;
  /**
   * Stands still for `forMs` milliseconds, as in a long garbage collection: it sends nothing and hands over nothing.
   * Absent: the client cannot be made to.
   */
  stall?(forMs: number): void;
  /**
   * Ends like a killed process: it sends nothing to the broker, which notices once the member's session times out.
   * Absent: to the broker it makes no difference from `close`.
   */
  die?(): void;
  /** Restarts the ack wait. */
  inProgress(token: AckToken): void;
  close(): Promise<void>;
}

/** How far a durable or group is: both numbers are 0 when everything was delivered and settled. */
export interface DurableState {
  readonly name: string;
  /** Number of messages that were not delivered yet. */
  readonly pending: number;
  /** Number of messages delivered and not acknowledged; Kafka: not committed, where the group commits at all. */
  readonly ackPending: number;
}

/** How far deliveries have come. A driver asks for it where the broker keeps no record of deliveries (Kafka). */
export interface DeliveredPositions {
  /** The highest position delivered so far; 0 if none was. */
  highest(topic: number, partition: number): number;
}

/** How many deliveries there were. A driver asks for it where there are no acks to count (ordered consumers). */
export interface DeliveredCounts {
  /** Number of deliveries of a topic, redeliveries included. */
  count(topic: number): number;
}

/** Disturbs a broker in the middle of a run. Each method is present if this broker can be disturbed in that way. */
export interface BrokerDisturber {
  /** Every topic gets more partitions, so that it has `count`. @throws {BrokerError} if it cannot */
  addPartitions?(count: number): Promise<void>;
  /** False: every topic refuses writes, with an error that clients retry, until this is called with true. */
  setWritable?(writable: boolean): Promise<void>;
  /** The broker dies at once and comes back after `downMs` with its log; resolves when it is back. */
  restart?(downMs: number): Promise<void>;
}

export interface BrokerAdmin {
  readonly broker: BrokerInfo;
  /** The client library with which the topology is published to and consumed from. */
  clientOf(topology: Topology): ClientInfo;
  /** Makes the stream and the durables. @throws {BrokerError} if it cannot honour the topology */
  create(topology: Topology): Promise<void>;
  durables(delivered: DeliveredPositions & DeliveredCounts): Promise<readonly DurableState[]>;
  /** Absent: the broker cannot be disturbed. */
  readonly disturb?: BrokerDisturber | undefined;
  /** Removes what {@link create} made. Safe to call twice, and after a failure. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

/** Opens connections to one broker. Under the thread runtime every thread opens its own. */
export interface BrokerDriver {
  openAdmin(): Promise<BrokerAdmin>;
  /** @param publisher its index among the publishers of the run */
  openPublisher(topology: Topology, publisher: number): Promise<PublisherConnection>;
  /** Kafka: resolves once the member has joined its group. */
  openSubscription(topology: Topology, subscription: SubscriptionSpec): Promise<PullConnection>;
}
