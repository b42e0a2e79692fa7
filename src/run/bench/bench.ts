/**
 * Runs one row under either runtime, from creating its topology on the broker to the end of its drain. The bench opens
 * the broker, has the runtime start the row's parts, carries out disturbances when they are due, waits for the
 * publishers, and then waits until nothing is open. Observations go to the bench's own watchers first, then to the
 * row's sink.
 */
import type { BrokerAdmin, BrokerDisturber } from '../../broker/port.js';
import type { Drain } from '../../domain/drain.js';
import { InterruptedError } from '../../domain/errors.js';
import type { ObservationSink } from '../../domain/observation.js';
import { durablesOf, type SubscriptionSpec } from '../../domain/topology.js';
import { FanOut } from '../../observation/fan-out.js';
import { ProgressCounter } from '../../observation/progress-counter.js';
import type { Task } from '../../runtime/ports.js';
import type { RowPlan } from '../row/row-plan.js';
import type { BenchRuntime } from './bench-runtime.js';
import { BusMemory, recordDeath } from './bus-memory.js';
import { HighestDelivered } from './delivered-positions.js';
import { disturbancesOf, DisturbanceSchedule, refuseImpossible } from './disturbances.js';
import { Disturber } from './disturber.js';
import type { ExecutionContext } from './execution.js';
import { HeldDeliveries } from './held-deliveries.js';
import { describeOpen, pendingOf } from './open-work.js';
import { PublishStall } from './publish-stall.js';

export class Bench<Runtime extends BenchRuntime = BenchRuntime> {
  readonly #plan: RowPlan;
  readonly #context: ExecutionContext;
  readonly #runtime: Runtime;
  readonly #held = new HeldDeliveries();
  readonly #progress = new ProgressCounter();
  readonly #delivered = new HighestDelivered();
  /** null: no disturbance crashes a bus. */
  readonly #memory: BusMemory | null;
  readonly #schedule: DisturbanceSchedule;
  /** Disturbances that have begun. */
  readonly #disturbing: Task[] = [];
  #admin: Promise<BrokerAdmin> | null = null;
  #creating: Promise<void> | null = null;
  #hasBegun = false;
  #drain: Drain = {
    complete: false,
    reason: 'the run did not get as far as its drain',
    brokerLost: false,
    givenUp: 0,
  };

  /** @param start creates the runtime; `sink` is to get the row's observations in stamp order */
  constructor(plan: RowPlan, context: ExecutionContext, start: (sink: ObservationSink) => Runtime) {
    this.#plan = plan;
    this.#context = context;
    const disturbances = disturbancesOf(plan);
    this.#schedule = new DisturbanceSchedule(disturbances, plan.workload.events);
    const mayCrash = disturbances.some(({ kind }) => kind === 'crash');
    this.#memory = mayCrash ? new BusMemory(plan.topology.subscriptions) : null;
    const own = [this.#memory, this.#held, this.#progress, this.#delivered].filter((sink) => sink !== null);
    this.#runtime = start(new FanOut([...own, context.sink]));
  }

  get runtime(): Runtime {
    return this.#runtime;
  }

  /** Whether the row's parts were told to begin. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** How the drain ended; incomplete if the run did not get that far. */
  get drain(): Drain {
    return this.#drain;
  }

  /** Runs the row until it is drained or the drain times out. An interrupt ends it without an error. */
  async run(): Promise<void> {
    try {
      await this.#run();
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error;
      this.interrupted();
    }
  }

  /** Records that the drain was interrupted. To be called by who stopped {@link run} from outside. */
  interrupted(): void {
    const held = this.#held.count;
    const reason = held === 0 ? 'interrupted' : `interrupted with ${held} events not yet handled`;
    this.#drain = { ...this.#drain, complete: false, reason };
  }

  async #run(): Promise<void> {
    const { topology } = this.#plan;
    const runtime = this.#runtime;
    this.#admin = runtime.openAdmin();
    const admin = await runtime.unlessEnded(this.#admin);
    this.#context.onBroker(admin.broker, admin.clientOf(topology));
    const broker = { ...admin.disturb, ...runtime.control };
    refuseImpossible(disturbancesOf(this.#plan), broker);
    this.#creating = admin.create(topology);
    await runtime.unlessEnded(this.#creating);
    await runtime.unlessEnded(runtime.connect());
    this.#hasBegun = true;
    this.#context.onPhase('running');
    await runtime.unlessEnded(runtime.begin());
    this.#noteBackoffs();
    await this.#awaitPublishers(this.#disturber(broker));
    this.#context.onPhase('draining');
    this.#drain = await this.#awaitDrain(admin);
    runtime.recorder.note('drain', { complete: this.#drain.complete });
    this.#context.onPhase('closing');
    await runtime.finish();
  }

  #noteBackoffs(): void {
    for (const { name, backoffMs, ackWaitMs } of durablesOf(this.#plan.topology)) {
      if (backoffMs.length === 0) continue;
      this.#runtime.recorder.note('backoff', { queue: name, waitsMs: backoffMs.join(' '), ackWaitMs });
    }
  }

  /** Removes what was created on the broker, however the run ended. To be called once its parts have stopped. */
  async removeAll(): Promise<void> {
    const admin = await this.#admin?.catch(() => null);
    if (admin === null || admin === undefined) return;
    await this.#creating?.catch(() => undefined);
    try {
      await admin.remove();
    } finally {
      await admin.close();
    }
  }

  /** Removes nothing, since the server goes and takes all with it. Does not wait for a server that is gone. */
  abandon(): void {
    this.#admin?.then((admin) => admin.close()).catch(() => undefined);
  }

  /**
   * Waits until every publisher is done and every disturbance is over. With `--publish handled` a publisher may wait
   * for the handling of an event that the broker gave up. It is released once nothing has happened for the drain
   * time-out.
   */
  async #awaitPublishers(disturber: Disturber): Promise<void> {
    const { ports, pollMs } = this.#runtime;
    const { publish, drainTimeoutMs } = this.#plan.scenario;
    const stall = new PublishStall(this.#progress, () => ports.nowMs(), drainTimeoutMs);
    while (!this.#runtime.isPublished) {
      this.#context.onTick();
      this.#disturbDue(disturber, this.#progress.published);
      await this.#runtime.unlessEnded(this.#runtime.untilPublished(pollMs));
      if (publish.kind === 'handled' && stall.isStalled) this.#runtime.stopPublishing();
    }
    this.#disturbDue(disturber, Infinity);
    for (const disturbing of this.#disturbing) await this.#runtime.unlessEnded(disturbing.join());
  }

  async #awaitDrain(admin: BrokerAdmin): Promise<Drain> {
    const { ports, pollMs } = this.#runtime;
    const deadlineMs = ports.nowMs() + this.#plan.scenario.drainTimeoutMs;
    for (;;) {
      const { open, givenUp } = await this.#runtime.unlessEnded(this.#whatIsOpen(admin));
      if (open === null) return { complete: true, reason: null, brokerLost: false, givenUp };
      if (ports.nowMs() >= deadlineMs)
        return { complete: false, reason: `${open} when the drain timed out`, brokerLost: false, givenUp };
      this.#context.onTick();
      await this.#runtime.unlessEnded(ports.sleep(pollMs));
    }
  }

  async #whatIsOpen(admin: BrokerAdmin): Promise<{ readonly open: string | null; readonly givenUp: number }> {
    const { pending, ackPending } = pendingOf(await admin.durables(this.#delivered));
    const { underway, givenUp } = this.#runtime;
    const awaited = givenUp.mayComeAgain ? ackPending : 0;
    const open = describeOpen({ pending, held: this.#held.count, underway, ackPending: awaited });
    return { open, givenUp: givenUp.count(open === null ? 0 : ackPending) };
  }

  #disturbDue(disturber: Disturber, published: number): void {
    for (const disturbance of this.#schedule.take(published)) {
      const name = `disturb: ${disturbance.kind}`;
      this.#disturbing.push(this.#runtime.ports.spawn(name, () => disturber.perform(disturbance)));
    }
  }

  #disturber(broker: BrokerDisturber): Disturber {
    const runtime = this.#runtime;
    return new Disturber(this.#plan.topology.subscriptions, {
      join: (members) => runtime.join(members),
      leave: (member) => runtime.leave(member, () => this.#noteEnded(member)),
      crash: (bus) => this.#crash(bus),
      held: () => this.#held.count,
      resize: (workers) => runtime.resize(workers),
      stall: (member, forMs) => runtime.stall(member, forMs),
      pause: (member, forMs) => runtime.pause(member, forMs),
      broker,
      sleep: (ms) => runtime.ports.sleep(ms),
      note: (detail) => runtime.recorder.note('disturbance', detail),
    });
  }

  /** Kills a bus, and records what it had in memory, which is known once all its earlier observations have come in. */
  async #crash(bus: number): Promise<void> {
    const runtime = this.#runtime;
    const dying = this.#plan.topology.subscriptions.filter((subscription) => subscription.bus === bus);
    await runtime.kill(bus, dying);
    for (const subscription of dying) this.#noteEnded(subscription);
    await runtime.untilSeen(this.#plan.scenario.drainTimeoutMs);
    recordDeath(this.#memory?.of(bus) ?? [], runtime.recorder);
    await runtime.dropConnections(dying);
  }

  #noteEnded({ name }: SubscriptionSpec): void {
    this.#runtime.recorder.note('subscription-ended', { subscription: name });
  }
}
