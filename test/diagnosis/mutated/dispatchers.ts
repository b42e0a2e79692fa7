/**
 * Dispatchers that are made like the real ones, each with one thing broken. Each is told whether to break it, so that
 * the same code without the mutation can be shown to keep order.
 */
import type { DispatchContext, Dispatcher } from '../../../src/dispatch/dispatcher.js';
import { noteResized } from '../../../src/dispatch/dispatcher.js';
import { FreeLanes } from '../../../src/dispatch/free-lanes.js';
import { dispatchToLanes, laneByHash, Lanes, type LaneWork } from '../../../src/dispatch/lane.js';
import type { Delivery } from '../../../src/domain/observation.js';
import { BoundedQueue } from '../../../src/runtime/bounded-queue.js';

type Mutable = (context: DispatchContext, isMutated: boolean) => Dispatcher;

/** A keyed pool whose lanes do something of their own with a delivery. */
function poolWith(context: DispatchContext, serve?: LaneWork): Dispatcher {
  const laneOf = laneByHash(context);
  const lanes = new Lanes(context, context.workers, serve);
  return { run: () => dispatchToLanes(context, lanes, ({ aggregate }) => laneOf(aggregate, lanes.count)) };
}

/** The lane of every third aggregate depends on the version, too. */
export const hashed: Mutable = (context, isMutated) => {
  const laneOf = laneByHash(context);
  const lanes = new Lanes(context, context.workers);
  const choose = ({ aggregate, version }: Delivery): number => {
    const isWrong = isMutated && aggregate % 3 === 0;
    return (laneOf(aggregate, lanes.count) + (isWrong ? version : 0)) % lanes.count;
  };
  return { run: () => dispatchToLanes(context, lanes, choose) };
};

/** A full lane does not block: its event goes to the next lane that has room. */
export const blocking: Mutable = (context, isMutated) => {
  const { workers, laneSize, handler, inbox, ports } = context;
  const laneOf = laneByHash(context);
  const queues = Array.from({ length: workers }, () => new BoundedQueue<Delivery>(ports.scheduler, laneSize));
  const tasks = queues.map((queue, lane) =>
    ports.scheduler.spawn(`lane ${lane}`, async () => {
      for (let next = await queue.take(); next !== null; next = await queue.take()) await handler.handle(next, lane);
    }),
  );
  const put = async (delivery: Delivery): Promise<void> => {
    const first = laneOf(delivery.aggregate, workers);
    const inTurn = queues.map((_, at) => queues[(first + at) % workers]!);
    if (isMutated && inTurn.some((queue) => queue.tryPut(delivery))) return;
    await inTurn[0]!.put(delivery);
  };
  return {
    run: async () => {
      for (let next = await inbox.take(); next !== null; next = await inbox.take()) await put(next);
      for (const queue of queues) queue.close();
      for (const task of tasks) await task.join();
    },
  };
};

/** The lane goes on to its next event once the handler has started. */
export const awaiting: Mutable = (context, isMutated) => {
  const { handler } = context;
  const { scheduler } = context.ports;
  const idle = scheduler.signal();
  let running = 0;
  const start = async (delivery: Delivery, lane: number): Promise<void> => {
    const started = scheduler.signal();
    let hasStarted = false;
    running++;
    scheduler.spawn('handler', async () => {
      hasStarted = true;
      started.notifyAll();
      await handler.handle(delivery, lane);
      running--;
      idle.notifyAll();
    });
    while (!hasStarted) await started.wait();
  };
  const pool = poolWith(context, (delivery, lane) =>
    isMutated ? start(delivery, lane) : handler.handle(delivery, lane),
  );
  return {
    run: async () => {
      await pool.run();
      while (running > 0) await idle.wait();
    },
  };
};

/** Lanes run empty before their number changes; broken, they do not. */
export const drained: Mutable = (context, isMutated) => {
  const laneOf = laneByHash(context);
  let lanes = new Lanes(context, context.workers);
  let asked: number | null = null;
  const change = async (): Promise<void> => {
    if (asked === null) return;
    const count = asked;
    asked = null;
    const before = lanes.count;
    await lanes.finish();
    lanes = new Lanes(context, count);
    noteResized(context, before, count);
  };
  return {
    run: async () => {
      for (let next = await context.inbox.take(); next !== null; next = await context.inbox.take()) {
        await change();
        await lanes.put(next, ({ aggregate }) => laneOf(aggregate, lanes.count));
      }
      await lanes.finish();
    },
    resize: (workers) => {
      if (isMutated) lanes.resize(workers);
      else asked = workers;
    },
  };
};

/** A queue for each aggregate, of which one event is with a lane; broken, two are. */
export const queued: Mutable = (context, isMutated) => {
  const atOnce = isMutated ? 2 : 1;
  const waiting = new Map<number, Delivery[]>();
  const inHand = new Map<number, number>();
  const ready = new BoundedQueue<Delivery>(context.ports.scheduler, Number.MAX_SAFE_INTEGER);
  const idle = context.ports.scheduler.signal();
  let size = 0;
  const offer = (aggregate: number): void => {
    const queue = waiting.get(aggregate) ?? [];
    while (queue.length > 0 && (inHand.get(aggregate) ?? 0) < atOnce) {
      inHand.set(aggregate, (inHand.get(aggregate) ?? 0) + 1);
      ready.tryPut(queue.shift()!);
    }
  };
  const lanes = new FreeLanes(context, async (lane) => {
    const delivery = await ready.take();
    if (delivery === null) return false;
    await context.handler.handle(delivery, lane);
    inHand.set(delivery.aggregate, inHand.get(delivery.aggregate)! - 1);
    offer(delivery.aggregate);
    if (--size === 0) idle.notifyAll();
    return true;
  });
  return {
    run: async () => {
      for (let next = await context.inbox.take(); next !== null; next = await context.inbox.take()) {
        size++;
        waiting.set(next.aggregate, [...(waiting.get(next.aggregate) ?? []), next]);
        offer(next.aggregate);
      }
      while (size > 0) await idle.wait();
      ready.close();
      await lanes.finish();
    },
  };
};

/** An event is tried until its handling succeeds, and acknowledged then; broken, it is acknowledged and tried once. */
export const acknowledging: Mutable = (context, isMutated) => {
  const { handler } = context;
  return poolWith(context, async (delivery, lane) => {
    if (isMutated) {
      handler.acknowledgeEarly(delivery);
      await handler.attempt(delivery, lane, 1, 'settle');
      handler.settle(delivery, 'leave');
      return;
    }
    let number = 1;
    while (!(await handler.attempt(delivery, lane, number, 'retry'))) number++;
    handler.settle(delivery, 'ack');
  });
};

/** A failed event is tried again at once; broken, at the end of its lane. */
export const retrying: Mutable = (context, isMutated) => {
  const { handler } = context;
  const attempts = new Map<number, number>();
  const serve: LaneWork = async (delivery, lane, behind) => {
    const number = (attempts.get(delivery.id) ?? 0) + 1;
    attempts.set(delivery.id, number);
    if (await handler.attempt(delivery, lane, number, 'retry')) {
      handler.settle(delivery, 'ack');
      return;
    }
    if (!isMutated || !behind.tryPut(delivery)) await serve(delivery, lane, behind);
  };
  return poolWith(context, serve);
};
