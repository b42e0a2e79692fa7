/**
 * Gives out a small integer, a token, for each message that is to be acknowledged. What it takes to acknowledge it, a
 * reply subject or the message of a client library, is kept in a table whose slots are reused once a message is settled. A token holds its slot and how often the slot was used
 * before, so settling a message a second time does nothing, and never settles another message.
 */
import type { AckToken } from '../port.js';

const slotBits = 22;
const slotsMax = 2 ** slotBits;
/** Tokens stay below 2^31, so that they fit into a 32-bit integer. */
const usesMax = 2 ** (31 - slotBits);

/**
 * The token of a message that cannot be acknowledged: of an ordered consumer, or beyond four million unsettled ones.
 */
export const noToken: AckToken = -1;

export class AckTable<Reply extends string | object> {
  readonly #replies: (Reply | undefined)[] = [];
  readonly #uses: number[] = [];
  readonly #free: number[] = [];

  add(reply: Reply): AckToken {
    const slot = this.#free.pop() ?? this.#newSlot();
    if (slot === slotsMax) return noToken;
    this.#replies[slot] = reply;
    return this.#uses[slot]! * slotsMax + slot;
  }

  /** What was added; undefined if the message was settled already. */
  get(token: AckToken): Reply | undefined {
    const slot = this.#slotOf(token);
    return slot === -1 ? undefined : this.#replies[slot];
  }

  /** Returns the same as {@link get}, and frees the slot. */
  settle(token: AckToken): Reply | undefined {
    const slot = this.#slotOf(token);
    if (slot === -1) return undefined;
    const reply = this.#replies[slot];
    this.#replies[slot] = undefined;
    this.#uses[slot] = (this.#uses[slot]! + 1) % usesMax;
    this.#free.push(slot);
    return reply;
  }

  /** The token's slot; -1 if its message was settled already. */
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
