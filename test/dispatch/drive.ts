/** Sends events through a dispatcher in virtual time, and says what its handlers saw and what the broker was told. */
import type { DispatchContext } from '../../src/dispatch/dispatcher.js';
import type { Attempt, AttemptOutcome, Delivery } from '../../src/domain/observation.js';
import type { ReleasedDelivery } from '../../src/domain/run-note.js';
import { createHandler, type Acker } from '../../src/handler/handle.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
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
  readonly ackWaitMs?: number;
  readonly maxAckPending?: number | null;
  readonly gap?: DispatchContext['gap'];
  /** How long the inbox stays open after the last event. */
  readonly openForMs?: number;
  /** When the run is to end; never if absent. */
  readonly endsAtMs?: number;
  readonly buses?: number;
  /** By aggregate, as another bus may have left them. */
  readonly handledVersions?: Int32Array<ArrayBuffer>;
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
  /** All of the above in one, starts and ends as `start 0/1`, `done 0/1`, `failed 0/1`, `retried 0/1`. */
  readonly log: readonly string[];
  /** `discarded 0/1 duplicate`, `given-back 0/1`, in order. */
  readonly unhandled: readonly string[];
  /** Kinds and details of notes about the bus, in order. */
  readonly notes: readonly string[];
  /** By topic. */
  readonly lanes: readonly ReadonlySet<number>[];
  /** How long the broker heard nothing of an event between its submit and its ack, at most. */
  readonly longestSilenceMs: number;
  /** In virtual time. */
  readonly durationMs: number;
}

const inOrderInput = Array.from({ length: 10 }, (_, version) =>
  Array.from({ length: 10 }, (_, aggregate) => [aggregate, version + 1] as const),
).flat();

const nameOf = ({ aggregate, version }: Delivery): string => `${aggregate}/${version}`;

/** Handlers take up to 5 ms. Aggregates of even and odd numbers are in topics, and fetched by subscriptions, 0 and 1. */
export async function drive(options: Drive): Promise<Driven> {
  const { strategy, seed, workers, laneSize = 2, input = inOrderInput, endsAtMs = Infinity } = options;
  const world = new VirtualWorld(new SeededPrng(seed, 'schedule'));
  const prng = new SeededPrng(seed, 'handler');
  const seen = new Seen(world);
  const handler = createHandler({
    clock: world,
    scheduler: world,
    prng,
    recorder: seen,
    acker: seen,
    ack: 'after-handling',
    serviceTime: { drawMs: () => prng.float() * 5 },
    handlerFailShare: options.failShare ?? 0,
    handlerFailure: 'nak',
    perturb: null,
    handlerTimeoutMs: 20,
    unansweredComesAgain: true,
    firstLane: 0,
    onHandled: () => undefined,
    onUnstarted: () => undefined,
    onSettled: () => undefined,
  });
  await world.run(async () => {
    const inbox = new VirtualInbox<Delivery>(world, prng, 8, (delivery) => seen.submitted(delivery));
    const context: DispatchContext = {
      ports: { clock: world, scheduler: world, prng },
      inbox,
      handler,
      workers,
      laneSize,
      topics: 2,
      ackWaitMs: options.ackWaitMs ?? 30_000,
      maxAckPending: options.maxAckPending === undefined ? 1_000 : options.maxAckPending,
      bus: 0,
      buses: options.buses ?? 1,
      handledVersions: options.handledVersions ?? new Int32Array(10),
      gap: options.gap ?? { policy: 'wait', timeoutMs: 60_000 },
      note: (kind, detail) => void seen.notes.push(`${kind} ${Object.values(detail).join(' ')}`),
      aggregateId: (aggregate) => `agg-${aggregate}`,
      isEnding: () => world.nowMs() >= endsAtMs,
    };
    const bus = world.spawn('dispatcher', () => strategyById(strategy).createDispatcher(context).run());
    for (const [at, [aggregate, version]] of input.entries()) {
      const delivery = { id: at + 1, aggregate, version, topic: aggregate % 2, subscription: aggregate % 2 };
      await inbox.submit({ ...delivery, partition: 0, position: 100 * aggregate + version } as Delivery, 'wait');
    }
    await world.sleep(options.openForMs ?? 0);
    inbox.close();
    await bus.join();
  });
  const { started, done, acks, log, unhandled, notes, lanes, overlaps, mostAtOnce, longestSilenceMs } = seen;
  const durationMs = world.nowMs();
  return { started, done, acks, log, unhandled, notes, lanes, overlaps, mostAtOnce, longestSilenceMs, durationMs };
}

class Seen implements Acker {
  readonly #world: VirtualWorld;
  readonly started: string[] = [];
  readonly done: string[] = [];
  readonly acks: string[] = [];
  readonly log: string[] = [];
  readonly unhandled: string[] = [];
  readonly notes: string[] = [];
  readonly lanes: Set<number>[] = [];
  readonly #running = new Map<number, number>();
  readonly #heardAtMs = new Map<number, number>();
  readonly #byId = new Map<number, Delivery>();
  overlaps = 0;
  mostAtOnce = 0;
  longestSilenceMs = 0;

  constructor(world: VirtualWorld) {
    this.#world = world;
  }

  submitted(delivery: Delivery): void {
    this.#byId.set(delivery.id, delivery);
    this.#heardAtMs.set(delivery.id, this.#world.nowMs());
  }

  start(delivery: Delivery, number: number, lane: number): Attempt {
    const { aggregate, topic } = delivery;
    this.started.push(nameOf(delivery));
    this.log.push(`start ${nameOf(delivery)}`);
    (this.lanes[topic] ??= new Set()).add(lane);
    if (this.#running.has(aggregate)) this.overlaps++;
    this.#running.set(aggregate, (this.#running.get(aggregate) ?? 0) + 1);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#running.size);
    return { delivery, number, lane, outcome: null } as unknown as Attempt;
  }

  finish({ delivery }: Attempt, outcome: AttemptOutcome): void {
    const left = this.#running.get(delivery.aggregate)! - 1;
    if (left === 0) this.#running.delete(delivery.aggregate);
    else this.#running.set(delivery.aggregate, left);
    this.log.push(`${outcome} ${nameOf(delivery)}`);
    if (outcome === 'done') this.done.push(nameOf(delivery));
  }

  /** As a recorder, and as an acker. */
  ack(delivery: Delivery, recorded?: unknown): void {
    if (recorded === undefined) this.#tell('ack', delivery);
  }

  nak(delivery: Delivery): void {
    this.#tell('nak', delivery);
  }

  skip(delivery: Delivery): void {
    this.#tell('skip', delivery);
  }

  inProgress(delivery: Delivery): void {
    this.#tell('progress', delivery);
  }

  note(kind: string, detail: ReleasedDelivery & { readonly reason?: string }): void {
    const name = nameOf(this.#byId.get(detail.delivery)!);
    const { reason } = detail;
    this.unhandled.push(reason === undefined ? `${kind} ${name}` : `${kind} ${name} ${reason}`);
  }

  #tell(what: string, delivery: Delivery): void {
    this.acks.push(`${what} ${nameOf(delivery)}`);
    this.log.push(`${what} ${nameOf(delivery)}`);
    const silenceMs = this.#world.nowMs() - this.#heardAtMs.get(delivery.id)!;
    this.longestSilenceMs = Math.max(this.longestSilenceMs, silenceMs);
    this.#heardAtMs.set(delivery.id, this.#world.nowMs());
  }
}

/** Versions of an aggregate among names such as `0/1`, in their order. */
export function versionsIn(names: readonly string[], aggregate: number): number[] {
  return names.filter((name) => name.startsWith(`${aggregate}/`)).map((name) => Number(name.split('/')[1]));
}

/** Versions of an aggregate, in the order in which their attempts started. */
export function versionsOf({ started }: Driven, aggregate: number): number[] {
  return versionsIn(started, aggregate);
}
