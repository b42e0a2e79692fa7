/**
 * The pool-per-topic dispatcher: a keyed pool for every topic. A topic's events are handled in lanes that no other
 * topic uses, so that a slow topic takes no lanes away from the others. Topic t has the lanes from t × workers on. One
 * dispatcher feeds all pools, and a lane that is full blocks it as in the keyed pool.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, laneByHash, Lanes } from './lane.js';

export function poolPerTopic(context: DispatchContext): Dispatcher {
  const { topics } = context;
  let { workers } = context;
  const laneOf = laneByHash(context);
  const lanes = new Lanes(context, topics * workers);
  return {
    run: () => dispatchToLanes(context, lanes, ({ topic, aggregate }) => topic * workers + laneOf(aggregate, workers)),
    resize: (count) => {
      workers = count;
      lanes.resize(topics * count);
    },
  };
}
