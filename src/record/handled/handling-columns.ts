/** Handlings that wait to be checked, by place: the name of each, and what else is known of it. */
import type { Handlings } from '../../checker/compact/handled-checker.js';
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { hashOf, namesMost, NameWords, type NameColumns } from '../names/name-words.js';

const { aggregate: aggregateField, id: idField } = fieldIndex;

export interface HandlingColumns extends Handlings {
  readonly names: NameColumns;
}

/** Writes handlings into columns. */
export class HandlingWriter implements HandlingColumns {
  readonly names: NameWords;
  readonly version: Float64Array;
  readonly line: Float64Array;
  readonly id: Int32Array;
  readonly #id = new NameWords();

  /** @param columns with a place for each handling */
  constructor(columns: HandlingColumns = ownColumns()) {
    this.names = new NameWords(columns.names);
    this.version = columns.version;
    this.line = columns.line;
    this.id = columns.id;
  }

  get count(): number {
    return this.names.count;
  }

  get isFull(): boolean {
    return this.names.count === this.version.length;
  }

  /** Adds a line that is a handling, if there is a place. @param version near 0 */
  add(fields: Fields, version: number, line: number, scope: number): void {
    const place = this.names.count;
    const { bytes, from, to } = fields;
    this.names.add(bytes[aggregateField]!, from[aggregateField]!, to[aggregateField]!, scope);
    this.version[place] = version;
    this.line[place] = line;
    this.id[place] = this.idOf(fields);
  }

  /** The id as a number; 0: none. */
  idOf(fields: Fields): number {
    if (!fields.has(idField)) return 0;
    const { bytes, from, to } = fields;
    const id = this.#id;
    id.clear();
    id.add(bytes[idField]!, from[idField]!, to[idField]!, 0);
    return hashOf(id, 0) || 1;
  }

  clear(): void {
    this.names.clear();
  }
}

function ownColumns(): HandlingColumns {
  return {
    names: new NameWords(),
    version: new Float64Array(namesMost),
    line: new Float64Array(namesMost),
    id: new Int32Array(namesMost),
  };
}
