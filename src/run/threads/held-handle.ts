/**
 * What happens in a thread that handles a delivery, beside the handling itself? It is counted as settled, so that the
 * main thread knows when nothing is under way any more, and publishers that wait for it are let go.
 */
import type { Delivery } from '../../domain/observation.js';
import { createHandle, type Acker } from '../../handler/handle.js';
import { markHandled } from '../../runtime/threads/handled-gate.js';
import { SeededPrng } from '../../runtime/virtual/seeded-prng.js';
import { counter } from './shared-run.js';
import type { WorkerContext } from './worker-shell.js';

/**
 * Handles deliveries that were counted as held.
 * @param prngLabel names the stream of chance that service times and failures are drawn from
 */
export function createHeldHandle(
  { input, clock, recorder, batch }: WorkerContext,
  prngLabel: string,
  acker: Acker,
): (delivery: Delivery, lane: number) => Promise<void> {
  const { scenario, shared, seed } = input;
  const { gate, counters } = shared;
  const handle = createHandle({
    clock,
    prng: new SeededPrng(seed, prngLabel),
    recorder,
    acker,
    ack: scenario.ack,
    handlerTime: scenario.handlerTime,
    handlerFailShare: scenario.handlerFailShare,
    onHandled: ({ aggregate, version }) => {
      if (gate !== null) markHandled(gate, aggregate, version);
    },
  });

  return async (delivery, lane) => {
    await handle(delivery, lane);
    batch.settled(delivery);
    Atomics.add(counters, counter.settled, 1);
    Atomics.sub(counters, counter.held, 1);
  };
}
