/**
 * Tells a publisher in its own thread that its event was handled (`--publish handled`): one bit of shared memory for
 * each event, set by the bus thread, and one doorbell for each publisher thread.
 */
import { Doorbell, ring, type BellWords } from './doorbell.js';

export interface GateMemory {
  /** By aggregate: the index of the bit of its first version. */
  readonly firsts: Int32Array<SharedArrayBuffer>;
  /** One bit for each event, 1 once it was handled; the bits of an aggregate follow each other in version order. */
  readonly handled: Int32Array<SharedArrayBuffer>;
  /** One bell for each publisher thread, then one word: 1 once the gate is open for good. */
  readonly bells: BellWords;
}

/** @param versionsOf how many versions an aggregate gets */
export function createGateMemory(
  aggregates: number,
  versionsOf: (aggregate: number) => number,
  publishers: number,
): GateMemory {
  const firsts = new Int32Array(new SharedArrayBuffer(aggregates * Int32Array.BYTES_PER_ELEMENT));
  let events = 0;
  for (let aggregate = 0; aggregate < aggregates; aggregate++) {
    firsts[aggregate] = events;
    events += versionsOf(aggregate);
  }
  const words = Math.ceil(events / 32);
  return {
    firsts,
    handled: new Int32Array(new SharedArrayBuffer(words * Int32Array.BYTES_PER_ELEMENT)),
    bells: new Int32Array(new SharedArrayBuffer((publishers + 1) * Int32Array.BYTES_PER_ELEMENT)),
  };
}

/** Marks the event as handled. Called by the thread that handled it. */
export function markHandled(memory: GateMemory, aggregate: number, version: number): void {
  const index = memory.firsts[aggregate]! + version - 1;
  Atomics.or(memory.handled, index >>> 5, 1 << (index & 31));
  ringAll(memory);
}

/** Lets every publisher go on, whatever was handled, because the run is to end. */
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
    const { firsts, handled, bells } = this.#memory;
    const index = firsts[aggregate]! + version - 1;
    const bit = 1 << (index & 31);
    await this.#bell.wait(
      () => (Atomics.load(handled, index >>> 5) & bit) !== 0 || Atomics.load(bells, bells.length - 1) === 1,
    );
  }
}

/** Rings every publisher's bell, whichever event was handled: publishers are few, and each checks all of its waits. */
function ringAll({ bells }: GateMemory): void {
  for (let publisher = 0; publisher < bells.length - 1; publisher++) ring(bells, publisher);
}
