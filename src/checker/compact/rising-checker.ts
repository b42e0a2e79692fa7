/**
 * Checks handlings whose versions rise by any step, such as time stamps or sequences that several aggregates share.
 * There are no gaps. Whether a version that is not the highest was handled before is known from a table of all versions
 * seen, 16 bytes each at two thirds full, since nothing else tells a late one from one that came again.
 */
import { UnitTrouble, rankCompact, type CompactFinding, type CompactVerdict, type Version } from './compact-verdict.js';
import type { HandledChecker, Handlings } from './handled-checker.js';
import { SeenVersions } from './seen-versions.js';

class RisingTrouble extends UnitTrouble {
  /** The last version that was handled, where it was not the highest one. */
  previous: Version = 0;
  isBelow = false;
}

export class RisingChecker implements HandledChecker {
  /** By unit; undefined before its first handling. */
  readonly #highest: (Version | undefined)[] = [];
  readonly #seen = new SeenVersions();
  /** Events of a version that had another id than its first one. */
  readonly #tied = new Set<string>();
  readonly #troubles = new Map<number, RisingTrouble>();
  #handled = 0;
  #units = 0;
  duplicates = 0;
  #ties = 0;
  #descents = 0;
  regressions = 0;

  readonly countsFromBases = false;

  handle(unit: number, version: Version, line: number, id: number): true {
    this.#handled++;
    const firstId = this.#seen.add(unit, version, id);
    const highest = this.#reach(unit);
    if (highest === undefined || version > highest) {
      if (highest === undefined) this.#units++;
      this.#highest[unit] = version;
      const trouble = this.#troubles.get(unit);
      if (trouble !== undefined) trouble.isBelow = false;
      return true;
    }
    this.#below(
      { unit, version, highest, line },
      firstId === null ? 'new' : this.#isAnother(firstId, unit, version, id),
    );
    return true;
  }

  #isAnother(firstId: number, unit: number, version: Version, id: number): 'same' | 'tie' {
    if (firstId === id) return 'same';
    const tie = `${unit} ${version} ${id}`;
    if (this.#tied.has(tie)) return 'same';
    this.#tied.add(tie);
    return 'tie';
  }

  handleAll(units: Int32Array, { version, line, id }: Handlings, from: number, count: number): void {
    for (let i = 0; i < count; i++) this.handle(units[i]!, version[from + i]!, line[from + i]!, id[from + i]!);
  }

  verdict(): CompactVerdict {
    return {
      ...{ handled: this.#handled, units: this.#units, regressions: this.regressions, duplicates: this.duplicates },
      ...{ ties: this.#ties, gaps: null, openGaps: null, descents: this.#descents },
      naive: this.regressions + this.duplicates + this.#ties,
      extentMax: null,
      ...rankCompact(this.#findings()),
    };
  }

  #reach(unit: number): Version | undefined {
    while (this.#highest.length <= unit) this.#highest.push(undefined);
    return this.#highest[unit];
  }

  #below({ unit, version, highest, line }: Step, seen: 'new' | 'same' | 'tie'): void {
    const trouble = this.#troubleOf(unit);
    if (version < (trouble.isBelow ? trouble.previous : highest)) this.#descents++;
    trouble.previous = version;
    trouble.isBelow = version < highest;
    if (seen === 'tie') {
      this.#ties++;
    } else if (seen === 'same') {
      trouble.duplicates++;
      this.duplicates++;
    } else {
      this.regressions++;
      trouble.late({ version, after: highest, line, afterLine: null });
    }
  }

  #troubleOf(unit: number): RisingTrouble {
    const known = this.#troubles.get(unit);
    if (known !== undefined) return known;
    const made = new RisingTrouble();
    this.#troubles.set(unit, made);
    return made;
  }

  *#findings(): Generator<CompactFinding> {
    for (const [unit, { regressions, duplicates, examples }] of this.#troubles) {
      yield { unit, regressions, duplicates, gaps: 0, examples };
    }
  }
}

interface Step {
  readonly unit: number;
  readonly version: Version;
  readonly highest: Version;
  readonly line: number;
}
