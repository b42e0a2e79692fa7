/** A table of all (unit, version) pairs that were seen, each with the id of its first event. Exact to 64 bits. */
import type { Version } from './compact-verdict.js';

const half = 4_294_967_296;
const stride = 4;

export class SeenVersions {
  /** For each slot: unit + 1 (0: empty), upper and lower half of the version, id. */
  #slots = new Int32Array(4_096 * stride);
  #size = 0;

  /** @returns the id of the first event of this version; null: this is the first one */
  add(unit: number, version: Version, id: number): number | null {
    const high = typeof version === 'number' ? Math.floor(version / half) | 0 : Number(version >> 32n) | 0;
    const low = typeof version === 'number' ? (version - Math.floor(version / half) * half) | 0 : Number(version & 0xffffffffn) | 0; // prettier-ignore
    const slots = this.#slots;
    const at = slotOf(slots, { unit, high, low });
    if (slots[at] !== 0) return slots[at + 3]!;
    slots[at] = unit + 1;
    slots[at + 1] = high;
    slots[at + 2] = low;
    slots[at + 3] = id;
    if (++this.#size * 3 * stride > slots.length * 2) this.#grow();
    return null;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += stride) {
      if (old[from] === 0) continue;
      const at = slotOf(slots, { unit: old[from]! - 1, high: old[from + 1]!, low: old[from + 2]! });
      for (let i = 0; i < stride; i++) slots[at + i] = old[from + i]!;
    }
    this.#slots = slots;
  }
}

interface Place {
  readonly unit: number;
  readonly high: number;
  readonly low: number;
}

/** Where the pair is, or where it belongs. */
function slotOf(slots: Int32Array, { unit, high, low }: Place): number {
  const mask = slots.length / stride - 1;
  let hash = Math.imul(unit, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  let slot = (hash ^ (hash >>> 13)) & mask;
  for (;;) {
    const at = slot * stride;
    const found = slots[at]!;
    if (found === 0) return at;
    if (found === unit + 1 && slots[at + 1] === high && slots[at + 2] === low) return at;
    slot = (slot + 1) & mask;
  }
}
