/**
 * The parallel-keys dispatcher, after the KEY mode of Confluent's parallel consumer. Every key (here: aggregate) has a
 * queue; many keys are handled at a time, one event of a key at a time; a failing event is tried again in place while
 * its key waits. Acknowledgements leave no hole, so that the broker has to keep no more than a position: an event is
 * acknowledged once it and everything that its subscription took before it from the same partition of a topic is done.
 *
 * The window, which is what was taken and is not acknowledged, is bounded by the topology that goes with this
 * dispatcher: one event that takes long holds back the acknowledgement of all behind it, and once the window is full
 * nothing more comes in. Everything in the window is reported as in progress, also what is done and waits for its
 * acknowledgement.
 */
import type { Delivery } from '../domain/observation.js';
import type { DeliveryHandler, Settlement } from '../handler/delivery-handler.js';
import { AggregateLanes } from './aggregate-lanes.js';
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { AckWaitExtender } from './ack-wait-extender.js';

export function parallelKeys(context: DispatchContext): Dispatcher {
  const { inbox, handler } = context;
  const windows = new Windows(handler, new AckWaitExtender(context));
  const lanes = new AggregateLanes(context, {
    retries: () => true,
    onDone: (delivery) => windows.end(delivery, 'ack'),
    onFailed: (delivery) => windows.end(delivery, handler.afterFailure),
  });
  return {
    resize: (workers) => lanes.resize(workers),
    run: async () => {
      for (let delivery = await inbox.take(); delivery !== null; delivery = await inbox.take()) {
        windows.begin(delivery);
        lanes.add(delivery);
      }
      await lanes.finish();
    },
  };
}

/** Deliveries of one partition in the order in which one subscription took them; those up to `head` are settled. */
interface Window {
  readonly taken: Delivery[];
  head: number;
}

/** Once so many deliveries at the head of a window are settled, they are cut off. */
const headMax = 256;

class Windows {
  readonly #handler: DeliveryHandler;
  readonly #ackWaits: AckWaitExtender;
  /** Windows by subscription, topic and partition. */
  readonly #windows: Window[][][] = [];
  /** How to settle deliveries that are over while one before them in their window is not. */
  readonly #ahead = new Map<Delivery, Settlement>();

  constructor(handler: DeliveryHandler, ackWaits: AckWaitExtender) {
    this.#handler = handler;
    this.#ackWaits = ackWaits;
  }

  begin(delivery: Delivery): void {
    this.#windowOf(delivery).taken.push(delivery);
    this.#ackWaits.add(delivery);
  }

  end(delivery: Delivery, how: Settlement): void {
    const window = this.#windowOf(delivery);
    if (window.taken[window.head] !== delivery) {
      this.#ahead.set(delivery, how);
      return;
    }
    let next: Settlement | undefined = how;
    while (next !== undefined) {
      const settled = window.taken[window.head++]!;
      this.#ackWaits.remove(settled);
      this.#handler.settle(settled, next);
      const following = window.taken[window.head];
      next = following === undefined ? undefined : this.#takeAhead(following);
    }
    if (window.head < headMax && window.head < window.taken.length) return;
    window.taken.splice(0, window.head);
    window.head = 0;
  }

  #takeAhead(delivery: Delivery): Settlement | undefined {
    const how = this.#ahead.get(delivery);
    if (how !== undefined) this.#ahead.delete(delivery);
    return how;
  }

  #windowOf({ subscription, topic, partition }: Delivery): Window {
    const bySubscription = (this.#windows[subscription] ??= []);
    const byTopic = (bySubscription[topic] ??= []);
    return (byTopic[partition] ??= { taken: [], head: 0 });
  }
}
