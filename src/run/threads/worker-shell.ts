/**
 * Implements what all worker threads of a row have in common: they connect when told, work from `go` on and record what
 * happens. They exit when their work is done, when told to, or when something failed, and first hand over all records.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { InternalError } from '../../domain/errors.js';
import type { NoteDetail, NoteKind } from '../../domain/run-note.js';
import { FanOut } from '../../observation/fan-out.js';
import { Recorder } from '../../observation/recorder.js';
import type { Ports } from '../../runtime/ports.js';
import { ObservationBatch } from '../../runtime/threads/observation-batch.js';
import { SharedStamps } from '../../runtime/threads/shared-stamps.js';
import { ThreadClock } from '../../runtime/threads/thread-clock.js';
import { ThreadScheduler } from '../../runtime/threads/thread-scheduler.js';
import { strategyById } from '../../strategy/registry.js';
import type { RowSettings } from '../bench/row-parts.js';
import { createDriver } from './driver-spec.js';
import { toPlainError, type FromWorker, type ToWorker, type WorkerInput } from './worker-protocol.js';
import type { BrokerDriver } from '../../broker/port.js';

interface DriverNote {
  readonly kind: NoteKind;
  readonly detail: NoteDetail<NoteKind>;
}

/** The parts that a worker's role gets at `go`. */
export interface WorkerContext {
  readonly input: WorkerInput;
  readonly settings: RowSettings;
  readonly clock: ThreadClock;
  readonly scheduler: Ports['scheduler'];
  readonly stamps: SharedStamps;
  readonly recorder: Recorder;
  readonly batch: ObservationBatch;
}

export interface Closable {
  close(): Promise<void>;
  /** See PullConnection. */
  leave?(): Promise<void>;
  /** See PullConnection. */
  pause?(forMs: number): void;
  /** See Dispatcher. */
  resize?(workers: number): void;
}

export interface WorkerRole<Connection extends Closable> {
  /** Opens the thread's connection; loads the driver only if it needs one. */
  connect(loadDriver: () => Promise<BrokerDriver>, input: WorkerInput): Promise<Connection>;
  /** Works until there is nothing left to do; the connection may be closed while it is under way. */
  run(context: WorkerContext, connection: Connection): Promise<void>;
}

/** How long an observation waits at most before it is sent to the main thread. */
const flushEveryMs = 20;

export function runWorker<Connection extends Closable>(role: WorkerRole<Connection>): void {
  if (parentPort === null) throw new InternalError('a worker script was started outside of a worker thread');
  const shell = new WorkerShell(role, parentPort, workerData as WorkerInput);
  process.on('uncaughtException', shell.fail);
  process.on('unhandledRejection', shell.fail);
  parentPort.on('message', (message: ToWorker) => shell.obey(message));
}

class WorkerShell<Connection extends Closable> {
  readonly #role: WorkerRole<Connection>;
  readonly #port: MessagePort;
  readonly #input: WorkerInput;
  readonly #batch: ObservationBatch;
  #recorder: Recorder | null = null;
  #earlyNotes: readonly DriverNote[] = [];
  #connection: Connection | null = null;
  #closed: Promise<void> | null = null;

  constructor(role: WorkerRole<Connection>, port: MessagePort, input: WorkerInput) {
    this.#role = role;
    this.#port = port;
    this.#input = input;
    this.#batch = new ObservationBatch((chunk) => {
      if (input.observes) this.#post({ type: 'observations', chunk }, [chunk.values.buffer]);
    });
  }

  obey(message: ToWorker): void {
    switch (message.type) {
      case 'connect':
        this.#connect().catch(this.fail);
        return;
      case 'go':
        this.#go(message.originNs).catch(this.fail);
        return;
      case 'stall':
        block(message.forMs);
        return;
      case 'pause':
        this.#connection?.pause?.(message.forMs);
        return;
      case 'resize':
        this.#connection?.resize?.(message.workers);
        return;
      case 'crash':
        return this.#die();
      case 'leave':
        this.#leaveGroup().catch(this.fail);
        return;
      case 'stop':
        this.#closeAndExit().catch(this.fail);
        return;
    }
  }

  /** Posts the error and exits. Messages posted before the exit are delivered first. */
  readonly fail = (error: unknown): void => {
    this.#batch.flush();
    this.#post({ type: 'failed', error: toPlainError(error) });
    process.exit(1);
  };

  async #connect(): Promise<void> {
    const load = () => createDriver(this.#input.driver, (kind, detail) => this.#note({ kind, detail }));
    this.#connection = await this.#role.connect(load, this.#input);
    this.#post({ type: 'ready' });
  }

  async #go(originNs: bigint): Promise<void> {
    if (this.#connection === null) throw new InternalError('a worker was told to go before it had its connection');
    const clock = new ThreadClock(originNs);
    const stamps = new SharedStamps(this.#input.shared.stamps);
    const batch = this.#batch;
    const recorder = this.#input.observes
      ? new Recorder({ nextStamp: () => stamps.next(), nowMs: () => clock.nowMs(), sink: batch })
      : new Recorder({ nextStamp: () => 0, nowMs: () => 0, sink: new FanOut([]) });
    this.#recorder = recorder;
    for (const note of this.#earlyNotes) this.#note(note);
    setInterval(() => batch.flush(), flushEveryMs);
    const scheduler = new ThreadScheduler(this.fail);
    const settings = { ...this.#input, strategy: strategyById(this.#input.strategy) };
    const context = { input: this.#input, settings, clock, scheduler, stamps, recorder, batch };
    await this.#role.run(context, this.#connection);
    await this.#closeAndExit();
  }

  /** Exits without closing connections properly: sockets end with their thread. */
  #die(): never {
    this.#batch.flush();
    process.exit(0);
  }

  async #leaveGroup(): Promise<void> {
    await this.#connection?.leave?.();
    await this.#closeAndExit();
  }

  async #closeAndExit(): Promise<void> {
    this.#closed ??= this.#connection?.close() ?? Promise.resolve();
    await this.#closed;
    this.#batch.flush();
    process.exit(0);
  }

  /**
   * Records a note of the driver. Notes from before the run are recorded when it begins; of rebalances and heartbeats
   * among them only the last is kept: the group was still gathering, and times between heartbeats only grow.
   */
  #note(note: DriverNote): void {
    if (this.#recorder !== null) this.#recorder.note(note.kind, note.detail);
    else this.#earlyNotes = [...this.#earlyNotes.filter(({ kind }) => !supersedes(note, kind)), note];
  }

  #post(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

function supersedes(note: DriverNote, kind: NoteKind): boolean {
  return note.kind === kind && (kind === 'rebalance' || kind === 'heartbeat');
}

/** Blocks this thread, event loop included, for `forMs`. */
function block(forMs: number): void {
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  Atomics.wait(never, 0, 0, forMs);
}
