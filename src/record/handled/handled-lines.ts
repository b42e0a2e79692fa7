/** Hands lines that are handlings to their checker: finds the unit of each and reads its version. */
import type { HandledChecker } from '../../checker/compact/handled-checker.js';
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { readInteger } from '../integers.js';
import type { NameTable } from '../names/name-table.js';
import type { Scopes } from '../names/scopes.js';

const { aggregate: aggregateField, version: versionField, id: idField } = fieldIndex;

export class HandledLines {
  readonly #checker: HandledChecker;
  readonly #units: NameTable;
  readonly #scopes: Scopes;

  constructor(checker: HandledChecker, units: NameTable, scopes: Scopes) {
    this.#checker = checker;
    this.#units = units;
    this.#scopes = scopes;
  }

  /** @returns what is wrong with the line; null: nothing */
  take(fields: Fields, line: number): string | null {
    const { bytes, from, to } = fields;
    const version = readInteger(bytes[versionField]!, from[versionField]!, to[versionField]!);
    if (version === null) return 'its version is no integer of up to 64 bits';
    const scope = this.#scopes.of(fields);
    const unit = this.#units.number(bytes[aggregateField]!, from[aggregateField]!, to[aggregateField]!, scope);
    const id = from[idField]! < 0 ? 0 : hashOf(bytes[idField]!, from[idField]!, to[idField]!);
    return this.#checker.handle(unit, version, line, id) ? null : 'its version is more than 2^53 away from the others';
  }
}

/** Never 0, which stands for no id. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash === 0 ? 1 : hash;
}
