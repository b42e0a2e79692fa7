/**
 * The unkeyed-pool dispatcher, a control that must fail: N lanes taken in turn, whatever the aggregate. Two events of
 * one aggregate go to two lanes, and the one whose lane is free first starts first.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, Lanes } from './lane.js';

export function unkeyedPool(context: DispatchContext): Dispatcher {
  let next = 0;
  const lanes = new Lanes(context, context.workers);
  return {
    run: () =>
      dispatchToLanes(context, lanes, () => {
        const lane = next % lanes.count;
        next = (lane + 1) % lanes.count;
        return lane;
      }),
    resize: (workers) => lanes.resize(workers),
  };
}
