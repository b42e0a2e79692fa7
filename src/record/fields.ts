/**
 * The fields of one line as pieces of bytes, in place of strings: a log of five million lines would make ten million
 * strings otherwise. One object serves all lines of a reader.
 */
import { recordFields, type RecordField } from '../domain/record/record-fields.js';

/** A piece of a buffer; `from` is -1 where the line does not have the field. */
export class Fields {
  readonly bytes: Uint8Array[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly #decoder = new TextDecoder();

  constructor() {
    const nothing = new Uint8Array(0);
    this.bytes = recordFields.map(() => nothing);
    this.from = new Int32Array(recordFields.length).fill(-1);
    this.to = new Int32Array(recordFields.length);
  }

  clear(): void {
    this.from.fill(-1);
  }

  set(field: number, bytes: Uint8Array, from: number, to: number): void {
    this.bytes[field] = bytes;
    this.from[field] = from;
    this.to[field] = to;
  }

  /** For readers that have strings. */
  setText(field: number, text: string): void {
    const bytes = encoder.encode(text);
    this.set(field, bytes, 0, bytes.length);
  }

  has(field: number): boolean {
    return this.from[field]! >= 0;
  }

  /** The text of a field; null if the line does not have it. */
  text(field: number): string | null {
    const from = this.from[field]!;
    return from < 0 ? null : this.#decoder.decode(this.bytes[field]!.subarray(from, this.to[field]));
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

const encoder = new TextEncoder();
