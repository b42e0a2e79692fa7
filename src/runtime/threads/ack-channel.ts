/**
 * The channel on which the bus thread sends acknowledgements to the thread whose connection holds the message: a ring
 * in shared memory, one for each subscription, with one sender and one receiver. The sender never waits: commands that
 * find the ring full stay in its own memory, in order, and move into the ring as the receiver makes room.
 */
import { Doorbell, ring } from './doorbell.js';

export type AckCommandKind = 'ack' | 'nak' | 'skip' | 'progress';

export interface AckCommand {
  readonly kind: AckCommandKind;
  readonly token: number;
}

export interface AckMemory {
  /** A power of two. */
  readonly capacity: number;
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly items: Float64Array<SharedArrayBuffer>;
}

const kinds: readonly AckCommandKind[] = ['ack', 'nak', 'skip', 'progress'];
const itemDoubles = 2;
/**
 * Indices of the control words. The counters are modulo 2^32, each written by one side, in cache lines of their own.
 */
const word = { sent: 0, received: 16, receiverBell: 32, closed: 33, length: 34 } as const;
/** How long commands that did not fit wait before the sender tries again. */
const retryMs = 1;

/** @param capacityMin least number of places; rounded up to a power of two */
export function createAckMemory(capacityMin: number): AckMemory {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(1, capacityMin)));
  return {
    capacity,
    words: new Int32Array(new SharedArrayBuffer(word.length * Int32Array.BYTES_PER_ELEMENT)),
    items: new Float64Array(new SharedArrayBuffer(capacity * itemDoubles * Float64Array.BYTES_PER_ELEMENT)),
  };
}

/** Number of commands in the ring: sent and not yet received, without the sender's overflow. */
export function ackBacklog({ words }: AckMemory): number {
  const received = Atomics.load(words, word.received);
  return (Atomics.load(words, word.sent) - received) | 0;
}

export class AckSender {
  readonly #memory: AckMemory;
  #overflow: AckCommand[] = [];
  #isRetrying = false;
  #isRinging = false;

  constructor(memory: AckMemory) {
    this.#memory = memory;
  }

  send(command: AckCommand): void {
    if (this.#overflow.length === 0 && this.#put(command)) this.#ringSoon();
    else this.#keep(command);
  }

  /** Rings the bell once for all commands of one turn of the event loop, since handlers end in bursts. */
  #ringSoon(): void {
    if (this.#isRinging) return;
    this.#isRinging = true;
    setImmediate(() => {
      this.#isRinging = false;
      ring(this.#memory.words, word.receiverBell);
    });
  }

  #put(command: AckCommand): boolean {
    const { words, items, capacity } = this.#memory;
    const sent = words[word.sent]!;
    if (((sent - Atomics.load(words, word.received)) | 0) >= capacity) return false;
    const at = (sent & (capacity - 1)) * itemDoubles;
    items[at] = kinds.indexOf(command.kind);
    items[at + 1] = command.token;
    Atomics.store(words, word.sent, (sent + 1) | 0);
    return true;
  }

  #keep(command: AckCommand): void {
    this.#overflow.push(command);
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    setTimeout(() => this.#retry(), retryMs);
  }

  #retry(): void {
    let moved = 0;
    while (moved < this.#overflow.length && this.#put(this.#overflow[moved]!)) moved++;
    this.#overflow = this.#overflow.slice(moved);
    if (moved > 0) this.#ringSoon();
    this.#isRetrying = this.#overflow.length > 0;
    if (this.#isRetrying) setTimeout(() => this.#retry(), retryMs);
  }
}

export class AckReceiver {
  readonly #memory: AckMemory;
  readonly #bell: Doorbell;

  constructor(memory: AckMemory) {
    this.#memory = memory;
    this.#bell = new Doorbell(memory.words, word.receiverBell);
  }

  /** Hands every command to `perform`, as it comes in, until the channel is closed and empty. */
  async run(perform: (command: AckCommand) => void): Promise<void> {
    const { words } = this.#memory;
    const isClosed = (): boolean => Atomics.load(words, word.closed) === 1;
    for (;;) {
      for (let command = this.#take(); command !== undefined; command = this.#take()) perform(command);
      if (isClosed() && ackBacklog(this.#memory) === 0) return;
      await this.#bell.wait(() => ackBacklog(this.#memory) > 0 || isClosed());
    }
  }

  #take(): AckCommand | undefined {
    const { words, items, capacity } = this.#memory;
    const received = words[word.received]!;
    if (Atomics.load(words, word.sent) === received) return undefined;
    const at = (received & (capacity - 1)) * itemDoubles;
    const command = { kind: kinds[items[at]!]!, token: items[at + 1]! };
    Atomics.store(words, word.received, (received + 1) | 0);
    return command;
  }
}

/** Ends the receiver once it has performed what was sent. May be called by any thread, more than once. */
export function closeAckChannel({ words }: AckMemory): void {
  Atomics.store(words, word.closed, 1);
  ring(words, word.receiverBell);
}
