/**
 * Moves versions to where the checker counts them exactly: they become positive numbers within 2^53, by one shift for
 * each aggregate. Those near the first version that was stated, or near 0, have the same shift.
 */
import type { CountedVersions, EventOf } from './counted-versions.js';
import { isCountable, isNear, nearest, type Version } from '../../checker/compact/compact-verdict.js';

/** Room for versions below the first one; 0 and negative ones are above it. */
const room = 2 ** 51;
/** Where the first version of an aggregate with a shift of its own comes to lie: below any that was stated. */
const ownRoom = room - nearest;

export class ShiftedVersions implements CountedVersions {
  readonly #common: bigint;
  readonly #isPlain: boolean;
  /** By aggregate, where it is another than the common one. */
  readonly #shifts = new Map<number, bigint>();
  /** By aggregate: it has been met, and has the common shift. */
  readonly #met: boolean[] = [];

  /** @param firstVersion null: not known */
  constructor(firstVersion: number | null) {
    const origin = firstVersion === null || isNear(firstVersion, 0n) ? 0n : BigInt(firstVersion);
    this.#common = BigInt(room) - origin;
    this.#isPlain = origin === 0n;
  }

  /** A version as the checker counts it, of an aggregate whose shift is the common one. */
  common(version: number): number {
    return Number(BigInt(version) + this.#common);
  }

  /** @returns the version as the checker counts it; null: it is too far away from the aggregate's first one */
  counted(version: Version, { aggregate }: Pick<EventOf, 'aggregate'>): number | null {
    const isPlain = this.#isPlain && typeof version === 'number' && this.#met[aggregate] === true;
    if (isPlain) return isCountable(version) ? version + room : null;
    const shifted = Number(BigInt(version) + this.#shiftOf(aggregate, version));
    return isCountable(shifted - (this.#shifts.has(aggregate) ? ownRoom : room)) ? shifted : null;
  }

  /** The version as it was written. */
  written(aggregate: number, shifted: number): Version {
    const version = BigInt(shifted) - (this.#shifts.get(aggregate) ?? this.#common);
    const plain = Number(version);
    return Number.isSafeInteger(plain) ? plain : version;
  }

  #shiftOf(aggregate: number, version: Version): bigint {
    const known = this.#shifts.get(aggregate);
    if (known !== undefined) return known;
    if (this.#met[aggregate] === true) return this.#common;
    if (isNear(version, BigInt(room) - this.#common)) {
      this.#met[aggregate] = true;
      return this.#common;
    }
    const own = BigInt(ownRoom) - BigInt(version);
    this.#shifts.set(aggregate, own);
    return own;
  }
}
