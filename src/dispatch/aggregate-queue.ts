/**
 * The aggregate-queue dispatcher: a first-in-first-out queue for every aggregate in front of the lanes. A free lane
 * takes the aggregate that has been ready longest, handles its oldest event, and puts the aggregate back if it has
 * more. At most one event of an aggregate is with a lane, so its events start in the order in which they were
 * submitted, and a slow aggregate blocks nobody else. It cannot repair the order of its input.
 *
 * Memory: a queue for every aggregate that has something waiting. The dispatcher holds as many deliveries as the lanes
 * of a keyed pool of the configured size would; beyond that it waits.
 */
import type { Delivery } from '../domain/observation.js';
import { BoundedQueue } from '../runtime/bounded-queue.js';
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { FreeLanes } from './free-lanes.js';

export function aggregateQueue(context: DispatchContext): Dispatcher {
  const { scheduler } = context.ports;
  const capacity = context.workers * context.laneSize;
  /** By aggregate: the events behind the one that is ready or being handled. An aggregate without one has no entry. */
  const waiting = new Map<number, Delivery[]>();
  const ready = new BoundedQueue<Delivery>(scheduler, capacity);
  const places = new BoundedQueue<true>(scheduler, capacity);

  const admit = async (delivery: Delivery): Promise<void> => {
    await places.put(true);
    const queue = waiting.get(delivery.aggregate);
    if (queue !== undefined) {
      queue.push(delivery);
      return;
    }
    waiting.set(delivery.aggregate, []);
    await ready.put(delivery);
  };

  const settle = (delivery: Delivery): void => {
    places.tryTake();
    const next = waiting.get(delivery.aggregate)?.shift();
    if (next === undefined) waiting.delete(delivery.aggregate);
    else ready.tryPut(next);
  };

  const work = async (lane: number): Promise<boolean> => {
    const delivery = await ready.take();
    if (delivery === null) return false;
    await context.handler.handle(delivery, lane);
    settle(delivery);
    return true;
  };
  const lanes = new FreeLanes(context, work);

  return {
    resize: (workers) => lanes.resize(workers),
    run: async () => {
      for (;;) {
        const delivery = await context.inbox.take();
        if (delivery === null) break;
        await admit(delivery);
      }
      for (let free = 0; free < capacity; free++) await places.put(true);
      ready.close();
      await lanes.finish();
    },
  };
}
