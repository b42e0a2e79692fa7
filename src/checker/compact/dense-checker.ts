/**
 * Checks handlings whose versions rise by one. It keeps the highest version of each unit in an array, and only for
 * units in which something was out of order what is missing or came late, so that ten million aggregates take some
 * 20 bytes each and a line takes some tens of nanoseconds.
 *
 * Where the first version is not known, nothing is claimed of versions before the first one seen: they are no gaps. One
 * that comes later all the same is a regression.
 */
import { MissingVersions } from '../anomalies/missing-versions.js';
import {
  isCountable,
  isNear,
  UnitTrouble,
  rankCompact,
  type CompactFinding,
  type CompactVerdict,
  type Version,
} from './compact-verdict.js';
import type { HandledChecker, Handlings } from './handled-checker.js';

/** What skipped over versions: the earliest handling of a higher one. */
interface Opener {
  readonly version: number;
  readonly line: number;
  /** Its place among the first handlings of its unit, from 1. */
  readonly index: number;
}

class DenseTrouble extends UnitTrouble {
  readonly missing = new MissingVersions<Opener>();
  /** Versions below the first one seen, which came later. */
  readonly below = new Set<number>();
  /** The first handling of all, where it is kept. */
  begun: Opener | null = null;
  skipped = 0;
  /** The last version that was handled, where it was not the highest one. */
  previous = 0;
}

/** A handling, and the highest version of its unit before it. */
interface Step {
  readonly version: number;
  readonly highest: number;
  readonly line: number;
}

const unitsAtFirst = 4_096;

export class DenseChecker implements HandledChecker {
  /** null: not known. */
  readonly #firstVersion: number | null;
  /** From where versions near it are counted. */
  readonly #origin: bigint;
  /** By unit; NaN before its first handling. */
  #highest = new Float64Array(unitsAtFirst).fill(Number.NaN);
  /** By unit: the first version that is claimed to exist. */
  #first = new Float64Array(unitsAtFirst);
  /** By unit: 1 if its last handling was not of its highest version. */
  #isBelow = new Uint8Array(unitsAtFirst);
  readonly #troubles = new Map<number, DenseTrouble>();
  /** Units whose versions are counted from another one than 0, since they are far from it. */
  readonly #bases = new Map<number, bigint>();
  #unitsBelow = 0;
  /** Of no meaning; without it nothing would be fetched. */
  readonly #fetched = new Float64Array(1);
  #handled = 0;
  #units = 0;
  duplicates = 0;
  #descents = 0;
  #skipped = 0;
  #extentMax = 0;
  regressions = 0;

  /** @param firstVersion null: not known */
  constructor(firstVersion: number | null) {
    this.#firstVersion = firstVersion;
    this.#origin = firstVersion === null || isNear(firstVersion, 0n) ? 0n : BigInt(firstVersion);
  }

  get countsFromBases(): boolean {
    return this.#bases.size > 0 || this.#origin !== 0n;
  }

  handleAll(units: Int32Array, { version, line }: Handlings, from: number, count: number): void {
    this.#fetch(units, count);
    for (let i = 0; i < count; i++) {
      const one = units[i]!;
      const next = version[from + i]!;
      // Most are the next version of a unit that is in order; a unit that is new has no highest version to follow.
      if (this.#highest[one]! + 1 === next && this.#isBelow[one] === 0) {
        this.#highest[one] = next;
        this.#handled++;
      } else {
        this.handle(one, next, line[from + i]!);
      }
    }
  }

  /** Brings what the next handlings need into the processor's cache, all at once. */
  #fetch(units: Int32Array, count: number): void {
    const highest = this.#highest;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += highest[units[i]!] ?? 0;
    this.#fetched[0] = sum;
  }

  handle(unit: number, wide: Version, line: number): boolean {
    const isPlain = typeof wide === 'number' && !this.countsFromBases && isNear(wide, 0n);
    const version = isPlain ? wide : this.#counted(unit, wide);
    if (!isCountable(version)) return false;
    if (unit >= this.#highest.length) this.#grow(unit);
    this.#handled++;
    const highest = this.#highest[unit]!;
    if (version === highest + 1) {
      this.#highest[unit] = version;
      if (this.#unitsBelow > 0 && this.#isBelow[unit] !== 0) this.#setBelow(unit, 0);
      return true;
    }
    if (Number.isNaN(highest)) this.#begin(unit, version, line);
    else if (version > highest) this.#ahead(unit, { version, highest, line });
    else this.#below(unit, { version, highest, line });
    return true;
  }

  verdict(): CompactVerdict {
    let openGaps = 0;
    for (const { missing } of this.#troubles.values()) openGaps += missing.size;
    return {
      ...{ handled: this.#handled, units: this.#units, regressions: this.regressions, duplicates: this.duplicates },
      ...{ ties: 0, gaps: this.#skipped, openGaps, descents: this.#descents },
      naive: this.regressions + this.duplicates,
      extentMax: this.regressions === 0 ? null : this.#extentMax,
      ...rankCompact(this.#findings()),
    };
  }

  /** The version, counted from the unit's base. */
  #counted(unit: number, wide: Version): number {
    const base = this.#bases.get(unit);
    if (base !== undefined) return Number(BigInt(wide) - base);
    const isNew = unit >= this.#highest.length || Number.isNaN(this.#highest[unit]!);
    if (!isNew || (this.#origin === 0n && isNear(wide, 0n))) return Number(wide);
    const made = isNear(wide, this.#origin) ? this.#origin : BigInt(wide);
    this.#bases.set(unit, made);
    return Number(BigInt(wide) - made);
  }

  /** The version that a unit should begin with; null: not known, or too far away from what it has. */
  #expected(unit: number): number | null {
    const first = this.#firstVersion;
    const base = this.#bases.get(unit);
    if (first === null || base === undefined) return first;
    return isNear(first, base) ? Number(BigInt(first) - base) : null;
  }

  #written(unit: number, version: number): Version {
    const base = this.#bases.get(unit);
    return base === undefined ? version : base + BigInt(version);
  }

  #begin(unit: number, version: number, line: number): void {
    this.#units++;
    const expected = this.#expected(unit);
    this.#highest[unit] = version;
    this.#first[unit] = expected === null || expected > version ? version : expected;
    if (expected === null || version <= expected) return;
    const begun = { version, line, index: 1 };
    this.#skip(unit, expected, begun);
    this.#troubleOf(unit).begun = begun;
  }

  #ahead(unit: number, { version, highest, line }: Step): void {
    const index = this.#arrived(unit, this.#troubleOf(unit), highest) + 1;
    this.#skip(unit, highest + 1, { version, line, index });
    this.#highest[unit] = version;
    this.#setBelow(unit, 0);
  }

  #skip(unit: number, from: number, opener: Opener): void {
    const trouble = this.#troubleOf(unit);
    trouble.missing.append(from, opener.version - 1, opener);
    trouble.skipped += opener.version - from;
    this.#skipped += opener.version - from;
  }

  #below(unit: number, { version, highest, line }: Step): void {
    const trouble = this.#troubleOf(unit);
    if (version < (this.#isBelow[unit] === 0 ? highest : trouble.previous)) this.#descents++;
    trouble.previous = version;
    this.#setBelow(unit, version < highest ? 1 : 0);
    const opener = this.#arrive(unit, trouble, version);
    if (opener === null) {
      trouble.duplicates++;
      this.duplicates++;
      return;
    }
    this.regressions++;
    this.#extentMax = Math.max(this.#extentMax, this.#arrived(unit, trouble, highest) - opener.index);
    trouble.late({
      version: this.#written(unit, version),
      after: this.#written(unit, opener.version),
      ...{ line, afterLine: opener.line === 0 ? null : opener.line },
    });
  }

  #setBelow(unit: number, below: 0 | 1): void {
    this.#unitsBelow += below - this.#isBelow[unit]!;
    this.#isBelow[unit] = below;
  }

  /** Takes in a version that is not higher than all before. @returns what came before it; null: the version itself */
  #arrive(unit: number, trouble: DenseTrouble, version: number): Opener | null {
    const first = this.#first[unit]!;
    if (version >= first) return trouble.missing.take(version) ?? null;
    if (trouble.below.has(version)) return null;
    trouble.below.add(version);
    // Nothing is kept of first handlings but their version.
    return trouble.begun ?? { version: first, line: 0, index: 1 };
  }

  /** Versions of a unit that have been handled at least once. */
  #arrived(unit: number, { missing, below }: DenseTrouble, highest: number): number {
    return highest - this.#first[unit]! + 1 - missing.size + below.size;
  }

  #troubleOf(unit: number): DenseTrouble {
    const known = this.#troubles.get(unit);
    if (known !== undefined) return known;
    const made = new DenseTrouble();
    this.#troubles.set(unit, made);
    return made;
  }

  *#findings(): Generator<CompactFinding> {
    for (const [unit, { regressions, duplicates, skipped, examples }] of this.#troubles) {
      yield { unit, regressions, duplicates, gaps: skipped, examples };
    }
  }

  #grow(unit: number): void {
    const length = Math.max(unit + 1, Math.ceil(this.#highest.length * 1.5));
    const highest = new Float64Array(length).fill(Number.NaN, this.#highest.length);
    highest.set(this.#highest);
    const first = new Float64Array(length);
    first.set(this.#first);
    const isBelow = new Uint8Array(length);
    isBelow.set(this.#isBelow);
    this.#highest = highest;
    this.#first = first;
    this.#isBelow = isBelow;
  }
}
