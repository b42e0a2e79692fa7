/**
 * What stands between fetch and handler? A dispatcher takes deliveries from the inbox and decides when, and after
 * which others, each one's handler starts. One file a dispatcher; all of them get the same context.
 */
import type { Delivery } from '../domain/observation.js';
import type { InboxReader, Ports } from '../runtime/ports.js';

/** Handles one delivery to its end, acks included; never throws for a handler that fails. */
export type Handle = (delivery: Delivery, lane: number) => Promise<void>;

export interface DispatchContext {
  readonly ports: Ports;
  readonly inbox: InboxReader<Delivery>;
  readonly handle: Handle;
  /** Lanes; at least 1. */
  readonly workers: number;
  /** Places in one lane behind the event being handled; at least 1. */
  readonly laneSize: number;
  /** The aggregate's name: what keyed dispatchers hash. */
  aggregateId(aggregate: number): string;
}

export interface Dispatcher {
  /** Runs until the inbox is closed and empty and every lane is idle. */
  run(): Promise<void>;
}
