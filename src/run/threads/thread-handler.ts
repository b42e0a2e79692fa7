/**
 * What happens in a thread that handles deliveries, beside the handling itself? Publishers that wait for the event are
 * let go, and the main thread is told when this thread has nothing more to say of a delivery.
 */
import type { DeliveryHandler } from '../../handler/delivery-handler.js';
import { createHandler, type Acker } from '../../handler/handle.js';
import { serviceTime } from '../../handler/service-time.js';
import { markHandled } from '../../runtime/threads/handled-gate.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { strategyById } from '../../strategy/registry.js';
import { firstLaneOf } from '../../strategy/strategy.js';
import type { WorkerContext } from './worker-shell.js';

/**
 * @param prngLabel names the stream of chance that service times and failures are drawn from
 * @param bus whose lanes they are
 */
export function createThreadHandler(
  { input, clock, recorder, batch }: WorkerContext,
  prngLabel: string,
  acker: Acker,
  bus = 0,
): DeliveryHandler {
  const { scenario, strategy, topology, shared, seed } = input;
  const { gate } = shared;
  const prng = new SeededPrng(seed, prngLabel);
  return createHandler({
    clock,
    prng,
    recorder,
    acker,
    ack: scenario.ack,
    serviceTime: serviceTime(scenario, prng, new SeededPrng(seed, 'handler times')),
    handlerFailShare: scenario.handlerFailShare,
    handlerFailure: scenario.handlerFailure,
    handlerTimeoutMs: scenario.handlerTimeoutMs,
    unansweredComesAgain: topology.kind === 'jetstream',
    firstLane: firstLaneOf(strategyById(strategy), bus, scenario),
    onHandled: ({ aggregate, version }) => {
      if (gate !== null) markHandled(gate, aggregate, version);
    },
    onUnstarted: (delivery) => batch.introduce(delivery),
    onSettled: (delivery) => batch.settled(delivery),
  });
}
