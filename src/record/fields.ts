/**
 * The fields of one line as pieces of bytes, in place of strings: a log of five million lines would make ten million
 * strings otherwise. One object serves all lines of a reader.
 */
import { fieldIndex, recordFields, type RecordField } from '../domain/record/record-fields.js';
import { exactBytes } from './exact-bytes.js';

/** Each field is a piece of a buffer, of no meaning where the line does not have the field. */
export class Fields {
  readonly bytes: Uint8Array[];
  /** Which fields the line has, a bit for each. */
  mask = 0;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly #decoder = new TextDecoder();
  readonly #constants: readonly (readonly [number, Uint8Array])[];

  /** @param constants fields that are the same in every line */
  constructor(constants: ReadonlyMap<RecordField, string> = new Map()) {
    const nothing = new Uint8Array(0);
    this.bytes = recordFields.map(() => nothing);
    this.from = new Int32Array(recordFields.length);
    this.to = new Int32Array(recordFields.length);
    this.#constants = [...constants].map(([field, text]) => [fieldIndex[field], exactBytes(text)]);
  }

  /** Nothing is left but the constants. */
  clear(): void {
    this.mask = 0;
    for (const [field, bytes] of this.#constants) this.set(field, bytes, 0, bytes.length);
  }

  isConstant(field: number): boolean {
    return this.#constants.some(([constant]) => constant === field);
  }

  /** The line does not have these fields after all. @param mask a bit for each */
  drop(mask: number): void {
    this.mask &= ~mask;
  }

  set(field: number, bytes: Uint8Array, from: number, to: number): void {
    this.mask |= 1 << field;
    this.bytes[field] = bytes;
    this.from[field] = from;
    this.to[field] = to;
  }

  /** For readers that have strings. */
  setText(field: number, text: string): void {
    const bytes = exactBytes(text);
    this.set(field, bytes, 0, bytes.length);
  }

  has(field: number): boolean {
    return (this.mask & (1 << field)) !== 0;
  }

  /** The text of a field; null if the line does not have it. */
  text(field: number): string | null {
    if (!this.has(field)) return null;
    return this.#decoder.decode(this.bytes[field]!.subarray(this.from[field], this.to[field]));
  }

  /** The texts of all fields that the line has. */
  texts(): Partial<Record<RecordField, string>> {
    const texts: Partial<Record<RecordField, string>> = {};
    for (const [index, name] of recordFields.entries()) {
      const text = this.text(index);
      if (text !== null) texts[name] = text;
    }
    return texts;
  }
}
