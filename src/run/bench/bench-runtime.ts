/**
 * The port between the bench, which takes a row from its topology to the end of its drain, and the two runtimes that
 * carry the row's parts: tasks of one virtual world, or worker threads against a real broker. Everything in which the
 * two runtimes differ is in this port.
 */
import type { BrokerAdmin, BrokerDisturber } from '../../broker/port.js';
import type { SubscriptionSpec } from '../../domain/topology.js';
import type { Recorder } from '../../observation/recorder.js';
import type { Clock, Scheduler } from '../../runtime/ports.js';

/** What whoever started the broker can do to it, and its clients cannot. */
export type BrokerControl = Pick<BrokerDisturber, 'restart'>;

export interface BenchRuntime {
  /** In which the bench itself waits; its clock is the row's from {@link begin} on. */
  readonly ports: Clock & Scheduler;
  /** Time between two looks at how far the run is, in milliseconds. */
  readonly pollMs: number;
  readonly control: BrokerControl;
  /** Records what the bench itself sees. Says nothing before {@link begin}. */
  readonly recorder: Pick<Recorder, 'note' | 'finish'>;

  openAdmin(): Promise<BrokerAdmin>;
  /** Resolves once the parts that have to connect before the row begins have done so. */
  connect(): Promise<void>;
  /** Starts buses, subscriptions that begin at once, and publishers. */
  begin(): Promise<void>;
  /** As the promise. @throws {InterruptedError} on an interrupt, and the error of the first part that fails */
  unlessEnded<T>(promise: Promise<T>): Promise<T>;

  /** Whether every publisher is done. */
  readonly isPublished: boolean;
  /** Resolves once every publisher is done, and after so long in any case. */
  untilPublished(withinMs: number): Promise<void>;
  /** Nothing more is published, and publishers that wait for a handling are let go. */
  stopPublishing(): void;

  /** Resolves once all of them are at work. */
  join(members: readonly SubscriptionSpec[]): Promise<void>;
  /** Has a member leave. Resolves once it is gone, or has died over it; `onLeft` is told at the moment at which it left. */
  leave(member: SubscriptionSpec, onLeft: () => void): Promise<void>;
  /** Kills a bus and its subscriptions. Resolves once none of them does anything any more. */
  kill(bus: number, subscriptions: readonly SubscriptionSpec[]): Promise<void>;
  /** Resolves once everything that was seen so far has reached the sink, or could not within so long. */
  untilSeen(withinMs: number): Promise<void>;
  /** The broker notices that the connections of dead subscriptions are gone, as far as it would at once. */
  dropConnections(subscriptions: readonly SubscriptionSpec[]): Promise<void>;
  /** Gives every bus that lives so many workers. */
  resize(workers: number): void;
  stall(member: SubscriptionSpec, forMs: number): void;
  pause(member: SubscriptionSpec, forMs: number): void;

  /** Observations that were made and have not reached the sink. */
  readonly underway: number;
  readonly givenUp: GivenUpEvents;
  /** Stops what goes on after a drain. Resolves once the last observation is made. */
  finish(): Promise<void>;
}

/** What is known of events that the broker will not deliver again, though nobody acknowledged them. */
export interface GivenUpEvents {
  /** Whether any message that awaits an ack may be delivered once more. */
  readonly mayComeAgain: boolean;
  /**
   * How many there are.
   * @param ackPending deliveries that still await an ack; 0 once the run is drained
   */
  count(ackPending: number): number;
}
