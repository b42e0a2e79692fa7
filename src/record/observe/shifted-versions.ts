/**
 * Moves the versions of a record to where the checker counts them exactly: they become positive numbers within 2^53,
 * by one shift for the whole record, which the first version chooses.
 */
import type { Version } from '../../checker/compact/compact-verdict.js';

/** Room for versions below the first one; 0 and negative ones are above it. */
const room = 2 ** 51;

export class ShiftedVersions {
  #shift: bigint | null = null;

  /** @returns the version as the checker counts it; null: it is too far away from the first one */
  shifted(version: Version): number | null {
    this.#shift ??= isNear(version) ? BigInt(room) : BigInt(room) - BigInt(version);
    const shifted =
      this.#shift === BigInt(room) && typeof version === 'number'
        ? version + room
        : Number(BigInt(version) + this.#shift);
    return Number.isSafeInteger(shifted) && shifted > 0 ? shifted : null;
  }

  /** The version as it was written. */
  written(shifted: number): Version {
    const version = BigInt(shifted) - (this.#shift ?? 0n);
    const plain = Number(version);
    return Number.isSafeInteger(plain) ? plain : version;
  }
}

function isNear(version: Version): boolean {
  return typeof version === 'number' && Math.abs(version) < room / 2;
}
