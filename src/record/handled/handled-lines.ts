/**
 * Hands lines that are handlings to their checker: finds the unit of each and reads its version. Lines are gathered and
 * looked up many at a time, since the processor can wait for memory on behalf of all of them at once.
 */
import type { HandledChecker } from '../../checker/compact/handled-checker.js';
import { isNear } from '../../checker/compact/compact-verdict.js';
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { readInteger } from '../integers.js';
import { fetchedMost, hashOf, type NameTable } from '../names/name-table.js';
import type { Scopes } from '../names/scopes.js';

const { aggregate: aggregateField, version: versionField, id: idField } = fieldIndex;

/** What is wrong with a version that cannot be compared with the others of its aggregate. */
export const farVersion = "its version is too far (2^50) from the aggregate's first one";

export class HandledLines {
  readonly #checker: HandledChecker;
  readonly #units: NameTable;
  readonly #scopes: Scopes;
  /** Lines that wait, by place: the name of each as a piece of bytes, and what else is known of it. */
  readonly #bytes: Uint8Array[] = [];
  readonly #from = new Int32Array(fetchedMost);
  readonly #to = new Int32Array(fetchedMost);
  readonly #scope = new Int32Array(fetchedMost);
  readonly #hash = new Int32Array(fetchedMost);
  readonly #version = new Float64Array(fetchedMost);
  readonly #line = new Float64Array(fetchedMost);
  readonly #id = new Int32Array(fetchedMost);
  readonly #unit = new Int32Array(fetchedMost);
  #waiting = 0;

  constructor(checker: HandledChecker, units: NameTable, scopes: Scopes) {
    this.#checker = checker;
    this.#units = units;
    this.#scopes = scopes;
  }

  /**
   * Takes a line; its bytes must stay as they are until {@link flush}.
   * @returns what is wrong with the line; null: nothing
   */
  take(fields: Fields, line: number): string | null {
    const { bytes, from, to } = fields;
    const version = readInteger(bytes[versionField]!, from[versionField]!, to[versionField]!);
    if (version === null) return 'its version is no integer of up to 64 bits';
    const name = bytes[aggregateField]!;
    const nameFrom = from[aggregateField]!;
    const nameTo = to[aggregateField]!;
    const scope = this.#scopes.of(fields);
    const id = fields.has(idField) ? hashOf(bytes[idField]!, from[idField]!, to[idField]!, 0) || 1 : 0;
    const hash = hashOf(name, nameFrom, nameTo, scope);
    if (!isNear(version, 0n) || this.#checker.countsFromBases) {
      this.flush();
      const unit = this.#units.numberOf(hash, name, nameFrom, nameTo, scope);
      return this.#checker.handle(unit, version, line, id) ? null : farVersion;
    }
    const place = this.#waiting++;
    this.#bytes[place] = name;
    this.#from[place] = nameFrom;
    this.#to[place] = nameTo;
    this.#scope[place] = scope;
    this.#hash[place] = hash;
    this.#version[place] = Number(version);
    this.#line[place] = line;
    this.#id[place] = id;
    if (this.#waiting === fetchedMost) this.flush();
    return null;
  }

  /** Handles all lines that wait. */
  flush(): void {
    const count = this.#waiting;
    const unit = this.#unit;
    this.#waiting = 0;
    this.#units.fetch(this.#hash, count);
    for (let i = 0; i < count; i++) {
      unit[i] = this.#units.numberOf(this.#hash[i]!, this.#bytes[i]!, this.#from[i]!, this.#to[i]!, this.#scope[i]!);
    }
    this.#checker.fetch(unit, count);
    for (let i = 0; i < count; i++) this.#checker.handle(unit[i]!, this.#version[i]!, this.#line[i]!, this.#id[i]!);
  }
}
