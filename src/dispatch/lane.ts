/**
 * What is a lane? A serial executor: it handles what is put into it one after the other, in that order, and holds a
 * bounded number behind the one being handled.
 */
import type { Delivery } from '../domain/observation.js';
import { BoundedQueue } from '../runtime/bounded-queue.js';
import type { Task } from '../runtime/ports.js';
import type { DispatchContext } from './dispatcher.js';

export interface Lane {
  /** False if the lane is full. */
  tryPut(delivery: Delivery): boolean;
  /** Waits while the lane is full. */
  put(delivery: Delivery): Promise<boolean>;
  /** Takes nothing more; resolves once what is in was handled. */
  finish(): Promise<void>;
}

/** Starts `context.workers` lanes. */
export function startLanes(context: DispatchContext): Lane[] {
  return Array.from({ length: context.workers }, (_, index) => startLane(context, index));
}

function startLane(context: DispatchContext, index: number): Lane {
  const { scheduler } = context.ports;
  const queue = new BoundedQueue<Delivery>(scheduler, context.laneSize);
  const task: Task = scheduler.spawn(`lane ${index}`, async () => {
    for (;;) {
      const delivery = await queue.take();
      if (delivery === null) return;
      await context.handler.handle(delivery, index);
    }
  });
  return {
    tryPut: (delivery) => queue.tryPut(delivery),
    put: (delivery) => queue.put(delivery),
    finish: () => {
      queue.close();
      return task.join();
    },
  };
}

/** Hands every delivery of the inbox to the lane that `choose` names, blocking while that lane is full. */
export async function dispatchToLanes(context: DispatchContext, choose: (delivery: Delivery) => number): Promise<void> {
  const lanes = startLanes(context);
  for (;;) {
    const delivery = await context.inbox.take();
    if (delivery === null) break;
    const lane = lanes[choose(delivery)]!;
    if (!lane.tryPut(delivery)) await lane.put(delivery);
  }
  for (const lane of lanes) await lane.finish();
}
