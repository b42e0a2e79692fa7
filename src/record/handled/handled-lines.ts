/**
 * Hands lines that are handlings to their checker: finds the unit of each and reads its version. Lines are gathered and
 * looked up many at a time, since the processor can wait for memory on behalf of all of them at once.
 */
import type { HandledChecker, Handlings } from '../../checker/compact/handled-checker.js';
import { isNear } from '../../checker/compact/compact-verdict.js';
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { readInteger } from '../integers.js';
import type { NameTable } from '../names/name-table.js';
import { namesMost, NameWords } from '../names/name-words.js';
import type { Scopes } from '../names/scopes.js';

const { aggregate: aggregateField, version: versionField, id: idField } = fieldIndex;

/** What is wrong with a version that cannot be compared with the others of its aggregate. */
export const farVersion = "its version is too far (2^50) from the aggregate's first one";

export class HandledLines {
  readonly #checker: HandledChecker;
  readonly #units: NameTable;
  readonly #scopes: Scopes;
  /** Lines that wait, by place: the name of each, and what else is known of it. */
  readonly #names = new NameWords();
  readonly #handlings: Handlings = {
    unit: new Int32Array(namesMost),
    version: new Float64Array(namesMost),
    line: new Float64Array(namesMost),
    id: new Int32Array(namesMost),
  };
  readonly #id = new NameWords();

  constructor(checker: HandledChecker, units: NameTable, scopes: Scopes) {
    this.#checker = checker;
    this.#units = units;
    this.#scopes = scopes;
  }

  /** Takes a line. @returns what is wrong with it; null: nothing */
  take(fields: Fields, line: number): string | null {
    const { bytes, from, to } = fields;
    const version = readInteger(bytes[versionField]!, from[versionField]!, to[versionField]!);
    if (version === null) return 'its version is no integer of up to 64 bits';
    const scope = this.#scopes.of(fields);
    const id = fields.has(idField) ? this.#idOf(fields) : 0;
    if (!isNear(version, 0n) || this.#checker.countsFromBases) {
      this.flush();
      const unit = this.#units.number(bytes[aggregateField]!, from[aggregateField]!, to[aggregateField]!, scope);
      return this.#checker.handle(unit, version, line, id) ? null : farVersion;
    }
    const names = this.#names;
    const handlings = this.#handlings;
    const place = names.count;
    names.add(bytes[aggregateField]!, from[aggregateField]!, to[aggregateField]!, scope);
    handlings.version[place] = typeof version === 'number' ? version : Number(version);
    handlings.line[place] = line;
    handlings.id[place] = id;
    if (names.count === namesMost) this.flush();
    return null;
  }

  /** The id as a number, never 0. */
  #idOf({ bytes, from, to }: Fields): number {
    const id = this.#id;
    id.clear();
    id.add(bytes[idField]!, from[idField]!, to[idField]!, 0);
    return id.hashes[0]! || 1;
  }

  /** Handles all lines that wait. */
  flush(): void {
    const names = this.#names;
    this.#units.numbers(names, this.#handlings.unit);
    this.#checker.handleAll(this.#handlings, names.count);
    names.clear();
  }
}
