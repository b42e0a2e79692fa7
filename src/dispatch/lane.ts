/**
 * What is a lane? A serial executor: it handles what is put into it one after the other, in that order, and holds a
 * bounded number behind the one being handled.
 */
import type { Delivery } from '../domain/observation.js';
import { fnv1a32 } from '../domain/fnv1a.js';
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

/** Handles one delivery in a lane; may look into what waits behind it. */
export type Serve = (delivery: Delivery, lane: number, behind: BoundedQueue<Delivery>) => Promise<void>;

/** @param serve what a lane does with a delivery; by default all of its handling */
export function startLanes(context: DispatchContext, lanes: number, serve?: Serve): Lane[] {
  const handle: Serve = serve ?? ((delivery, lane) => context.handler.handle(delivery, lane));
  return Array.from({ length: lanes }, (_, index) => startLane(context, index, handle));
}

function startLane(context: DispatchContext, index: number, serve: Serve): Lane {
  const { scheduler } = context.ports;
  const queue = new BoundedQueue<Delivery>(scheduler, context.laneSize);
  const task: Task = scheduler.spawn(`lane ${index}`, async () => {
    for (;;) {
      const delivery = await queue.take();
      if (delivery === null) return;
      await serve(delivery, index, queue);
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
export async function dispatchToLanes(
  context: DispatchContext,
  lanes: readonly Lane[],
  choose: (delivery: Delivery) => number,
): Promise<void> {
  for (;;) {
    const delivery = await context.inbox.take();
    if (delivery === null) break;
    const lane = lanes[choose(delivery)]!;
    if (!lane.tryPut(delivery)) await lane.put(delivery);
  }
  for (const lane of lanes) await lane.finish();
}

/** Which of `lanes` is an aggregate's? The hash of its id says so, which is computed once. */
export function laneByHash(
  context: Pick<DispatchContext, 'aggregateId'>,
  lanes: number,
): (aggregate: number) => number {
  const laneOf: number[] = [];
  return (aggregate) => (laneOf[aggregate] ??= fnv1a32(context.aggregateId(aggregate)) % lanes);
}
