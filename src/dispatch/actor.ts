/**
 * The actor dispatcher: fixed actors, chosen by the hash of the aggregate id, each with a mailbox; an event is handled
 * and settled before the next one of its mailbox is looked at. When an event fails, later ones do not overtake it: what
 * the mailbox holds of the same aggregate is treated like the failed event, in order (sent back, or left unanswered),
 * to be delivered again behind it.
 *
 * Events that are on their way to the mailbox at that moment (in the client, in the inbox) are out of the actor's reach
 * and are handled before the failed event is back: that is where an actor loses order. Where the broker redelivers
 * nothing, because each delivery was acknowledged when it was made, nothing is sent back either: the failed event is
 * lost, and the rest go on.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { dispatchToLanes, laneByHash, Lanes, type LaneWork } from './lane.js';

export function actor(context: DispatchContext): Dispatcher {
  const { workers, handler } = context;
  const laneOf = laneByHash(context);

  const serve: LaneWork = async (delivery, lane, mailbox) => {
    if (await handler.attempt(delivery, lane, 1, 'settle')) {
      handler.settle(delivery, 'ack');
      return;
    }
    handler.settle(delivery, handler.afterFailure);
    if (!handler.bringsBack) return;
    const { aggregate } = delivery;
    for (const later of mailbox.takeWhere((other) => other.aggregate === aggregate)) handler.giveBack(later);
  };

  const lanes = new Lanes(context, workers, serve);
  return {
    run: () => dispatchToLanes(context, lanes, ({ aggregate }) => laneOf(aggregate, lanes.count)),
    resize: (count) => lanes.resize(count),
  };
}
