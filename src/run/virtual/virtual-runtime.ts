/**
 * Runs a row's parts as tasks of one virtual world: publishers, simulated broker, subscriptions, inboxes, dispatchers,
 * lanes and handlers. Every wait is a scheduling point, and the same plan gives the same observations, byte for byte.
 */
import type { BrokerAdmin, BrokerDriver, PullConnection } from '../../broker/port.js';
import type { Simulate } from '../../broker/sim/simulation.js';
import type { Dispatcher } from '../../dispatch/dispatcher.js';
import { InterruptedError } from '../../domain/errors.js';
import type { Delivery, ObservationSink } from '../../domain/observation.js';
import { busesOf, type SubscriptionSpec } from '../../domain/topology.js';
import type { DeliveryHandler } from '../../handler/delivery-handler.js';
import { Recorder } from '../../observation/recorder.js';
import type { Clock, Scheduler, Task } from '../../runtime/ports.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { MortalWorld } from '../../runtime/virtual/mortal-world.js';
import { VirtualInbox } from '../../runtime/virtual/virtual-inbox.js';
import { VirtualStamps } from '../../runtime/virtual/virtual-stamps.js';
import type { VirtualWorld } from '../../runtime/virtual/virtual-world.js';
import { RatePacer } from '../../workload/pacer.js';
import { sharePublishers } from '../../workload/publishers.js';
import { LocalVersionSource } from '../../workload/version-source.js';
import type { BenchRuntime, GivenUpEvents } from '../bench/bench-runtime.js';
import { disturbancesOf } from '../bench/disturbances.js';
import { openPublisherConnections } from '../bench/publisher-connections.js';
import { chanceOf, rowDispatcher, rowHandler, runRowFetchLoop, runRowPublisher } from '../bench/row-parts.js';
import type { RowPlan } from '../row/row-plan.js';
import { HandledSignals } from './handled-signals.js';
import { ackerOver, mortalConnection } from './virtual-connections.js';

/** A bus: its inbox, what handles its deliveries, and the task that runs it. */
interface VirtualBus {
  readonly inbox: VirtualInbox<Delivery>;
  readonly handler: DeliveryHandler;
  dispatcher: Dispatcher | null;
  task: Task | null;
}

export interface VirtualRuntimeOptions {
  readonly plan: RowPlan;
  readonly signal: AbortSignal;
  readonly world: VirtualWorld;
  readonly sink: ObservationSink;
  readonly simulate: Simulate;
  /** The version of the simulator, as the report has it. */
  readonly toolVersion: string;
}

export class VirtualRuntime implements BenchRuntime {
  /** Virtual time between two polls of the bench, in milliseconds. */
  readonly pollMs = 2;
  readonly control = {};
  readonly underway = 0;
  readonly ports: VirtualWorld;
  readonly recorder: Recorder;
  readonly givenUp: GivenUpEvents;
  readonly #plan: RowPlan;
  readonly #signal: AbortSignal;
  readonly #driver: BrokerDriver;
  readonly #stamps = new VirtualStamps();
  readonly #handled: HandledSignals;
  readonly #handledVersions: Int32Array<ArrayBuffer>;
  /** By subscription. */
  readonly #connections = new Map<number, PullConnection>();
  /** By bus; empty if no disturbance crashes a bus. */
  readonly #mortals: readonly MortalWorld[];
  readonly #buses: readonly VirtualBus[];
  readonly #loops: { readonly bus: number; readonly task: Task }[] = [];
  /** By subscription that is about to leave: the callback for when it has left. */
  readonly #leaving = new Map<number, () => void>();
  /** Number of publishers that are not done. */
  #publishing = 0;
  #stopping = false;
  #ending = false;

  constructor({ plan, signal, world, sink, simulate, toolVersion }: VirtualRuntimeOptions) {
    this.#plan = plan;
    this.#signal = signal;
    this.ports = world;
    this.recorder = new Recorder({ nextStamp: () => this.#stamps.next(), nowMs: () => world.nowMs(), sink });
    const givenUp = { events: 0 };
    this.givenUp = { mayComeAgain: true, count: () => givenUp.events };
    this.#driver = simulate({
      time: world,
      scheduler: world,
      prng: new SeededPrng(plan.seed, 'network'),
      toolVersion,
      onNote: (kind, detail) => this.recorder.note(kind, detail),
      onGivenUp: () => givenUp.events++,
    });
    const mayCrash = disturbancesOf(plan).some(({ kind }) => kind === 'crash');
    const buses = Array.from({ length: busesOf(plan.topology) }, (_, bus) => bus);
    this.#mortals = mayCrash ? buses.map(() => new MortalWorld(world)) : [];
    this.#handled = new HandledSignals(world);
    this.#handledVersions = new Int32Array(plan.scenario.aggregates);
    // The handlers of all buses draw from one random stream.
    const prng = new SeededPrng(plan.seed, 'handler');
    this.#buses = buses.map((bus) => this.#createBus(bus, prng));
  }

  openAdmin(): Promise<BrokerAdmin> {
    return this.#driver.openAdmin();
  }

  /** Does nothing: each part connects when it begins. */
  connect(): Promise<void> {
    return Promise.resolve();
  }

  async begin(): Promise<void> {
    for (const [bus, parts] of this.#buses.entries()) this.#startBus(bus, parts);
    await this.join(this.#plan.topology.subscriptions.filter(({ begins }) => begins === 'at once'));
    await this.#startPublishers();
  }

  async unlessEnded<T>(promise: Promise<T>): Promise<T> {
    const result = await promise;
    if (this.#signal.aborted) throw new InterruptedError();
    return result;
  }

  get isPublished(): boolean {
    return this.#publishing === 0;
  }

  untilPublished(withinMs: number): Promise<void> {
    return this.ports.sleep(withinMs);
  }

  stopPublishing(): void {
    this.#stopping = true;
    this.#handled.release();
  }

  /** All members join at the same time, since the members of a group wait for each other. */
  async join(members: readonly SubscriptionSpec[]): Promise<void> {
    const starting = members.map((member) =>
      this.ports.spawn(`open ${member.name}`, () => this.#startSubscription(member)),
    );
    for (const task of starting) await task.join();
  }

  async leave({ index, bus }: SubscriptionSpec, onLeft: () => void): Promise<void> {
    this.#leaving.set(index, onLeft);
    const member: { isGone: boolean } = { isGone: false };
    this.ports.spawn(`leave ${index}`, async () => {
      await this.#connections.get(index)?.leave?.();
      member.isGone = true;
    });
    while (!member.isGone && !this.#isDead(bus)) await this.ports.sleep(this.pollMs);
  }

  kill(bus: number): Promise<void> {
    this.#mortals[bus]?.kill();
    return Promise.resolve();
  }

  /** Does nothing: every observation reaches the sink at once. */
  untilSeen(): Promise<void> {
    return Promise.resolve();
  }

  /** No connection is closed properly: a pull request ends with its connection, a group misses a heartbeat. */
  async dropConnections(subscriptions: readonly SubscriptionSpec[]): Promise<void> {
    for (const { index } of subscriptions) {
      const connection = this.#connections.get(index);
      this.#connections.delete(index);
      if (connection?.die !== undefined) connection.die();
      else await connection?.close();
    }
  }

  resize(workers: number): void {
    for (const [bus, { dispatcher }] of this.#buses.entries()) {
      if (!this.#isDead(bus)) dispatcher?.resize?.(workers);
    }
  }

  stall({ index }: SubscriptionSpec, forMs: number): void {
    this.#connections.get(index)?.stall?.(forMs);
  }

  pause({ index }: SubscriptionSpec, forMs: number): void {
    this.#connections.get(index)?.pause?.(forMs);
  }

  async finish(): Promise<void> {
    this.#ending = true;
    for (const connection of this.#connections.values()) await connection.close();
    for (const { bus, task } of this.#loops) if (!this.#isDead(bus)) await task.join();
    for (const { inbox } of this.#buses) inbox.close();
    for (const [bus, { task }] of this.#buses.entries()) if (!this.#isDead(bus)) await task?.join();
  }

  /** Clock and scheduler for the tasks of a bus and its subscriptions; these tasks stop when the bus crashes. */
  #lifeOf(bus: number): Scheduler & Clock {
    return this.#mortals[bus] ?? this.ports;
  }

  #isDead(bus: number): boolean {
    return this.#mortals[bus]?.isDead === true;
  }

  #createBus(bus: number, prng: SeededPrng): VirtualBus {
    const { seed, scenario } = this.#plan;
    const life = this.#lifeOf(bus);
    const chance = new SeededPrng(seed, chanceOf('inbox', bus));
    const inbox = new VirtualInbox<Delivery>(life, chance, scenario.queueSize, (delivery) => {
      this.recorder.submitted(delivery, this.#stamps.next());
    });
    const handler = rowHandler(this.#plan, bus, {
      clock: life,
      scheduler: life,
      prng,
      recorder: this.recorder,
      acker: ackerOver(this.#connections),
      onHandled: ({ aggregate, version }) => this.#handled.done(aggregate, version),
      onUnstarted: () => undefined,
      onSettled: () => undefined,
    });
    return { inbox, handler, dispatcher: null, task: null };
  }

  #startBus(bus: number, parts: VirtualBus): void {
    const life = this.#lifeOf(bus);
    const dispatcher = rowDispatcher(
      this.#plan,
      bus,
      { clock: life, scheduler: life },
      {
        inbox: parts.inbox,
        handler: parts.handler,
        handledVersions: this.#handledVersions,
        note: (kind, detail) => this.recorder.note(kind, detail),
        isEnding: () => this.#ending,
        aggregateId: (aggregate) => this.#plan.workload.aggregateIds[aggregate]!,
      },
    );
    parts.dispatcher = dispatcher;
    parts.task = this.ports.spawn(chanceOf('dispatcher', bus), () => dispatcher.run());
  }

  async #startSubscription(subscription: SubscriptionSpec): Promise<void> {
    const { index, bus } = subscription;
    const connection = await this.#driver.openSubscription(this.#plan.topology, subscription);
    this.#connections.set(index, connection);
    const task = this.ports.spawn(`subscription ${subscription.name}`, async () => {
      await runRowFetchLoop(this.#plan, index, {
        clock: this.#lifeOf(bus),
        connection: mortalConnection(connection, this.#mortals[bus]),
        inbox: this.#buses[bus]!.inbox,
        handleInline: (delivery) => this.#buses[bus]!.handler.handle(delivery, -1),
        recorder: this.recorder,
      });
      // The member has left, after handing over the messages that its client had already fetched.
      if (!this.#ending) this.#leaving.get(index)?.();
    });
    this.#loops.push({ bus, task });
  }

  async #startPublishers(): Promise<void> {
    const { scenario, workload, topology } = this.#plan;
    const versions = new LocalVersionSource(this.#stamps, scenario.aggregates, workload.versionsOf);
    const pacer = scenario.ratePerSecond === null ? null : new RatePacer(this.ports, scenario.ratePerSecond);
    for (const share of sharePublishers(scenario.aggregates, 1, scenario.publishersPerAggregate)) {
      const { publisher } = share;
      const connections = await openPublisherConnections(this.#driver, { topology, publisher, mode: scenario.publish });
      this.#publishing++;
      this.ports.spawn(`publisher ${share.publisher}`, async () => {
        await runRowPublisher(
          this.#plan,
          { clock: this.ports, scheduler: this.ports },
          {
            plan: workload,
            ...share,
            versions,
            connections: connections.all,
            recorder: this.recorder,
            pacer,
            handled: scenario.publish.kind === 'handled' ? this.#handled : null,
            isStopping: () => this.#stopping || this.#signal.aborted,
            breathe: () => this.ports.breathe(),
          },
        );
        this.#publishing--;
      });
    }
  }
}
