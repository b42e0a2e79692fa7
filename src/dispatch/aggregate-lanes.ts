/**
 * A pool of lanes that handles one event of each aggregate at a time, without one aggregate waiting for another. Each
 * aggregate has a queue; a free lane takes the aggregate that has been ready longest, makes an attempt at the first
 * event of its queue, and puts the aggregate back behind the others if it has more. An event that is to be tried again
 * stays first in its queue: its aggregate waits for the backoff, its lane does not.
 *
 * The pool takes every delivery at once, without a limit of its own: the broker limits what a bus holds, since it
 * delivers only so much that is not acknowledged. A delivery that had to wait in front of the pool would not be
 * reported as in progress, and its ack wait would expire.
 */
import type { Delivery } from '../domain/observation.js';
import { BoundedQueue } from '../runtime/bounded-queue.js';
import type { Signal } from '../runtime/ports.js';
import type { DispatchContext } from './dispatcher.js';
import { FreeLanes } from './free-lanes.js';

export interface AggregateLanesOptions {
  /** Whether an attempt that fails is to be followed by another one here. Asked before each attempt. */
  retries(delivery: Delivery): boolean;
  /** The event was handled; it is out of its queue. */
  onDone(delivery: Delivery): void;
  /** The event failed and is not tried again; it is out of its queue. */
  onFailed(delivery: Delivery): void;
}

/** The queue of one aggregate. An event that is being handled stays first in it. */
interface Queue {
  waiting: Delivery[];
  /** Index in `waiting` of the first event; those before it are over. */
  head: number;
  /** Attempts made at the first event. */
  attempts: number;
  /** The queue is ready, its first event is being handled, or it is in a backoff. */
  isBusy: boolean;
}

/** The wait before the second attempt; each further wait is twice as long, up to {@link backoffMsMax}. */
const backoffMsFirst = 10;
const backoffMsMax = 1_000;
/** Once so many events at the head of a queue are over, they are cut off. */
const headMax = 64;

export class AggregateLanes {
  readonly #context: DispatchContext;
  readonly #options: AggregateLanesOptions;
  /** Queues by aggregate. */
  readonly #queues: (Queue | undefined)[] = [];
  /** Queues that a lane may take: they hold an event, are with no lane and in no backoff. */
  readonly #ready: BoundedQueue<Queue>;
  readonly #empty: Signal;
  readonly #lanes: FreeLanes;
  #size = 0;

  constructor(context: DispatchContext, options: AggregateLanesOptions) {
    const { scheduler } = context.ports;
    this.#context = context;
    this.#options = options;
    this.#ready = new BoundedQueue(scheduler, Number.MAX_SAFE_INTEGER);
    this.#empty = scheduler.signal();
    this.#lanes = new FreeLanes(context, (lane) => this.#work(lane));
  }

  resize(workers: number): void {
    this.#lanes.resize(workers);
  }

  add(delivery: Delivery): void {
    const queue = (this.#queues[delivery.aggregate] ??= { waiting: [], head: 0, attempts: 0, isBusy: false });
    this.#size++;
    queue.waiting.push(delivery);
    if (queue.isBusy) return;
    queue.isBusy = true;
    this.#ready.tryPut(queue);
  }

  /** Takes out what waits behind the event that has just failed, in order. To be called from `onFailed` only. */
  takeRest(aggregate: number): Delivery[] {
    const queue = this.#queues[aggregate]!;
    const rest = queue.waiting.slice(queue.head);
    queue.waiting = [];
    queue.head = 0;
    this.#size -= rest.length;
    return rest;
  }

  /** Waits until everything has been handled, and ends the lanes. Nothing may be added any more. */
  async finish(): Promise<void> {
    while (this.#size > 0) await this.#empty.wait();
    this.#ready.close();
    await this.#lanes.finish();
  }

  async #work(lane: number): Promise<boolean> {
    const queue = await this.#ready.take();
    if (queue === null) return false;
    const delivery = queue.waiting[queue.head]!;
    const retries = !this.#context.isEnding() && this.#options.retries(delivery);
    queue.attempts++;
    const isDone = await this.#context.handler.attempt(delivery, lane, queue.attempts, retries ? 'retry' : 'settle');
    if (!isDone && retries) this.#tryLater(queue);
    else this.#leave(queue, delivery, isDone);
    return true;
  }

  #leave(queue: Queue, delivery: Delivery, isDone: boolean): void {
    queue.head++;
    queue.attempts = 0;
    if (queue.head === queue.waiting.length || queue.head === headMax) {
      queue.waiting.splice(0, queue.head);
      queue.head = 0;
    }
    if (isDone) this.#options.onDone(delivery);
    else this.#options.onFailed(delivery);
    queue.isBusy = queue.waiting.length > queue.head;
    if (queue.isBusy) this.#ready.tryPut(queue);
    this.#size--;
    if (this.#size === 0) this.#empty.notifyAll();
  }

  #tryLater(queue: Queue): void {
    const { clock, scheduler } = this.#context.ports;
    const waitMs = Math.min(backoffMsMax, backoffMsFirst * 2 ** (queue.attempts - 1));
    scheduler.spawn('backoff', async () => {
      await clock.sleep(waitMs);
      this.#ready.tryPut(queue);
    });
  }
}
