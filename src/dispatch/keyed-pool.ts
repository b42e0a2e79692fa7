/**
 * The original bus: one queue, one dispatcher, N serial lanes chosen by the hash of the aggregate id. Keeps the order
 * in which an aggregate's events were submitted. A full lane blocks the dispatcher, and with it every other lane.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, laneByHash, startLanes } from './lane.js';

export function keyedPool(context: DispatchContext): Dispatcher {
  const { workers } = context;
  const laneOf = laneByHash(context, workers);
  return { run: () => dispatchToLanes(context, startLanes(context, workers), ({ aggregate }) => laneOf(aggregate)) };
}
