/**
 * Lets a small integer stand for a message that is to be acknowledged, by a table of reply subjects whose slots are
 * used again once a message is settled. A token is its slot plus the number of the slot's use, so that settling a
 * message a second time does nothing, and never settles another one.
 */
import type { AckToken } from '../port.js';

const slotBits = 22;
const slotsMax = 2 ** slotBits;
/** Tokens stay below 2^31, so that they fit into a 32-bit integer. */
const usesMax = 2 ** (31 - slotBits);

/** Stands for a message beyond the table's end (over four million unsettled ones): it cannot be acknowledged. */
export const noToken: AckToken = -1;

export class AckTable {
  readonly #replies: (string | undefined)[] = [];
  readonly #uses: number[] = [];
  readonly #free: number[] = [];

  add(reply: string): AckToken {
    const slot = this.#free.pop() ?? this.#newSlot();
    if (slot === slotsMax) return noToken;
    this.#replies[slot] = reply;
    return this.#uses[slot]! * slotsMax + slot;
  }

  /** The reply subject; undefined if the message was settled already. */
  get(token: AckToken): string | undefined {
    const slot = this.#slotOf(token);
    return slot === -1 ? undefined : this.#replies[slot];
  }

  /** As {@link get}, and frees the slot. */
  settle(token: AckToken): string | undefined {
    const slot = this.#slotOf(token);
    if (slot === -1) return undefined;
    const reply = this.#replies[slot];
    this.#replies[slot] = undefined;
    this.#uses[slot] = (this.#uses[slot]! + 1) % usesMax;
    this.#free.push(slot);
    return reply;
  }

  /** -1 unless the token is the one that the slot was last given out with, and it is unsettled. */
  #slotOf(token: AckToken): number {
    if (token < 0) return -1;
    const slot = token % slotsMax;
    const isCurrent = this.#uses[slot] === (token - slot) / slotsMax && this.#replies[slot] !== undefined;
    return isCurrent ? slot : -1;
  }

  #newSlot(): number {
    if (this.#replies.length === slotsMax) return slotsMax;
    this.#uses.push(0);
    return this.#replies.push(undefined) - 1;
  }
}
