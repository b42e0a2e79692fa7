/**
 * Creates the handler of a thread that handles deliveries. After each handling it releases publishers that wait for the
 * event, and reports to the main thread that this thread is done with the delivery.
 */
import type { DeliveryHandler } from '../../handler/delivery-handler.js';
import type { Acker } from '../../handler/handle.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { markHandled } from '../../runtime/threads/handled-gate.js';
import { rowHandler } from '../bench/row-parts.js';
import type { WorkerContext } from './worker-shell.js';

/**
 * @param chance name of the random stream from which service times and failures are drawn
 * @param bus the bus whose lanes use the handler
 */
export function createThreadHandler(
  { input, settings, clock, scheduler, recorder, batch }: WorkerContext,
  chance: string,
  acker: Acker,
  bus = 0,
): DeliveryHandler {
  const { gate } = input.shared;
  return rowHandler(settings, bus, {
    clock,
    scheduler,
    prng: new SeededPrng(input.seed, chance),
    recorder,
    acker,
    onHandled: ({ aggregate, version }) => {
      if (gate !== null) markHandled(gate, aggregate, version);
    },
    onUnstarted: (delivery) => batch.introduce(delivery),
    onSettled: (delivery) => batch.settled(delivery),
  });
}
