/**
 * Serial executors of a dispatcher: each lane runs one handler at a time, in the order of its queue, which is bounded.
 * {@link Lanes} is a set of lanes whose number may change while they are busy: a surplus lane takes nothing more and
 * handles what it holds.
 */
import type { Delivery } from '../domain/observation.js';
import { fnv1a32 } from '../domain/fnv1a.js';
import { BoundedQueue } from '../runtime/bounded-queue.js';
import type { Task } from '../runtime/ports.js';
import { noteResized, type DispatchContext } from './dispatcher.js';

interface Lane {
  readonly queue: BoundedQueue<Delivery>;
  readonly task: Task;
}

/** Handles one delivery in a lane. `behind` is the lane's queue: the deliveries that wait behind this one. */
export type LaneWork = (delivery: Delivery, lane: number, behind: BoundedQueue<Delivery>) => Promise<void>;

export class Lanes {
  readonly #context: DispatchContext;
  readonly #serve: LaneWork;
  readonly #lanes: Lane[] = [];
  /** By index: the lane of that index that was ended last. It may still be handling what it holds. */
  readonly #ended = new Map<number, Lane>();

  /** @param serve what a lane does with a delivery; by default it handles and settles it */
  constructor(context: DispatchContext, count: number, serve?: LaneWork) {
    this.#context = context;
    this.#serve = serve ?? ((delivery, lane) => context.handler.handle(delivery, lane));
    this.#setCount(count);
  }

  get count(): number {
    return this.#lanes.length;
  }

  /** Changes the number of lanes to `count`. */
  resize(count: number): void {
    const before = this.count;
    this.#setCount(count);
    noteResized(this.#context, before, count);
  }

  /** Starts lanes, or ends those with the highest indices, so that there are `count`. */
  #setCount(count: number): void {
    while (this.#lanes.length < count) this.#lanes.push(this.#start(this.#lanes.length));
    while (this.#lanes.length > count) {
      const surplus = this.#lanes.pop()!;
      surplus.queue.close();
      this.#ended.set(this.#lanes.length, surplus);
    }
  }

  /**
   * Puts the delivery into the lane that `choose` names, waiting while that lane is full. If the lane is ended
   * meanwhile, `choose` is asked again.
   */
  async put(delivery: Delivery, choose: (delivery: Delivery) => number): Promise<void> {
    let { queue } = this.#lanes[choose(delivery)]!;
    while (!queue.tryPut(delivery) && !(await queue.put(delivery))) ({ queue } = this.#lanes[choose(delivery)]!);
  }

  /** Closes all lanes; resolves once everything in them was handled. */
  async finish(): Promise<void> {
    const lanes = [...this.#lanes, ...this.#ended.values()];
    for (const { queue, task } of lanes) {
      queue.close();
      await task.join();
    }
  }

  /** A new lane with the index of an ended one starts work once that one is done: two at once would not be serial. */
  #start(index: number): Lane {
    const { scheduler } = this.#context.ports;
    const queue = new BoundedQueue<Delivery>(scheduler, this.#context.laneSize);
    const before = this.#ended.get(index);
    this.#ended.delete(index);
    const task = scheduler.spawn(`lane ${index}`, async () => {
      if (before !== undefined) await before.task.join();
      for (;;) {
        const delivery = await queue.take();
        if (delivery === null) return;
        await this.#serve(delivery, index, queue);
      }
    });
    return { queue, task };
  }
}

/** Hands every delivery of the inbox to the lane that `choose` names, blocking while that lane is full. */
export async function dispatchToLanes(
  context: DispatchContext,
  lanes: Lanes,
  choose: (delivery: Delivery) => number,
): Promise<void> {
  for (;;) {
    const delivery = await context.inbox.take();
    if (delivery === null) break;
    await lanes.put(delivery, choose);
  }
  await lanes.finish();
}

/** Chooses the lane of an aggregate by the hash of its id, which is computed once. */
export function laneByHash(
  context: Pick<DispatchContext, 'aggregateId'>,
): (aggregate: number, lanes: number) => number {
  const hashes: number[] = [];
  return (aggregate, lanes) => (hashes[aggregate] ??= fnv1a32(context.aggregateId(aggregate))) % lanes;
}
