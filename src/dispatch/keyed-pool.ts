/**
 * The original bus: one queue, one dispatcher, N serial lanes chosen by the hash of the aggregate id. Keeps the order
 * in which an aggregate's events were submitted. A full lane blocks the dispatcher, and with it every other lane.
 */
import { dispatchToLanes } from './lane.js';
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { fnv1a32 } from '../domain/fnv1a.js';

export function keyedPool(context: DispatchContext): Dispatcher {
  const laneOf: number[] = [];
  return {
    run: () =>
      dispatchToLanes(context, ({ aggregate }) => {
        laneOf[aggregate] ??= fnv1a32(context.aggregateId(aggregate)) % context.workers;
        return laneOf[aggregate];
      }),
  };
}
