/**
 * The unawaited-pool dispatcher, a control that must fail: lanes by hash of the aggregate id, each of which starts the
 * handler of an event and goes on to the next one without awaiting its promise. Events start in the order of their lane,
 * and those of one aggregate are handled at once. No lane is ever busy, so no queue of the bus holds anything back.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, laneByHash, Lanes } from './lane.js';

export function unawaitedPool(context: DispatchContext): Dispatcher {
  const { handler, ports } = context;
  const laneOf = laneByHash(context);
  const ended = ports.scheduler.signal();
  let running = 0;
  const lanes = new Lanes(context, context.workers, (delivery, lane) => {
    running++;
    ports.scheduler.spawn('handling', async () => {
      await handler.handle(delivery, lane);
      if (--running === 0) ended.notifyAll();
    });
    return Promise.resolve();
  });
  return {
    run: async () => {
      await dispatchToLanes(context, lanes, ({ aggregate }) => laneOf(aggregate, lanes.count));
      while (running > 0) await ended.wait();
    },
    resize: (workers) => lanes.resize(workers),
  };
}
