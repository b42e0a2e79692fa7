/**
 * How does a row run on a real broker? Publishers, each subscription and the bus in worker threads of their own, each
 * with its own event loop and connection; this thread makes the stream, watches the drain, and brings what all of them
 * observe into stamp order.
 */
import type { BrokerAdmin, BrokerDisturber } from '../../broker/port.js';
import type { Drain } from '../../domain/drain.js';
import { BrokerError, InterruptedError, type ToolError } from '../../domain/errors.js';
import { busesOf, type SubscriptionSpec } from '../../domain/topology.js';
import { FanOut } from '../../observation/fan-out.js';
import { Recorder } from '../../observation/recorder.js';
import { StampOrder } from '../../observation/stamp-order.js';
import { openGate } from '../../runtime/threads/handled-gate.js';
import { ObservationDecoder } from '../../runtime/threads/observation-decoder.js';
import { SharedStamps } from '../../runtime/threads/shared-stamps.js';
import { ThreadClock } from '../../runtime/threads/thread-clock.js';
import { sharePublishers } from '../../workload/publishers.js';
import type { Execution, ExecutionContext } from '../bench/execution.js';
import { ProgressCounter } from '../../observation/progress-counter.js';
import { HighestDelivered } from '../bench/delivered-positions.js';
import { BusMemory, recordDeath } from '../bench/bus-memory.js';
import { disturbancesOf, DisturbanceSchedule, refuseImpossible } from '../bench/disturbances.js';
import { Disturber } from '../bench/disturber.js';
import { HeldDeliveries } from '../bench/held-deliveries.js';
import { PublishStall } from '../bench/publish-stall.js';
import type { RowPlan } from '../row/row-plan.js';
import { createDriver, type DriverSpec } from './driver-spec.js';
import { createSharedRun, type SharedRun } from './shared-run.js';
import { UnsettledDeliveries } from './unsettled-deliveries.js';
import { WorkerPool } from './worker-pool.js';
import { toToolError, type WorkerInput } from './worker-protocol.js';

/** Threads that share the aggregates out among themselves. */
const publisherThreads = 1;

const busScript = new URL('./bus-worker.js', import.meta.url);
const subscriptionScript = new URL('./subscription-worker.js', import.meta.url);

/** Time between two looks at how far the run is. */
const pollMs = 25;

/** What whoever started the broker can do to it, and its clients cannot. */
export type BrokerControl = Pick<BrokerDisturber, 'restart'>;

/** Runs the row to its end, whatever that is; never throws for what the world does. */
export async function executeOnThreads(
  plan: RowPlan,
  context: ExecutionContext,
  driver: DriverSpec,
  control: BrokerControl = {},
): Promise<Execution> {
  const bench = new ThreadBench(plan, context, driver, control);
  let error: ToolError | null = null;
  try {
    await bench.run();
  } catch (thrown) {
    error = thrown instanceof InterruptedError ? null : toToolError(thrown);
  }
  try {
    await bench.close();
  } catch (thrown) {
    error ??= toToolError(thrown);
  }
  return {
    drain: error instanceof BrokerError && bench.hasBegun ? { ...bench.drain, brokerLost: true } : bench.drain,
    durationMs: bench.durationMs,
    interrupted: context.signal.aborted,
    observationsLost: bench.observationsLost,
    error,
  };
}

/** One row's threads, wired. */
class ThreadBench {
  readonly #plan: RowPlan;
  readonly #context: ExecutionContext;
  readonly #driver: DriverSpec;
  readonly #control: BrokerControl;
  readonly #publishers: number;
  readonly #shared: SharedRun;
  readonly #stamps: SharedStamps;
  readonly #order: StampOrder;
  readonly #decoder: ObservationDecoder;
  readonly #held = new HeldDeliveries();
  readonly #progress = new ProgressCounter();
  readonly #delivered = new HighestDelivered();
  readonly #schedule: DisturbanceSchedule;
  /** Disturbances under way. */
  readonly #disturbing: Promise<void>[] = [];
  /** Null where no service crashes. */
  readonly #memory: BusMemory | null;
  readonly #unsettled: UnsettledDeliveries | null;
  readonly #pool: WorkerPool;
  #publishersDone: Promise<unknown> = Promise.resolve();
  #admin: Promise<BrokerAdmin> | null = null;
  #creating: Promise<void> | null = null;
  #originNs = 0n;
  #clock: ThreadClock | null = null;
  #recorder: Recorder | null = null;
  /** Observations of this thread: notes, and attempts that ended because their thread died. */
  #notes = 0;
  drain: Drain = { complete: false, reason: 'the run did not get as far as its drain', brokerLost: false, givenUp: 0 };
  durationMs = 0;

  constructor(plan: RowPlan, context: ExecutionContext, driver: DriverSpec, control: BrokerControl) {
    this.#plan = plan;
    this.#context = context;
    this.#driver = driver;
    this.#control = control;
    const { scenario } = plan;
    this.#schedule = new DisturbanceSchedule(disturbancesOf(plan), plan.workload.events);
    this.#publishers = sharePublishers(scenario.aggregates, publisherThreads, scenario.publishersPerAggregate).length;
    this.#shared = createSharedRun(plan, this.#publishers);
    this.#stamps = new SharedStamps(this.#shared.stamps);
    this.#unsettled = scenario.maxDeliver === null ? null : new UnsettledDeliveries(scenario.maxDeliver);
    const mayCrash = disturbancesOf(plan).some(({ kind }) => kind === 'crash');
    this.#memory = mayCrash ? new BusMemory(plan.topology.subscriptions) : null;
    const own = [this.#held, this.#progress, this.#delivered, this.#unsettled, this.#memory];
    const sinks = [context.sink, ...own.filter((sink) => sink !== null)];
    this.#order = new StampOrder(new FanOut(sinks));
    this.#decoder = new ObservationDecoder(this.#order);
    this.#pool = new WorkerPool((chunk) => this.#decoder.decode(chunk));
  }

  /** The workers were told to go. */
  get hasBegun(): boolean {
    return this.#clock !== null;
  }

  /** Stamps that were taken and whose observation has not come in. */
  get observationsLost(): number {
    return this.#context.observes ? this.#stamps.last - this.#decoder.observations - this.#notes : 0;
  }

  async run(): Promise<void> {
    this.#startWorkers();
    const driver = await createDriver(this.#driver, (kind, detail) => this.#note(kind, detail));
    this.#admin = driver.openAdmin();
    const admin = await this.#unlessEnded(this.#admin);
    this.#context.onBroker(admin.broker, admin.client);
    const broker = { ...admin.disturb, ...this.#control };
    refuseImpossible(disturbancesOf(this.#plan), broker);
    this.#creating = admin.create(this.#plan.topology);
    await this.#unlessEnded(this.#creating);
    await this.#unlessEnded(this.#pool.connect());
    this.#go();
    this.#context.onPhase('running');
    const disturber = this.#disturber(broker);
    await this.#awaitPublishers(disturber);
    this.#disturbDue(disturber, Infinity);
    await this.#unlessEnded(Promise.all(this.#disturbing));
    this.#context.onPhase('draining');
    this.drain = await this.#awaitDrain(admin);
    this.#note('drain', { complete: this.drain.complete });
    this.durationMs = this.#clock?.nowMs() ?? 0;
  }

  /** Stops the workers, takes in what they still had, and removes what was made on the broker. */
  async close(): Promise<void> {
    if (this.#context.signal.aborted)
      this.drain = { ...this.drain, complete: false, reason: this.#interruptedReason() };
    if (this.durationMs === 0) this.durationMs = this.#clock?.nowMs() ?? 0;
    await this.#pool.stop();
    this.#order.end();
    const admin = await this.#admin?.catch(() => null);
    if (admin === null || admin === undefined) return;
    await this.#creating?.catch(() => undefined);
    try {
      await admin.remove();
    } finally {
      await admin.close();
    }
  }

  /** They load their code while the stream is being made. */
  #startWorkers(): void {
    for (let bus = 0; bus < busesOf(this.#plan.topology); bus++) {
      void this.#pool.start(busScript, this.#input(nameOfBus(bus), bus), 'when told');
    }
    for (const { name, index, begins } of this.#plan.topology.subscriptions) {
      if (begins === 'at once') void this.#pool.start(subscriptionScript, this.#input(name, index), 'when told');
    }
    const publisher = new URL('./publisher-worker.js', import.meta.url);
    this.#publishersDone = Promise.all(
      Array.from({ length: this.#publishers }, (_, index) =>
        this.#pool.start(publisher, this.#input(`publisher-${index}`, index), 'by itself'),
      ),
    );
  }

  #input(name: string, index: number): WorkerInput {
    const { scenario, seed, topology } = this.#plan;
    const strategy = this.#plan.strategy.id;
    const shared = this.#shared;
    const { observes } = this.#context;
    return {
      scenario,
      strategy,
      seed,
      topology,
      driver: this.#driver,
      shared,
      observes,
      publishers: this.#publishers,
      name,
      index,
    };
  }

  #go(): void {
    const originNs = ThreadClock.origin();
    this.#originNs = originNs;
    const clock = new ThreadClock(originNs);
    this.#clock = clock;
    this.#recorder = new Recorder({
      nextStamp: () => this.#stamps.next(),
      nowMs: () => clock.nowMs(),
      sink: this.#order,
    });
    this.#pool.go(originNs);
  }

  #note(...[kind, detail]: Parameters<Recorder['note']>): void {
    if (this.#recorder === null) return;
    this.#notes++;
    this.#recorder.note(kind, detail);
  }

  /**
   * Waits until every publisher is done. Publishers that wait for a handling which never comes (`--publish handled`,
   * and the event was given up) are let go once nothing has happened for the drain time-out.
   */
  async #awaitPublishers(disturber: Disturber): Promise<void> {
    let isDone = false;
    const done = this.#publishersDone.then(() => {
      isDone = true;
    });
    const stall = new PublishStall(this.#progress, () => performance.now(), this.#plan.scenario.drainTimeoutMs);
    while (!isDone) {
      this.#context.onTick();
      this.#disturbDue(disturber, this.#progress.published);
      await this.#unlessEnded(Promise.race([done, sleep(pollMs)]));
      if (stall.isStalled) this.#stopPublishing();
    }
  }

  #disturbDue(disturber: Disturber, published: number): void {
    for (const disturbance of this.#schedule.take(published)) {
      const disturbing = disturber.perform(disturbance);
      disturbing.catch(() => undefined);
      this.#disturbing.push(disturbing);
    }
  }

  #disturber(broker: BrokerDisturber): Disturber {
    return new Disturber(this.#plan.topology.subscriptions, {
      join: (members) => this.#join(members),
      crash: (bus) => this.#crash(bus),
      held: () => this.#held.count,
      resize: (workers) => {
        for (let bus = 0; bus < busesOf(this.#plan.topology); bus++) this.#pool.resize(nameOfBus(bus), workers);
      },
      leave: (member) => this.#leave(member),
      stall: ({ name }, forMs) => this.#pool.stall(name, forMs),
      pause: ({ name }, forMs) => this.#pool.pause(name, forMs),
      broker,
      sleep,
      note: (detail) => this.#note('disturbance', detail),
    });
  }

  async #join(members: readonly SubscriptionSpec[]): Promise<void> {
    const joining = members.map(({ name, index }) =>
      this.#pool.startLate(subscriptionScript, this.#input(name, index), this.#originNs),
    );
    await Promise.all(joining);
  }

  async #leave(member: SubscriptionSpec): Promise<void> {
    await this.#pool.leave(member.name);
    this.#noteEnded(member);
  }

  #noteEnded({ name }: SubscriptionSpec): void {
    this.#note('subscription-ended', { subscription: name });
  }

  /** What the dead had in memory is known once everything that was seen before their end has come in. */
  async #crash(bus: number): Promise<void> {
    const dying = this.#plan.topology.subscriptions.filter((subscription) => subscription.bus === bus);
    await this.#pool.crash([nameOfBus(bus), ...dying.map(({ name }) => name)]);
    for (const subscription of dying) this.#noteEnded(subscription);
    const { last } = this.#stamps;
    const deadlineMs = performance.now() + this.#plan.scenario.drainTimeoutMs;
    while (this.#order.passed < last && performance.now() < deadlineMs) await this.#pool.orFailure(sleep(1));
    recordDeath(this.#memory?.of(bus) ?? [], {
      finish: (attempt, outcome) => {
        this.#notes++;
        this.#recorder?.finish(attempt, outcome);
      },
      note: (kind, detail) => this.#note(kind, detail),
    });
  }

  #stopPublishing(): void {
    const { gate, stopping } = this.#shared;
    if (gate === null) return;
    Atomics.store(stopping, 0, 1);
    openGate(gate);
  }

  async #awaitDrain(admin: BrokerAdmin): Promise<Drain> {
    const deadlineMs = performance.now() + this.#plan.scenario.drainTimeoutMs;
    for (;;) {
      const { open, ackPending } = await this.#unlessEnded(this.#whatIsOpen(admin));
      const givenUp = Math.max(0, (this.#unsettled?.exhausted ?? 0) - (open === null ? 0 : ackPending));
      if (open === null) return { complete: true, reason: null, brokerLost: false, givenUp };
      if (performance.now() >= deadlineMs) {
        return { complete: false, reason: `${open} when the drain timed out`, brokerLost: false, givenUp };
      }
      this.#context.onTick();
      await this.#unlessEnded(sleep(pollMs));
    }
  }

  /** What keeps the run from being drained, in words; null if nothing does. */
  async #whatIsOpen(admin: BrokerAdmin): Promise<{ open: string | null; ackPending: number }> {
    let pending = 0;
    let ackPending = 0;
    for (const durable of await admin.durables(this.#delivered)) {
      pending += durable.pending;
      ackPending += durable.ackPending;
    }
    // Counts what has come in, so it holds only if nothing is under way.
    const underway = this.#context.observes ? this.observationsLost : 0;
    const held = this.#held.count;
    const mayComeAgain = this.#unsettled === null || this.#unsettled.open > 0;
    const open =
      (pending > 0 && `${pending} messages not yet delivered`) ||
      (held > 0 && `${held} events not yet handled`) ||
      (underway > 0 && `${underway} observations under way`) ||
      (ackPending > 0 && mayComeAgain && `${ackPending} messages awaiting an ack`) ||
      null;
    return { open, ackPending };
  }

  #interruptedReason(): string {
    const held = this.#held.count;
    return held === 0 ? 'interrupted' : `interrupted with ${held} events not yet handled`;
  }

  /** As `promise`, unless a worker fails or the user interrupts. */
  async #unlessEnded<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this.#context;
    let onAbort = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(new InterruptedError());
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort);
    });
    try {
      return await this.#pool.orFailure(Promise.race([promise, aborted]));
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

function nameOfBus(bus: number): string {
  return `bus-${bus}`;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
