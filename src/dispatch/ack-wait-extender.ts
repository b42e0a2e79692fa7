/**
 * Keeps the ack waits of deliveries from expiring while the bus holds them. Several times an ack wait, every delivery
 * that is being handled, waits behind others or waits to be tried again is reported as in progress, which starts its
 * ack wait anew. Brokers without an ack wait need none of it.
 */
import type { Delivery } from '../domain/observation.js';
import type { DispatchContext } from './dispatcher.js';

/**
 * Reports per ack wait. A verdict calls a time-out near once a third of it has passed, so a third of the ack wait must
 * not pass without a report. With five, a report may be late by up to two fifteenths of the ack wait; with three, any
 * delay at all would count as near.
 */
const reportsPerAckWait = 5;

export class AckWaitExtender {
  readonly #context: DispatchContext;
  readonly #deliveries = new Set<Delivery>();

  /** Starts reporting, which goes on until the run ends. */
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
