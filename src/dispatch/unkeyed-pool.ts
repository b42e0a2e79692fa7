/**
 * The control that must fail: N lanes taken in turn, whatever the aggregate. Two events of one aggregate run in two
 * lanes, and whichever lane is free first starts first.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, startLanes } from './lane.js';

export function unkeyedPool(context: DispatchContext): Dispatcher {
  let next = 0;
  return {
    run: () =>
      dispatchToLanes(context, startLanes(context, context.workers), () => {
        const lane = next;
        next = (next + 1) % context.workers;
        return lane;
      }),
  };
}
