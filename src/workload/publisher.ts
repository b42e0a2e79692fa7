/**
 * Publishes the events of a publisher's aggregates. Each aggregate has a task of its own, which claims the next version
 * and sends it once the version before it is acknowledged (`serial`), while fewer than N are outstanding (`async:N`), or
 * once the version before it was handled (`handled`). Under `pool:N` it has N tasks, each with a connection of its own:
 * versions are claimed in order, and sent over connections that know nothing of each other. Under `capped:N` nobody
 * waits: a call that finds N of the publisher's publishes pending fails, is never sent, and is not made again.
 *
 * Runs under both runtimes. A publish that the broker refuses or does not answer is recorded, and the aggregate goes
 * on with its next version; a lost broker ends the run.
 */
import type { PublishedEvent } from '../domain/observation.js';
import type { PublishMode } from '../domain/scenario/scenario.js';
import { BoundedQueue } from '../runtime/bounded-queue.js';
import type { Perturbation, Ports, Prng, Task } from '../runtime/ports.js';
import type { Pacer } from './pacer.js';
import type { WorkloadPlan } from './plan.js';
import type { ClaimedVersion, VersionSource } from './version-source.js';

/** What the publisher needs of a connection; a `broker/port.ts` PublisherConnection does. */
export interface PublishConnection {
  publish(
    message: PublishedEvent & { readonly aggregateId: string },
  ): Promise<{ readonly partition: number; readonly position: number; readonly duplicate: boolean }>;
}

/** What the publisher reports; an `observation/recorder.ts` Recorder does. */
export interface PublishRecorder {
  publish(
    aggregate: number,
    topic: number,
    version: number,
    publisher: number,
    stamp?: number,
    dueAtMs?: number,
  ): PublishedEvent;
  publishResult(
    event: PublishedEvent,
    fields: { ok: boolean; partition: number; position: number; duplicate: boolean; error: string | null },
  ): unknown;
}

/** Lets a publisher wait until one of its events was handled. */
export interface HandledGate {
  wait(aggregate: number, version: number): Promise<void>;
}

export interface PublisherOptions {
  /** `prng` draws the order in which the aggregates begin. */
  readonly ports: Pick<Ports, 'scheduler' | 'prng'>;
  readonly plan: WorkloadPlan;
  /** Index of this publisher. */
  readonly publisher: number;
  /** The aggregates that it publishes. */
  readonly aggregates: readonly number[];
  readonly mode: PublishMode;
  readonly versions: VersionSource;
  /** As many as its mode has senders; more than one only under `pool`. */
  readonly connections: readonly PublishConnection[];
  readonly recorder: PublishRecorder;
  /** null: no rate is set. */
  readonly pacer: Pacer | null;
  /** Needed where the mode is `handled`. */
  readonly handled: HandledGate | null;
  /** True once the run is to end early: nothing more is published. */
  readonly isStopping: () => boolean;
  /** Awaited now and then while many aggregates begin, so that this thread can take a signal; absent: no need. */
  readonly breathe?: () => Promise<void>;
  /** null: no delays. */
  readonly perturb: Perturbation | null;
  /** Whether an error that `publish` threw concerns that one event only. */
  readonly isPublishFailure: (error: unknown) => boolean;
}

/** The first breath comes late, so that in all but huge runs the aggregates begin without one. */
const aggregatesBeforeBreaths = 16_384;
const aggregatesBetweenBreaths = 1_024;

/**
 * Publishes all events of its aggregates; resolves when every publish has settled. The aggregates begin in a random
 * order, as independent tasks would: begun in the order of their topics, they would keep in step with a broker that
 * serves its pullers in turn.
 * @throws what `publish` threw, unless `isPublishFailure` says that it concerns one event only
 */
export async function runPublisher(options: PublisherOptions): Promise<void> {
  const pending = { count: 0 };
  const { scheduler, prng } = options.ports;
  const tasks: Task[] = [];
  for (const aggregate of shuffled(options.aggregates, prng)) {
    const name = `publish ${options.plan.aggregateIds[aggregate]}`;
    for (const connection of options.connections) {
      tasks.push(scheduler.spawn(name, () => publishAggregate(options, { aggregate, connection, pending })));
    }
    if (options.breathe === undefined || tasks.length < aggregatesBeforeBreaths) continue;
    if (tasks.length % aggregatesBetweenBreaths !== 0) continue;
    await options.breathe();
    if (options.isStopping()) break;
  }
  for (const task of tasks) await task.join();
}

/** An aggregate, how its events are sent, and how many publishes of the publisher are pending. */
interface Way {
  readonly aggregate: number;
  readonly connection: PublishConnection;
  readonly pending: { count: number };
}

async function publishAggregate(options: PublisherOptions, way: Way): Promise<void> {
  const { mode, perturb } = options;
  const { aggregate } = way;
  if (mode.kind === 'async') return publishWindowed(options, way, mode.window);
  if (mode.kind === 'capped') return publishCapped(options, way, mode.pending);
  for (;;) {
    const claim = await nextClaim(options, aggregate);
    if (claim === null) return;
    const event = begin(options, aggregate, claim);
    if (perturb !== null) await perturb('publish', event);
    const stored = await send(options, event, way);
    if (mode.kind === 'handled' && stored) await options.handled?.wait(aggregate, claim.version);
  }
}

/**
 * Up to `window` publishes of the aggregate are outstanding; they are sent in version order. A delay comes before the
 * task of a send is started, so that it holds up the aggregate's later sends too.
 */
async function publishWindowed(options: PublisherOptions, way: Way, window: number): Promise<void> {
  const { perturb } = options;
  const { scheduler } = options.ports;
  const { aggregate } = way;
  const outstanding = new BoundedQueue<true>(scheduler, window);
  for (;;) {
    await outstanding.put(true);
    const claim = await nextClaim(options, aggregate);
    if (claim === null) break;
    const event = begin(options, aggregate, claim);
    if (perturb !== null) await perturb('publish', event);
    scheduler.spawn(`publish ${options.plan.aggregateIds[aggregate]} v${claim.version}`, async () => {
      await send(options, event, way);
      outstanding.tryTake();
    });
  }
  for (let free = 1; free < window; free++) await outstanding.put(true);
}

/**
 * All versions are published at once; a call that finds `cap` publishes of the publisher pending fails. A delay comes
 * before the call.
 */
async function publishCapped(options: PublisherOptions, way: Way, cap: number): Promise<void> {
  const { ports, recorder, plan, perturb } = options;
  const { aggregate, pending } = way;
  const sends: Task[] = [];
  for (;;) {
    const claim = await nextClaim(options, aggregate);
    if (claim === null) break;
    const event = begin(options, aggregate, claim);
    if (perturb !== null) await perturb('publish', event);
    const isRefused = pending.count >= cap;
    if (!isRefused) pending.count++;
    const sendOne = async (): Promise<void> => {
      if (isRefused) {
        // Other calls of the same moment, which have their stamps already, are recorded first.
        await ports.scheduler.pause();
        recorder.publishResult(event, failure(`${cap} publishes are pending`));
      } else {
        await send(options, event, way);
        pending.count--;
      }
    };
    sends.push(ports.scheduler.spawn(`publish ${plan.aggregateIds[aggregate]} v${claim.version}`, sendOne));
  }
  for (const sent of sends) await sent.join();
}

/** A version to publish. */
interface DueClaim extends ClaimedVersion {
  /** When it was due, in milliseconds since the run began; absent: no rate is set. */
  readonly dueAtMs?: number;
}

async function nextClaim(options: PublisherOptions, aggregate: number): Promise<DueClaim | null> {
  const { pacer } = options;
  if (options.isStopping()) return null;
  if (pacer === null) return options.versions.claim(aggregate);
  const dueAtMs = await pacer.turn();
  const claim = options.isStopping() ? null : options.versions.claim(aggregate);
  return claim === null ? null : { ...claim, dueAtMs };
}

/** Records that the version's publish call begins. */
function begin(options: PublisherOptions, aggregate: number, claim: DueClaim): PublishedEvent {
  const { plan, recorder, publisher } = options;
  const topic = plan.topicOf(aggregate, claim.version);
  return recorder.publish(aggregate, topic, claim.version, publisher, claim.stamp, claim.dueAtMs);
}

/** Resolves to whether the broker acknowledged the event. */
async function send(options: PublisherOptions, event: PublishedEvent, { connection }: Way): Promise<boolean> {
  const { plan, recorder } = options;
  try {
    const ack = await connection.publish(messageOf(event, plan.aggregateIds[event.aggregate]!));
    const { partition, position, duplicate } = ack;
    recorder.publishResult(event, { ok: true, partition, position, duplicate, error: null });
    return true;
  } catch (error) {
    if (!options.isPublishFailure(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    recorder.publishResult(event, failure(message));
    return false;
  }
}

function failure(error: string): Parameters<PublishRecorder['publishResult']>[1] {
  return { ok: false, partition: -1, position: 0, duplicate: false, error };
}

/** Copies field by field: an object spread would cost more than the rest of a publish. */
function messageOf(event: PublishedEvent, aggregateId: string): PublishedEvent & { readonly aggregateId: string } {
  const { aggregate, topic, version, publisher, publishStamp, publishedAtMs } = event;
  return { aggregateId, aggregate, topic, version, publisher, publishStamp, publishedAtMs };
}

/** The Fisher–Yates shuffle (Durstenfeld's form), of a copy. */
function shuffled(items: readonly number[], prng: Prng): number[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = prng.below(last + 1);
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}
