/**
 * The retry-in-place dispatcher: a failing event is tried again inside the bus, with a backoff, as often as it takes,
 * while later events of its aggregate wait behind it. Lanes do not wait: they go on with other aggregates. Nothing is
 * sent back, and what the bus holds is reported as in progress, so the broker has no reason to deliver anything a
 * second time, and order holds through failures. An event that never succeeds blocks its aggregate for good.
 */
import { AggregateLanes } from './aggregate-lanes.js';
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { AckWaitExtender } from './ack-wait-extender.js';

export function retryInPlace(context: DispatchContext): Dispatcher {
  const { inbox, handler } = context;
  const ackWaits = new AckWaitExtender(context);
  const lanes = new AggregateLanes(context, {
    retries: () => true,
    onDone: (delivery) => {
      ackWaits.remove(delivery);
      handler.settle(delivery, 'ack');
    },
    onFailed: (delivery) => {
      ackWaits.remove(delivery);
      handler.settle(delivery, handler.afterFailure);
    },
  });
  return {
    resize: (workers) => lanes.resize(workers),
    run: async () => {
      for (let delivery = await inbox.take(); delivery !== null; delivery = await inbox.take()) {
        ackWaits.add(delivery);
        lanes.add(delivery);
      }
      await lanes.finish();
    },
  };
}
