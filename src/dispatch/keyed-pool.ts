/**
 * The keyed-pool dispatcher, as the bus of the incident had it: one inbox, one dispatcher, N serial lanes chosen by the
 * hash of the aggregate id. It keeps the order in which an aggregate's events were submitted. A full lane blocks the
 * dispatcher, and with it every other lane. When the number of lanes changes, aggregates move to other lanes at once,
 * while the old lanes still hold events of theirs.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, laneByHash, Lanes } from './lane.js';

export function keyedPool(context: DispatchContext): Dispatcher {
  const laneOf = laneByHash(context);
  const lanes = new Lanes(context, context.workers);
  return {
    run: () => dispatchToLanes(context, lanes, ({ aggregate }) => laneOf(aggregate, lanes.count)),
    resize: (workers) => lanes.resize(workers),
  };
}
