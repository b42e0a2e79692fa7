/**
 * What happens in a thread that handles a delivery, beside the handling itself? Publishers that wait for the event are
 * let go, and the main thread is told that this thread has nothing more to say of the delivery.
 */
import type { Delivery } from '../../domain/observation.js';
import { createHandle, type Acker } from '../../handler/handle.js';
import { markHandled } from '../../runtime/threads/handled-gate.js';
import { SeededPrng } from '../../runtime/virtual/seeded-prng.js';
import type { WorkerContext } from './worker-shell.js';

/**
 * @param prngLabel names the stream of chance that service times and failures are drawn from
 * @param bus whose lanes they are: lanes are numbered over all buses
 */
export function createThreadHandle(
  { input, clock, recorder, batch }: WorkerContext,
  prngLabel: string,
  acker: Acker,
  bus = 0,
): (delivery: Delivery, lane: number) => Promise<void> {
  const { scenario, shared, seed } = input;
  const { gate } = shared;
  const firstLane = bus * scenario.workers;
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
    await handle(delivery, lane < 0 ? lane : firstLane + lane);
    batch.settled(delivery);
  };
}
