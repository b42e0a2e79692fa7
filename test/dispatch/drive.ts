/** Sends events through a dispatcher in virtual time, and says what its handlers saw. */
import type { DispatchContext } from '../../src/dispatch/dispatcher.js';
import type { Attempt, AttemptOutcome, Delivery } from '../../src/domain/observation.js';
import { createHandler } from '../../src/handler/handle.js';
import { SeededPrng } from '../../src/runtime/virtual/seeded-prng.js';
import { VirtualInbox } from '../../src/runtime/virtual/virtual-inbox.js';
import { VirtualWorld } from '../../src/runtime/virtual/virtual-world.js';
import { strategyById } from '../../src/strategy/registry.js';

export interface Drive {
  readonly strategy: string;
  readonly seed: number;
  readonly workers: number;
  readonly laneSize?: number;
  /** aggregate/version, in the order in which they are submitted; 10 aggregates × 10 versions in order if absent. */
  readonly input?: readonly (readonly [aggregate: number, version: number])[];
  /** 0 to 1. */
  readonly failShare?: number;
}

export interface Driven {
  /** `aggregate/version` of every attempt, in the order in which they started. */
  readonly started: readonly string[];
  /** Of every attempt that went well, in the order in which they ended. */
  readonly done: readonly string[];
  /** Attempts that started while another of the same aggregate was running. */
  readonly overlaps: number;
  /** Aggregates that were being handled at the same time, at most. */
  readonly mostAtOnce: number;
  /** `ack 0/1`, `nak 0/1`, `progress 0/1` in the order in which the broker was told. */
  readonly acks: readonly string[];
  readonly discarded: number;
}

const inOrderInput = Array.from({ length: 10 }, (_, version) =>
  Array.from({ length: 10 }, (_, aggregate) => [aggregate, version + 1] as const),
).flat();

/** Handlers take up to 5 ms. */
export async function drive({ strategy, seed, workers, laneSize = 2, input, failShare = 0 }: Drive): Promise<Driven> {
  const world = new VirtualWorld(new SeededPrng(seed, 'schedule'));
  const prng = new SeededPrng(seed, 'handler');
  const seen = { started: [] as string[], done: [] as string[], acks: [] as string[] };
  const running = new Map<number, number>();
  let [overlaps, mostAtOnce, discarded, stamp] = [0, 0, 0, 0];
  const nameOf = ({ aggregate, version }: Delivery): string => `${aggregate}/${version}`;
  const handler = createHandler({
    clock: world,
    prng,
    recorder: {
      start: (delivery, number, lane) => {
        seen.started.push(nameOf(delivery));
        if (running.has(delivery.aggregate)) overlaps++;
        running.set(delivery.aggregate, (running.get(delivery.aggregate) ?? 0) + 1);
        mostAtOnce = Math.max(mostAtOnce, running.size);
        return { delivery, number, lane, startStamp: ++stamp, outcome: null } as unknown as Attempt;
      },
      finish: ({ delivery }: Attempt, outcome: AttemptOutcome) => {
        const left = running.get(delivery.aggregate)! - 1;
        if (left === 0) running.delete(delivery.aggregate);
        else running.set(delivery.aggregate, left);
        if (outcome === 'done') seen.done.push(nameOf(delivery));
      },
      ack: () => undefined,
      note: () => {
        discarded++;
      },
    },
    acker: {
      ack: (delivery) => void seen.acks.push(`ack ${nameOf(delivery)}`),
      nak: (delivery) => void seen.acks.push(`nak ${nameOf(delivery)}`),
      inProgress: (delivery) => void seen.acks.push(`progress ${nameOf(delivery)}`),
    },
    ack: 'after-handling',
    handlerTime: { minMs: 0, maxMs: 5 },
    handlerFailShare: failShare,
    handlerFailure: 'nak',
    handlerTimeoutMs: 20,
    unansweredComesAgain: true,
    firstLane: 0,
    onHandled: () => undefined,
    onSettled: () => undefined,
  });
  await world.run(async () => {
    const inbox = new VirtualInbox<Delivery>(world, prng, 8, () => undefined);
    const context: DispatchContext = {
      ports: { clock: world, scheduler: world, prng },
      inbox,
      handler,
      workers,
      laneSize,
      topics: 2,
      ackWaitMs: 30_000,
      aggregateId: (aggregate) => `agg-${aggregate}`,
      isEnding: () => false,
    };
    const bus = world.spawn('dispatcher', () => strategyById(strategy).createDispatcher(context).run());
    for (const [at, [aggregate, version]] of (input ?? inOrderInput).entries()) {
      const delivery = { id: at + 1, aggregate, version, topic: aggregate % 2, subscription: aggregate % 2 };
      await inbox.submit({ ...delivery, partition: 0, position: at + 1 } as Delivery, 'wait');
    }
    inbox.close();
    await bus.join();
  });
  return { ...seen, overlaps, mostAtOnce, discarded };
}

/** Versions of an aggregate, in the order in which their attempts started. */
export function versionsOf({ started }: Driven, aggregate: number): number[] {
  return started.filter((name) => name.startsWith(`${aggregate}/`)).map((name) => Number(name.split('/')[1]));
}
