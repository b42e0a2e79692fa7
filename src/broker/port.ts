/**
 * What a broker driver must do, and what it may be able to do: an optional method is there where the driver can. One
 * driver a broker; the pipeline knows brokers only through this port. A driver refuses, before anything is published, a
 * topology that it cannot honour, naming what it would take ({@link BrokerError}). It never silently does something else.
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

/** A publish that was refused or not answered: whether the event was stored is not known unless `stored` says so. */
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
  readonly position: number;
  readonly deliveryCount: number | null;
  /** Whether its partition was assigned to this member at that moment (Kafka); absent: ownership is by topology. */
  readonly owned?: boolean | undefined;
  /** What the connection needs to acknowledge it; opaque to everybody else, and a plain value. */
  readonly token: AckToken;
}

/** Handle for an acknowledgement: an integer that the connection gave out. */
export type AckToken = number;

/** The end of one pull request: satisfied, expired (408), nothing there (404), queue full or deleted (409). */
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
  /** Sends one pull request. At most one is outstanding. Kafka: begins to consume; further calls do nothing. */
  pull(batch: number, expiresMs: number): void;
  /** What has come in already, without waiting. */
  poll(): BrokerMessage | PullEnd | undefined;
  /** Waits for what comes next. */
  next(): Promise<BrokerMessage | PullEnd>;
  /** Acknowledges. Each returns as soon as it has been handed to the connection. */
  ack(token: AckToken): void;
  /** Negative: redeliver, after `delayMs` if given. Kafka: the client's handler throws. */
  nak(token: AckToken, delayMs?: number): void;
  /** Never redeliver. */
  term(token: AckToken): void;
  /**
   * Fetches nothing for so long; what is in hand goes on. Kafka: the client's pause and resume, of all partitions of the
   * member. Absent: the client cannot.
   */
  pause?(forMs: number): void;
  /**
   * Leaves its group properly, and closes: it takes nothing more, and goes once what it has handed over is settled.
   * Absent: closing is all that there is.
   */
  leave?(): Promise<void>;
  /** Stands still, as in a long garbage collection: for so long nothing of it is heard, and it hands over nothing. */
  stall?(forMs: number): void;
  /**
   * Ends as a process does that is killed: without a word to the broker, which learns of it when it misses the member.
   * Absent: closing is the same to the broker.
   */
  die?(): void;
  /** Restarts the ack wait. */
  inProgress(token: AckToken): void;
  close(): Promise<void>;
}

/** How far a durable or group is: both 0 when everything was delivered and settled. */
export interface DurableState {
  readonly name: string;
  readonly pending: number;
  /** Delivered and not acknowledged; Kafka: not committed, where the group commits at all. */
  readonly ackPending: number;
}

/** How far deliveries have come: what a broker that keeps no record of them (Kafka) has to be told. */
export interface DeliveredPositions {
  /** The highest position delivered so far; 0 if none was. */
  highest(topic: number, partition: number): number;
}

/** How many deliveries there were: what a broker that hears of no acks has to be told. */
export interface DeliveredCounts {
  /** Redeliveries included. */
  count(topic: number): number;
}

/** Each method is there if the broker can be made to do it. */
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
  readonly client: ClientInfo;
  /** Makes the stream and the durables. @throws {BrokerError} if it cannot honour the topology */
  create(topology: Topology): Promise<void>;
  durables(delivered: DeliveredPositions & DeliveredCounts): Promise<readonly DurableState[]>;
  /** What can be done to the broker in the middle of a run. */
  readonly disturb?: BrokerDisturber | undefined;
  /** Removes what {@link create} made. Safe to call twice, and after a failure. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

/** Opens connections to one broker. Under the thread runtime every thread opens its own. */
export interface BrokerDriver {
  openAdmin(): Promise<BrokerAdmin>;
  /** @param publisher its index, among those of the run */
  openPublisher(topology: Topology, publisher: number): Promise<PublisherConnection>;
  /** Kafka: resolves once the member has joined its group. */
  openSubscription(topology: Topology, subscription: SubscriptionSpec): Promise<PullConnection>;
}
