/**
 * Runs a row's parts as worker threads against a real broker: publishers, each subscription and each bus in a thread of
 * its own, with its own event loop and connection. The main thread runs the bench, and brings the observations of all
 * threads into stamp order.
 */
import type { BrokerAdmin } from '../../broker/port.js';
import { InterruptedError } from '../../domain/errors.js';
import type { ObservationSink } from '../../domain/observation.js';
import { busesOf, type SubscriptionSpec } from '../../domain/topology.js';
import { FanOut } from '../../observation/fan-out.js';
import { Recorder } from '../../observation/recorder.js';
import { StampOrder } from '../../observation/stamp-order.js';
import type { Clock, Scheduler } from '../../runtime/ports.js';
import { openGate } from '../../runtime/threads/handled-gate.js';
import { ObservationDecoder } from '../../runtime/threads/observation-decoder.js';
import { SharedStamps } from '../../runtime/threads/shared-stamps.js';
import { ThreadClock } from '../../runtime/threads/thread-clock.js';
import { ThreadScheduler } from '../../runtime/threads/thread-scheduler.js';
import { sharePublishers } from '../../workload/publishers.js';
import type { BenchRuntime, BrokerControl, GivenUpEvents } from '../bench/bench-runtime.js';
import type { RowPlan } from '../row/row-plan.js';
import { createDriver, type DriverSpec } from './driver-spec.js';
import { MainThreadRecorder } from './main-thread-recorder.js';
import type { ServerNews } from './server-news.js';
import { createSharedRun, type SharedRun } from './shared-run.js';
import { UnsettledDeliveries } from './unsettled-deliveries.js';
import { WorkerPool } from './worker-pool.js';
import type { WorkerInput } from './worker-protocol.js';

/** Number of threads over which the aggregates are distributed. */
const publisherThreads = 1;

const busScript = new URL('./bus-worker.js', import.meta.url);
const subscriptionScript = new URL('./subscription-worker.js', import.meta.url);
const publisherScript = new URL('./publisher-worker.js', import.meta.url);

export interface ThreadRuntimeOptions {
  readonly plan: RowPlan;
  readonly signal: AbortSignal;
  /** See ExecutionContext. */
  readonly observes: boolean;
  readonly driver: DriverSpec;
  readonly control: BrokerControl;
  /** Of the private server of the run: the row ends if it fails. null: the user named the server. */
  readonly news: ServerNews | null;
  readonly sink: ObservationSink;
}

export class ThreadRuntime implements BenchRuntime {
  readonly pollMs = 25;
  readonly control: BrokerControl;
  readonly ports: Clock & Scheduler;
  readonly recorder: MainThreadRecorder;
  readonly givenUp: GivenUpEvents;
  readonly #options: ThreadRuntimeOptions;
  readonly #publishers: number;
  readonly #shared: SharedRun;
  readonly #stamps: SharedStamps;
  readonly #order: StampOrder;
  readonly #decoder: ObservationDecoder;
  readonly #pool: WorkerPool;
  /** Set again when the row begins. */
  #originNs = ThreadClock.origin();
  #clock = new ThreadClock(this.#originNs);
  #hasBegun = false;
  #endedMs: number | null = null;
  #publishing: Promise<unknown> = Promise.resolve();
  #isPublished = false;
  readonly #unlisten: (() => void) | undefined;

  constructor(options: ThreadRuntimeOptions) {
    const { plan, control, sink } = options;
    this.#options = options;
    this.control = control;
    const { aggregates, publishersPerAggregate, maxDeliver } = plan.scenario;
    this.#publishers = sharePublishers(aggregates, publisherThreads, publishersPerAggregate).length;
    this.#shared = createSharedRun(plan, this.#publishers);
    this.#stamps = new SharedStamps(this.#shared.stamps);
    const unsettled = maxDeliver === null ? null : new UnsettledDeliveries(maxDeliver);
    this.givenUp = unsettled ?? { mayComeAgain: true, count: () => 0 };
    this.#order = new StampOrder(unsettled === null ? sink : new FanOut([unsettled, sink]));
    this.#decoder = new ObservationDecoder(this.#order);
    this.#pool = new WorkerPool((chunk) => this.#decoder.decode(chunk));
    this.#unlisten = options.news?.listen((error) => this.#pool.fail(error));
    this.ports = this.#createPorts();
    this.recorder = new MainThreadRecorder(
      new Recorder({ nextStamp: () => this.#stamps.next(), nowMs: () => this.#clock.nowMs(), sink: this.#order }),
    );
  }

  /** Starts the workers first, so that they load their code while the admin connection is opened. */
  async openAdmin(): Promise<BrokerAdmin> {
    this.#startWorkers();
    const driver = await createDriver(this.#options.driver, (kind, detail) => this.recorder.note(kind, detail));
    return driver.openAdmin();
  }

  connect(): Promise<void> {
    return this.#pool.connect();
  }

  begin(): Promise<void> {
    this.#originNs = ThreadClock.origin();
    this.#clock = new ThreadClock(this.#originNs);
    this.#hasBegun = true;
    this.recorder.begin();
    this.#pool.go(this.#originNs);
    return Promise.resolve();
  }

  async unlessEnded<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this.#options;
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

  get isPublished(): boolean {
    return this.#isPublished;
  }

  async untilPublished(withinMs: number): Promise<void> {
    await Promise.race([this.#publishing, this.ports.sleep(withinMs)]);
  }

  stopPublishing(): void {
    const { gate, stopping } = this.#shared;
    Atomics.store(stopping, 0, 1);
    if (gate !== null) openGate(gate);
  }

  async join(members: readonly SubscriptionSpec[]): Promise<void> {
    const joining = members.map(({ name, index }) =>
      this.#pool.startLate(subscriptionScript, this.#input(name, index), this.#originNs),
    );
    await Promise.all(joining);
  }

  async leave({ name }: SubscriptionSpec, onLeft: () => void): Promise<void> {
    await this.#pool.leave(name);
    onLeft();
  }

  kill(bus: number, subscriptions: readonly SubscriptionSpec[]): Promise<void> {
    return this.#pool.crash([nameOfBus(bus), ...subscriptions.map(({ name }) => name)]);
  }

  async untilSeen(withinMs: number): Promise<void> {
    const { last } = this.#stamps;
    const deadlineMs = this.ports.nowMs() + withinMs;
    while (this.#order.passed < last && this.ports.nowMs() < deadlineMs)
      await this.#pool.orFailure(this.ports.sleep(1));
  }

  /** Does nothing: the sockets ended with their threads. */
  dropConnections(): Promise<void> {
    return Promise.resolve();
  }

  resize(workers: number): void {
    for (let bus = 0; bus < busesOf(this.#options.plan.topology); bus++) this.#pool.resize(nameOfBus(bus), workers);
  }

  stall({ name }: SubscriptionSpec, forMs: number): void {
    this.#pool.stall(name, forMs);
  }

  pause({ name }: SubscriptionSpec, forMs: number): void {
    this.#pool.pause(name, forMs);
  }

  /** Number of stamps that were taken and whose observation has not come in. */
  get underway(): number {
    if (!this.#options.observes) return 0;
    return this.#stamps.last - this.#decoder.observations - this.recorder.observations;
  }

  /** The threads go on until {@link stop}. */
  finish(): Promise<void> {
    this.#endedMs = this.#clock.nowMs();
    return Promise.resolve();
  }

  /** From the beginning of the row to its end, or until now. */
  get durationMs(): number {
    return this.#endedMs ?? (this.#hasBegun ? this.#clock.nowMs() : 0);
  }

  /** Stops the workers, and takes in their last observations. To be called however the row ended. */
  async stop(): Promise<void> {
    this.#endedMs ??= this.durationMs;
    this.#unlisten?.();
    await this.#pool.stop(this.#options.signal);
    this.#order.end();
  }

  #createPorts(): Clock & Scheduler {
    const scheduler = new ThreadScheduler((error) => this.#pool.fail(error));
    return {
      nowMs: () => this.#clock.nowMs(),
      sleep: (ms) => this.#clock.sleep(ms),
      spawn: (name, body) => scheduler.spawn(name, body),
      signal: () => scheduler.signal(),
      pause: () => scheduler.pause(),
    };
  }

  #startWorkers(): void {
    const { topology } = this.#options.plan;
    for (let bus = 0; bus < busesOf(topology); bus++) {
      void this.#pool.start(busScript, this.#input(nameOfBus(bus), bus), 'when told');
    }
    for (const { name, index, begins } of topology.subscriptions) {
      if (begins === 'at once') void this.#pool.start(subscriptionScript, this.#input(name, index), 'when told');
    }
    const publishers = Array.from({ length: this.#publishers }, (_, index) =>
      this.#pool.start(publisherScript, this.#input(`publisher-${index}`, index), 'by itself'),
    );
    this.#publishing = Promise.all(publishers).then(() => {
      this.#isPublished = true;
    });
  }

  #input(name: string, index: number): WorkerInput {
    const { plan, driver, observes } = this.#options;
    const { scenario, seed, broker, topology, strategy } = plan;
    return {
      ...{ scenario, seed, broker, topology, driver, observes, name, index },
      strategy: strategy.id,
      shared: this.#shared,
      publishers: this.#publishers,
    };
  }
}

function nameOfBus(bus: number): string {
  return `bus-${bus}`;
}
