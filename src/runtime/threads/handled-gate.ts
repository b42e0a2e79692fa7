/**
 * How does a publisher learn, in its own thread, that its event was handled (`--publish handled`)? One bit an event in
 * shared memory, set by the bus thread, and one bell a publisher thread.
 */
import { Doorbell, ring, type BellWords } from './doorbell.js';

export interface GateMemory {
  readonly versions: number;
  /** A bit an event, at aggregate × versions + version − 1. */
  readonly handled: Int32Array<SharedArrayBuffer>;
  /** One bell a publisher thread, then one word: 1 once the gate is open for good. */
  readonly bells: BellWords;
}

export function createGateMemory(aggregates: number, versions: number, publishers: number): GateMemory {
  const words = Math.ceil((aggregates * versions) / 32);
  return {
    versions,
    handled: new Int32Array(new SharedArrayBuffer(words * Int32Array.BYTES_PER_ELEMENT)),
    bells: new Int32Array(new SharedArrayBuffer((publishers + 1) * Int32Array.BYTES_PER_ELEMENT)),
  };
}

/** Says that the event was handled. Called by whichever thread handled it. */
export function markHandled(memory: GateMemory, aggregate: number, version: number): void {
  const index = aggregate * memory.versions + version - 1;
  Atomics.or(memory.handled, index >>> 5, 1 << (index & 31));
  ringAll(memory);
}

/** Lets every publisher go on, whatever was handled: the run is to end. */
export function openGate(memory: GateMemory): void {
  Atomics.store(memory.bells, memory.bells.length - 1, 1);
  ringAll(memory);
}

export class SharedHandledGate {
  readonly #memory: GateMemory;
  readonly #bell: Doorbell;

  /** @param publisher index of this publisher thread */
  constructor(memory: GateMemory, publisher: number) {
    this.#memory = memory;
    this.#bell = new Doorbell(memory.bells, publisher);
  }

  async wait(aggregate: number, version: number): Promise<void> {
    const { handled, bells, versions } = this.#memory;
    const index = aggregate * versions + version - 1;
    const bit = 1 << (index & 31);
    await this.#bell.wait(
      () => (Atomics.load(handled, index >>> 5) & bit) !== 0 || Atomics.load(bells, bells.length - 1) === 1,
    );
  }
}

/** A publisher thread waits for many events at once, so each ring asks them all; publishers are few. */
function ringAll({ bells }: GateMemory): void {
  for (let publisher = 0; publisher < bells.length - 1; publisher++) ring(bells, publisher);
}
