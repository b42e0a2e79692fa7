/**
 * What stands between fetch and handler? A dispatcher takes deliveries from the inbox and decides when, and after
 * which others, each one's handler starts. One file a dispatcher; all of them get the same context.
 */
import type { Delivery } from '../domain/observation.js';
import type { DeliveryHandler } from '../handler/delivery-handler.js';
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
  /** How long the broker waits for an ack before it delivers again, in milliseconds. */
  readonly ackWaitMs: number;
  /** The aggregate's name: what keyed dispatchers hash. */
  aggregateId(aggregate: number): string;
  /** True once the run is to end whatever is still open: nothing is waited for or tried again. */
  isEnding(): boolean;
}

export interface Dispatcher {
  /** Runs until the inbox is closed and empty and every lane is idle. */
  run(): Promise<void>;
}
