/**
 * How does a row run on the simulator? The whole pipeline in one virtual world: publishers, simulated broker,
 * subscriptions, inbox, dispatcher, lanes and handlers as tasks of one thread, every wait a scheduling point. The same
 * plan gives the same observations, byte for byte.
 */
import { simulatedJetStream } from '../../broker/sim/jetstream/driver.js';
import { simulatedKafka, type StallingPull } from '../../broker/sim/kafka/driver.js';
import {
  PublishFailure,
  type BrokerAdmin,
  type BrokerDisturber,
  type BrokerDriver,
  type PullConnection,
} from '../../broker/port.js';
import type { Dispatcher } from '../../dispatch/dispatcher.js';
import type { Drain } from '../../domain/drain.js';
import { InternalError, ToolError } from '../../domain/errors.js';
import type { Delivery } from '../../domain/observation.js';
import type { DeliveryHandler } from '../../handler/delivery-handler.js';
import { createHandler } from '../../handler/handle.js';
import { serviceTime } from '../../handler/service-time.js';
import { busesOf, lowestMaxAckPending, shortestAckWaitMs, type SubscriptionSpec } from '../../domain/topology.js';
import { FanOut } from '../../observation/fan-out.js';
import { ProgressCounter } from '../../observation/progress-counter.js';
import { Recorder } from '../../observation/recorder.js';
import type { Clock, Ports, Scheduler, Task } from '../../runtime/ports.js';
import { MortalWorld } from '../../runtime/virtual/mortal-world.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { VirtualInbox } from '../../runtime/virtual/virtual-inbox.js';
import { VirtualStamps } from '../../runtime/virtual/virtual-stamps.js';
import { VirtualWorld } from '../../runtime/virtual/virtual-world.js';
import { firstLaneOf } from '../../strategy/strategy.js';
import { runFetchLoop } from '../../subscription/fetch-loop.js';
import { RatePacer } from '../../workload/pacer.js';
import { runPublisher } from '../../workload/publisher.js';
import { sharePublishers } from '../../workload/publishers.js';
import { LocalVersionSource } from '../../workload/version-source.js';
import type { Execution, ExecutionContext } from '../bench/execution.js';
import { HighestDelivered } from '../bench/delivered-positions.js';
import { BusMemory, recordDeath } from '../bench/bus-memory.js';
import { disturbancesOf, DisturbanceSchedule, refuseImpossible } from '../bench/disturbances.js';
import { Disturber } from '../bench/disturber.js';
import { HandledSignals } from './handled-signals.js';
import { HeldDeliveries } from '../bench/held-deliveries.js';
import { PublishStall } from '../bench/publish-stall.js';
import type { RowPlan } from '../row/row-plan.js';
import { ackerOver, mortalConnection } from './virtual-connections.js';

/** Virtual time between two looks at whether the run is drained. */
const drainPollMs = 2;

export async function executeVirtually(
  plan: RowPlan,
  context: ExecutionContext,
  toolVersion: string,
): Promise<Execution> {
  const world = new VirtualWorld(new SeededPrng(plan.seed, 'schedule'));
  const bench = new VirtualBench(plan, context, world, toolVersion);
  let error: ToolError | null = null;
  try {
    await world.run(() => bench.run());
  } catch (thrown) {
    error = thrown instanceof ToolError ? thrown : new InternalError(String(thrown), { cause: thrown });
  }
  return {
    drain: bench.drain,
    durationMs: world.nowMs(),
    interrupted: context.signal.aborted,
    observationsLost: 0,
    error,
  };
}

/** One row's pipeline, wired. */
class VirtualBench {
  readonly #plan: RowPlan;
  readonly #context: ExecutionContext;
  readonly #world: VirtualWorld;
  readonly #driver: BrokerDriver;
  readonly #stamps = new VirtualStamps();
  readonly #recorder: Recorder;
  /** By bus. */
  readonly #inboxes: readonly VirtualInbox<Delivery>[];
  readonly #handled: HandledSignals;
  readonly #handledVersions: Int32Array<ArrayBuffer>;
  /** By subscription. */
  readonly #connections = new Map<number, PullConnection>();
  /** By bus. */
  readonly #dispatchers: Dispatcher[] = [];
  /** By bus. */
  readonly #handlers: readonly DeliveryHandler[];
  readonly #held = new HeldDeliveries();
  /** By bus, where one may crash; else empty. */
  readonly #mortals: readonly MortalWorld[];
  readonly #memory: BusMemory | null;
  readonly #progress = new ProgressCounter();
  readonly #delivered = new HighestDelivered();
  readonly #schedule: DisturbanceSchedule;
  readonly #loops: { readonly bus: number; readonly task: Task }[] = [];
  readonly #disturbing: Task[] = [];
  #givenUp = 0;
  /** Publishers that are not done. */
  #publishing = 0;
  #stopping = false;
  #ending = false;
  drain: Drain = { complete: false, reason: 'the run did not get as far as its drain', brokerLost: false, givenUp: 0 };

  constructor(plan: RowPlan, context: ExecutionContext, world: VirtualWorld, toolVersion: string) {
    this.#plan = plan;
    this.#context = context;
    this.#world = world;
    const { scenario } = plan;
    this.#schedule = new DisturbanceSchedule(disturbancesOf(plan), plan.workload.events);
    this.#driver = this.#simulate(toolVersion);
    const buses = busesOf(plan.topology);
    const mayCrash = disturbancesOf(plan).some(({ kind }) => kind === 'crash');
    this.#mortals = mayCrash ? Array.from({ length: buses }, () => new MortalWorld(world)) : [];
    this.#memory = mayCrash ? new BusMemory(plan.topology.subscriptions) : null;
    this.#recorder = new Recorder({
      nextStamp: () => this.#stamps.next(),
      nowMs: () => world.nowMs(),
      sink: new FanOut([
        ...(this.#memory === null ? [] : [this.#memory]),
        this.#held,
        this.#progress,
        this.#delivered,
        context.sink,
      ]),
    });
    this.#inboxes = Array.from({ length: buses }, (_, bus) => {
      const prng = new SeededPrng(plan.seed, labelOf('inbox', bus));
      return new VirtualInbox<Delivery>(this.#lifeOf(bus), prng, scenario.queueSize, (delivery) => {
        this.#recorder.submitted(delivery, this.#stamps.next());
      });
    });
    this.#handled = new HandledSignals(world);
    this.#handledVersions = new Int32Array(scenario.aggregates);
    const prng = new SeededPrng(plan.seed, 'handler');
    this.#handlers = this.#inboxes.map((_, bus) => this.#createHandler(prng, bus));
  }

  /** The world as the tasks of a bus and its subscriptions have it: it ends when they die. */
  #lifeOf(bus: number): Scheduler & Clock {
    return this.#mortals[bus] ?? this.#world;
  }

  #createHandler(prng: SeededPrng, bus: number): DeliveryHandler {
    const { scenario, seed, strategy, topology } = this.#plan;
    return createHandler({
      clock: this.#lifeOf(bus),
      prng,
      recorder: this.#recorder,
      acker: ackerOver(this.#connections),
      ack: scenario.ack,
      serviceTime: serviceTime(scenario, prng, new SeededPrng(seed, 'handler times')),
      handlerFailShare: scenario.handlerFailShare,
      handlerFailure: scenario.handlerFailure,
      handlerTimeoutMs: scenario.handlerTimeoutMs,
      unansweredComesAgain: topology.kind === 'jetstream',
      firstLane: firstLaneOf(strategy, bus, scenario),
      onHandled: (delivery) => {
        this.#handled.done(delivery.aggregate, delivery.version);
      },
      onUnstarted: () => undefined,
      onSettled: () => undefined,
    });
  }

  async run(): Promise<void> {
    const { topology } = this.#plan;
    const admin = await this.#driver.openAdmin();
    this.#context.onBroker(admin.broker, admin.client);
    refuseImpossible(disturbancesOf(this.#plan), admin.disturb);
    await admin.create(topology);
    this.#context.onPhase('running');
    const buses = this.#inboxes.map((inbox, bus) => this.#startBus(inbox, bus));
    await this.#startSubscriptions(topology.subscriptions.filter(({ begins }) => begins === 'at once'));
    await this.#startPublishers();
    const disturber = this.#disturber(admin.disturb ?? {});
    await this.#awaitPublishers(disturber);
    this.#disturbDue(disturber, Infinity);
    for (const disturbing of this.#disturbing) await disturbing.join();
    this.#context.onPhase('draining');
    this.drain = await this.#awaitDrain(admin);
    this.#recorder.note('drain', { complete: this.drain.complete });
    this.#ending = true;
    for (const connection of this.#connections.values()) await connection.close();
    for (const { bus, task } of this.#loops) if (!this.#isDead(bus)) await task.join();
    for (const inbox of this.#inboxes) inbox.close();
    for (const [bus, task] of buses.entries()) if (!this.#isDead(bus)) await task.join();
  }

  #startBus(inbox: VirtualInbox<Delivery>, bus: number): Task {
    const { scenario, strategy, topology, workload, seed } = this.#plan;
    const prng = new SeededPrng(seed, labelOf('dispatch', bus));
    const life = this.#lifeOf(bus);
    const ports: Ports = { clock: life, scheduler: life, prng };
    const dispatcher = strategy.createDispatcher({
      ports,
      inbox,
      handler: this.#handlers[bus]!,
      workers: scenario.workers,
      laneSize: scenario.laneSize,
      topics: scenario.topics,
      ackWaitMs: shortestAckWaitMs(topology),
      maxAckPending: lowestMaxAckPending(topology),
      bus,
      buses: this.#inboxes.length,
      handledVersions: this.#handledVersions,
      gap: { policy: scenario.gapPolicy, timeoutMs: scenario.gapTimeoutMs },
      note: (kind, detail) => this.#recorder.note(kind, detail),
      isEnding: () => this.#ending,
      aggregateId: (aggregate) => workload.aggregateIds[aggregate]!,
    });
    this.#dispatchers.push(dispatcher);
    return this.#world.spawn(labelOf('dispatcher', bus), () => dispatcher.run());
  }

  #simulate(toolVersion: string): BrokerDriver {
    const { seed, topology } = this.#plan;
    const common = { time: this.#world, scheduler: this.#world, prng: new SeededPrng(seed, 'network'), toolVersion };
    return topology.kind === 'kafka'
      ? simulatedKafka({ ...common, onNote: (kind, detail) => this.#recorder.note(kind, detail) })
      : simulatedJetStream({ ...common, onGivenUp: () => this.#givenUp++ });
  }

  /** Side by side: the members of a group wait for each other. */
  async #startSubscriptions(subscriptions: readonly SubscriptionSpec[]): Promise<void> {
    const starting = subscriptions.map((subscription) =>
      this.#world.spawn(`open ${subscription.name}`, () => this.#startSubscription(subscription)),
    );
    for (const task of starting) await task.join();
  }

  async #startSubscription(subscription: SubscriptionSpec): Promise<void> {
    const { scenario, topology } = this.#plan;
    const { bus } = subscription;
    const connection = await this.#driver.openSubscription(topology, subscription);
    this.#connections.set(subscription.index, connection);
    const task = this.#world.spawn(`subscription ${subscription.name}`, async () => {
      await runFetchLoop({
        clock: this.#lifeOf(bus),
        connection: mortalConnection(connection, this.#mortals[bus]),
        subscription,
        batch: scenario.batch,
        maxWaitMs: scenario.maxWaitMs,
        ack: scenario.ack,
        overflow: scenario.overflow,
        inbox: this.#inboxes[bus]!,
        handleInline: (delivery) => this.#handlers[bus]!.handle(delivery, -1),
        recorder: this.#recorder,
      });
      // It has left, and handed over what its client had taken by then.
      if (!this.#ending) this.#noteEnded(subscription);
    });
    this.#loops.push({ bus, task });
  }

  #disturbDue(disturber: Disturber, published: number): void {
    for (const disturbance of this.#schedule.take(published)) {
      this.#disturbing.push(this.#world.spawn(`disturb: ${disturbance.kind}`, () => disturber.perform(disturbance)));
    }
  }

  #disturber(broker: BrokerDisturber): Disturber {
    return new Disturber(this.#plan.topology.subscriptions, {
      join: (members) => this.#startSubscriptions(members),
      crash: (bus) => this.#crash(bus),
      held: () => this.#held.count,
      resize: (workers) => {
        for (const [bus, dispatcher] of this.#dispatchers.entries()) {
          if (!this.#isDead(bus)) dispatcher.resize?.(workers);
        }
      },
      leave: (member) => this.#leave(member),
      stall: ({ index }, forMs) => (this.#connections.get(index) as StallingPull).stall(forMs),
      pause: ({ index }, forMs) => this.#connections.get(index)?.pause?.(forMs),
      broker,
      sleep: (ms) => this.#world.sleep(ms),
      note: (detail) => this.#recorder.note('disturbance', detail),
    });
  }

  #isDead(bus: number): boolean {
    return this.#mortals[bus]?.isDead === true;
  }

  /** Until it has left, or died over it. */
  async #leave({ index, bus }: SubscriptionSpec): Promise<void> {
    const member: { isGone: boolean } = { isGone: false };
    this.#world.spawn(`leave ${index}`, async () => {
      await this.#connections.get(index)?.leave?.();
      member.isGone = true;
    });
    while (!member.isGone && !this.#isDead(bus)) await this.#world.sleep(drainPollMs);
  }

  #noteEnded({ name }: SubscriptionSpec): void {
    this.#recorder.note('subscription-ended', { subscription: name });
  }

  /** Nobody says good-bye: a pull request loses its interest with its connection, a group misses a heartbeat. */
  async #crash(bus: number): Promise<void> {
    const { subscriptions, kind } = this.#plan.topology;
    const dying = subscriptions.filter((subscription) => subscription.bus === bus);
    this.#mortals[bus]?.kill();
    for (const subscription of dying) this.#noteEnded(subscription);
    recordDeath(this.#memory?.of(bus) ?? [], this.#recorder);
    for (const { index } of dying) {
      const connection = this.#connections.get(index);
      this.#connections.delete(index);
      if (kind === 'kafka') (connection as StallingPull | undefined)?.stall(Number.MAX_SAFE_INTEGER);
      else await connection?.close();
    }
  }

  async #startPublishers(): Promise<void> {
    const { scenario, workload, topology, seed } = this.#plan;
    const versions = new LocalVersionSource(this.#stamps, scenario.aggregates, workload.versionsOf);
    const pacer = scenario.ratePerSecond === null ? null : new RatePacer(this.#world, scenario.ratePerSecond);
    for (const share of sharePublishers(scenario.aggregates, 1, scenario.publishersPerAggregate)) {
      const connection = await this.#driver.openPublisher(topology, share.publisher);
      const prng = new SeededPrng(seed, `publisher ${share.publisher}`);
      this.#publishing++;
      this.#world.spawn(`publisher ${share.publisher}`, async () => {
        await runPublisher({
          ports: { scheduler: this.#world, prng },
          plan: workload,
          ...share,
          mode: scenario.publish,
          versions,
          connection,
          recorder: this.#recorder,
          pacer,
          handled: scenario.publish.kind === 'handled' ? this.#handled : null,
          isStopping: () => this.#stopping || this.#context.signal.aborted,
          isPublishFailure: (error) => error instanceof PublishFailure,
        });
        this.#publishing--;
      });
    }
  }

  /**
   * Waits until every publisher is done. Publishers that wait for a handling which never comes (`--publish handled`,
   * and the event was given up) are let go after the drain time-out.
   */
  async #awaitPublishers(disturber: Disturber): Promise<void> {
    const stall = new PublishStall(this.#progress, () => this.#world.nowMs(), this.#plan.scenario.drainTimeoutMs);
    while (this.#publishing > 0) {
      this.#context.onTick();
      this.#disturbDue(disturber, this.#progress.published);
      await this.#world.sleep(drainPollMs);
      if (stall.isStalled || this.#context.signal.aborted) {
        this.#stopping = true;
        this.#handled.release();
      }
    }
  }

  async #awaitDrain(admin: BrokerAdmin): Promise<Drain> {
    const deadlineMs = this.#world.nowMs() + this.#plan.scenario.drainTimeoutMs;
    for (;;) {
      const open = await this.#whatIsOpen(admin);
      const result = { brokerLost: false, givenUp: this.#givenUp };
      if (open === null) return { complete: true, reason: null, ...result };
      if (this.#context.signal.aborted) return { complete: false, reason: `interrupted with ${open}`, ...result };
      if (this.#world.nowMs() >= deadlineMs) {
        return { complete: false, reason: `${open} when the drain timed out`, ...result };
      }
      this.#context.onTick();
      await this.#world.sleep(drainPollMs);
    }
  }

  /** What keeps the run from being drained, in words; null if nothing does. */
  async #whatIsOpen(admin: BrokerAdmin): Promise<string | null> {
    let pending = 0;
    let ackPending = 0;
    for (const durable of await admin.durables(this.#delivered)) {
      pending += durable.pending;
      ackPending += durable.ackPending;
    }
    if (pending > 0) return `${pending} messages not yet delivered`;
    if (ackPending > 0) return `${ackPending} messages awaiting an ack`;
    if (this.#held.count > 0) return `${this.#held.count} events not yet handled`;
    return null;
  }
}

/** Replicas of a service draw from streams of chance of their own. */
function labelOf(what: string, bus: number): string {
  return bus === 0 ? what : `${what} ${bus}`;
}
