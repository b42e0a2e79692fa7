/**
 * The retry-at-tail dispatcher, a control that must fail: a keyed pool that puts a failed event back at the end of its
 * lane, to be tried again there, as often as it takes. The events of its aggregate that were waiting in the lane are
 * handled before it. Nothing is sent back to the broker, which delivers each event once.
 */
import type { Delivery } from '../domain/observation.js';
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, laneByHash, Lanes, type LaneWork } from './lane.js';

/** The wait of a lane before a further attempt: it must not spin where all that it holds fails without taking time. */
const retryAfterMs = 1;

export function retryAtTail(context: DispatchContext): Dispatcher {
  const { handler, ports, workers } = context;
  const laneOf = laneByHash(context);
  /** Attempts that failed, by the delivery that waits for another one. */
  const failures = new Map<Delivery, number>();

  const serve: LaneWork = async (delivery, lane, behind) => {
    const failed = failures.get(delivery) ?? 0;
    if (failed > 0) await ports.clock.sleep(retryAfterMs);
    const retries = !context.isEnding();
    const isDone = await handler.attempt(delivery, lane, failed + 1, retries ? 'retry' : 'settle');
    if (!isDone && retries) {
      failures.set(delivery, failed + 1);
      behind.putBack(delivery);
      return;
    }
    failures.delete(delivery);
    handler.settle(delivery, isDone ? 'ack' : handler.afterFailure);
  };

  const lanes = new Lanes(context, workers, serve);
  return {
    run: () => dispatchToLanes(context, lanes, ({ aggregate }) => laneOf(aggregate, lanes.count)),
    resize: (count) => lanes.resize(count),
  };
}
