/**
 * Defines the port between the bench, which takes a row from its topology to the end of its drain, and the two runtimes
 * that run the row's parts: as tasks of one virtual world, or as worker threads against a real broker. Everything in
 * which the two runtimes differ is in this port.
 */
import type { BrokerAdmin, BrokerDisturber } from '../../broker/port.js';
import type { SubscriptionSpec } from '../../domain/topology.js';
import type { Recorder } from '../../observation/recorder.js';
import type { Clock, Scheduler } from '../../runtime/ports.js';

/** Disturbances that only the process which started the broker can carry out, and no client. */
export type BrokerControl = Pick<BrokerDisturber, 'restart'>;

export interface BenchRuntime {
  /** Clock and scheduler of the bench; from {@link begin} on the clock is the row's own. */
  readonly ports: Clock & Scheduler;
  /** Time between two checks of how far the run is, in milliseconds. */
  readonly pollMs: number;
  readonly control: BrokerControl;
  /** Records what the bench itself observes. On threads nothing is recorded before {@link begin}. */
  readonly recorder: Pick<Recorder, 'note' | 'finish'>;

  openAdmin(): Promise<BrokerAdmin>;
  /** Resolves once the parts that have to connect before the row begins have done so. */
  connect(): Promise<void>;
  /** Starts buses, subscriptions that begin at once, and publishers. */
  begin(): Promise<void>;
  /**
   * Settles as the promise does, unless the run ends first.
   * @throws {InterruptedError} on an interrupt
   * @throws {ToolError} the error of the first part that fails
   */
  unlessEnded<T>(promise: Promise<T>): Promise<T>;

  /** Whether every publisher is done. */
  readonly isPublished: boolean;
  /** Waits until every publisher is done, for at most `withinMs`; it may wait that long in any case. */
  untilPublished(withinMs: number): Promise<void>;
  /** Stops publishing, and releases publishers that wait for a handling. */
  stopPublishing(): void;

  /** Starts members. Resolves once all of them are at work. */
  join(members: readonly SubscriptionSpec[]): Promise<void>;
  /** Has a member leave; `onLeft` is called at the moment it has left. Resolves once it is gone or has crashed. */
  leave(member: SubscriptionSpec, onLeft: () => void): Promise<void>;
  /** Kills a bus and its subscriptions. Resolves once all of them have stopped. */
  kill(bus: number, subscriptions: readonly SubscriptionSpec[]): Promise<void>;
  /** Resolves once all observations made so far have reached the sink, or after `withinMs`. */
  untilSeen(withinMs: number): Promise<void>;
  /** Drops the connections of crashed subscriptions, as their process would; the broker notices what it can at once. */
  dropConnections(subscriptions: readonly SubscriptionSpec[]): Promise<void>;
  /** Gives every bus that has not crashed another number of workers (lanes). */
  resize(workers: number): void;
  stall(member: SubscriptionSpec, forMs: number): void;
  pause(member: SubscriptionSpec, forMs: number): void;

  /** Number of observations that were made and have not reached the sink. */
  readonly underway: number;
  readonly givenUp: GivenUpEvents;
  /** Ends the parts after the drain. Resolves once the last observation is made. */
  finish(): Promise<void>;
}

/** Counts the events that the broker gave up: it will not deliver them again, though they were not acknowledged. */
export interface GivenUpEvents {
  /** Whether any message that awaits an ack may be delivered once more. */
  readonly mayComeAgain: boolean;
  /**
   * Number of events given up.
   * @param ackPending deliveries that still await an ack; 0 once the run is drained
   */
  count(ackPending: number): number;
}
