/**
 * The interface of a dispatcher, which stands between the fetch loops and the handler: it takes deliveries from the
 * inbox and decides when, and after which others, the handler of each starts. Each dispatcher has a file of its own;
 * all get the same context.
 */
import type { Delivery } from '../domain/observation.js';
import type { TakeNote } from '../domain/run-note.js';
import type { GapPolicy } from '../domain/scenario/scenario.js';
import type { DeliveryHandler } from '../handler/delivery-handler.js';
import type { HandledVersions } from './handled-versions.js';
import type { InboxReader, Ports } from '../runtime/ports.js';

export interface DispatchContext {
  readonly ports: Ports;
  readonly inbox: InboxReader<Delivery>;
  readonly handler: DeliveryHandler;
  /** Lanes; at least 1. */
  readonly workers: number;
  /** Places in one lane behind the event being handled; at least 1. */
  readonly laneSize: number;
  readonly topics: number;
  /**
   * How long the broker waits for an ack before it delivers again, in milliseconds: the shortest ack wait of all
   * durables. null: the broker has no ack wait.
   */
  readonly ackWaitMs: number | null;
  /**
   * Unacknowledged deliveries of one durable at which the broker delivers nothing new; where several buses take from it,
   * the share of this one. null: the broker does not count them, but it may hold back the next batch until all of this
   * one is acknowledged (Kafka).
   */
  readonly maxAckPending: number | null;
  /** Index of this bus among the buses of the run, from 0. */
  readonly bus: number;
  /** Number of buses of the run, this one included. */
  readonly buses: number;
  /** Shared by all buses, and written by strategies that know versions. */
  readonly handledVersions: HandledVersions;
  /** What to do about a version that does not come within `timeoutMs`. */
  readonly gap: { readonly policy: GapPolicy; readonly timeoutMs: number };
  /** The aggregate's name: what keyed dispatchers hash. */
  aggregateId(aggregate: number): string;
  /** Records something that happened to the bus rather than to one event. */
  readonly note: TakeNote<'resized' | 'resequencer'>;
  /** True once the run is to end whatever is still open: nothing is waited for or tried again. */
  isEnding(): boolean;
}

/** Notes that the number of a dispatcher's lanes has changed, if it has. */
export function noteResized(context: Pick<DispatchContext, 'bus' | 'note'>, from: number, to: number): void {
  if (from !== to) context.note('resized', { bus: context.bus, from, to });
}

export interface Dispatcher {
  /** Runs until the inbox is closed and empty and every lane is idle. */
  run(): Promise<void>;
  /** Changes the number of lanes while they are busy, and notes `resized` if it did. Absent: the number is fixed. */
  resize?(workers: number): void;
}
