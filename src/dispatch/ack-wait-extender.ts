/**
 * Keeps the ack waits of deliveries from expiring while the bus holds them. Several times an ack wait, every delivery
 * that is being handled, waits behind others or waits to be tried again is reported as in progress, which starts its
 * ack wait anew. Brokers without an ack wait need none of it.
 */
import type { Delivery } from '../domain/observation.js';
import type { DispatchContext } from './dispatcher.js';

/**
 * Reports per ack wait. One is due a fifth of the ack wait after the last, and may be late by nearly two thirds of that
 * before a third of the ack wait has passed without one: a verdict calls a time-out near once what it times took a third
 * of it. With three a report that is late by anything at all would be near.
 */
const reportsPerAckWait = 5;

export class AckWaitExtender {
  readonly #context: DispatchContext;
  readonly #deliveries = new Set<Delivery>();

  /** Starts reporting; it goes on until the run ends. */
  constructor(context: DispatchContext) {
    this.#context = context;
    const { ackWaitMs, ports } = context;
    if (ackWaitMs !== null) ports.scheduler.spawn('in-progress', () => this.#report(ackWaitMs / reportsPerAckWait));
  }

  add(delivery: Delivery): void {
    this.#deliveries.add(delivery);
  }

  remove(delivery: Delivery): void {
    this.#deliveries.delete(delivery);
  }

  async #report(everyMs: number): Promise<void> {
    const { ports, handler } = this.#context;
    while (!this.#context.isEnding()) {
      await ports.clock.sleep(everyMs);
      for (const delivery of this.#deliveries) handler.inProgress(delivery);
    }
  }
}
