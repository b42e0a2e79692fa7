/** The thread that reads ahead, as it is seen by the thread that checks. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { HandlingColumns } from '../handled/handling-columns.js';
import { claimedAt, columnsOf, packMemory, packsMost, sentAt, takenAt } from './pack.js';
import type { AheadOrder, FromAhead } from './protocol.js';

const script = new URL('./ahead-worker.js', import.meta.url);

/** A thread needs a compiled script, so there is none where the sources run uncompiled. */
export function hasScript(): boolean {
  return existsSync(fileURLToPath(script));
}

export class ReaderThread {
  readonly #worker: Worker;
  /** As of {@link PackMemory}. */
  readonly counts: Int32Array;
  /** By slot. */
  readonly #columns: readonly HandlingColumns[];
  readonly #came: FromAhead[] = [];
  #isOver = false;
  #wake: () => void = () => {};

  /** @param claimed segments that it finds claimed */
  constructor(order: Omit<AheadOrder, 'memory'>, claimed = 0) {
    const memory = packMemory();
    this.counts = new Int32Array(memory.counts);
    this.counts[claimedAt] = claimed;
    this.#columns = Array.from({ length: packsMost }, (_, slot) => columnsOf(memory, slot));
    const workerData: AheadOrder = { ...order, memory };
    this.#worker = new Worker(script, { workerData, name: 'reader', execArgv: [] });
    this.#worker
      .on('message', (message: FromAhead) => {
        this.#came.push(message);
        this.#wake();
      })
      .once('error', () => this.#stop())
      .once('exit', () => this.#stop());
  }

  /** Packs that wait to be taken. */
  get ready(): number {
    return Atomics.load(this.counts, sentAt) - Atomics.load(this.counts, takenAt);
  }

  /** What it says next; null: it has ended without a further word. */
  async next(): Promise<FromAhead | null> {
    while (this.#came.length === 0 && !this.#isOver) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#came.shift() ?? null;
  }

  columns(slot: number): HandlingColumns {
    return this.#columns[slot]!;
  }

  /** A pack was taken, so its place is free. */
  release(): void {
    Atomics.add(this.counts, takenAt, 1);
    Atomics.notify(this.counts, takenAt);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #stop(): void {
    this.#isOver = true;
    this.#wake();
  }
}
