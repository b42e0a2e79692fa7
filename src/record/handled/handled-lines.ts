/**
 * Hands lines that are handlings to their checker: finds the unit of each and reads its version. Lines are gathered and
 * looked up many at a time, since the processor can wait for memory on behalf of all of them at once.
 */
import type { HandledChecker } from '../../checker/compact/handled-checker.js';
import { isNear } from '../../checker/compact/compact-verdict.js';
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { readInteger } from '../integers.js';
import type { NameTable } from '../names/name-table.js';
import { namesMost } from '../names/name-words.js';
import type { Scopes } from '../names/scopes.js';
import { HandlingWriter, type HandlingColumns } from './handling-columns.js';

const { aggregate: aggregateField, version: versionField } = fieldIndex;

/** What is wrong with a version that cannot be compared with the others of its aggregate. */
export const farVersion = "its version is too far (2^50) from the aggregate's first one";

export class HandledLines {
  readonly #checker: HandledChecker;
  readonly #units: NameTable;
  readonly #scopes: Scopes;
  /** Lines that wait. */
  readonly #waiting = new HandlingWriter();
  /** The units of handlings that are looked up at once. */
  readonly #found = new Int32Array(namesMost);

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
    const waiting = this.#waiting;
    if (typeof version === 'bigint' || !isNear(version, 0n) || this.#checker.countsFromBases) {
      this.flush();
      const unit = this.#units.number(bytes[aggregateField]!, from[aggregateField]!, to[aggregateField]!, scope);
      return this.#checker.handle(unit, version, line, waiting.idOf(fields)) ? null : farVersion;
    }
    waiting.add(fields, version, line, scope);
    if (waiting.isFull) this.flush();
    return null;
  }

  /** Handles all lines that wait. */
  flush(): void {
    const waiting = this.#waiting;
    this.#handle(waiting, 0, waiting.count);
    waiting.clear();
  }

  /**
   * Takes handlings whose versions are near 0, and of whose aggregates none is counted from elsewhere.
   * @param to behind the place of the last
   */
  takeAll(columns: HandlingColumns, from: number, to: number): void {
    this.flush();
    for (let at = from; at < to; at += namesMost) this.#handle(columns, at, Math.min(namesMost, to - at));
  }

  #handle(columns: HandlingColumns, from: number, count: number): void {
    this.#units.numbers(columns.names, from, count, this.#found);
    this.#checker.handleAll(this.#found, columns, from, count);
  }
}
