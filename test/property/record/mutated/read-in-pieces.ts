/**
 * Hands bytes to a reader in pieces of any size, as a source does, and keeps what the reader makes of each line. Behind
 * what is there lies something that no reader may look at, and what was read is overwritten.
 */
import { fieldIndex, type RecordField } from '../../../../src/domain/record/record-fields.js';
import type { Fields } from '../../../../src/record/fields.js';
import type { LineSink, RecordReader } from '../../../../src/record/reader.js';

/** What was made of a line. Texts have a character for each byte. */
export interface Taken {
  readonly kind: 'line' | 'bad' | 'other';
  readonly number: number;
  readonly aggregate?: string;
  readonly version?: string;
  readonly topic?: string;
}

export class Recorder implements LineSink {
  readonly taken: Taken[] = [];

  line(fields: Fields, number: number): void {
    const taken = { aggregate: textOf(fields, 'aggregate'), version: textOf(fields, 'version') };
    const topic = textOf(fields, 'topic');
    this.taken.push({ kind: 'line', number, ...taken, ...(topic !== undefined && { topic }) } as Taken);
  }

  bad(number: number): void {
    this.taken.push({ kind: 'bad', number });
  }

  other(number: number): void {
    this.taken.push({ kind: 'other', number });
  }

  flush(): void {}
}

function textOf(fields: Fields, field: RecordField): string | undefined {
  const index = fieldIndex[field];
  if (!fields.has(index)) return undefined;
  return Buffer.from(fields.bytes[index]!.subarray(fields.from[index], fields.to[index])).toString('latin1');
}

/** It would be taken for a line, or end a quote. */
const behind = Buffer.from('"}\n{"aggregate":"behind","version":1}\n","\n');

/** @param pieceBytes how many bytes come next; at least 1 */
export function readInPieces(content: Buffer, reader: RecordReader, pieceBytes: () => number): void {
  const buffer = Buffer.alloc(content.length + behind.length);
  let held = 0;
  for (let at = 0; ;) {
    const more = content.copy(buffer, held, at, Math.min(content.length, at + pieceBytes()));
    at += more;
    const length = held + more;
    behind.copy(buffer, length);
    const read = reader.read(buffer, 0, length, more === 0);
    if (read < 0 || read > length) throw new Error(`the reader has read up to ${read} of ${length} bytes`);
    if (more === 0) return;
    held = length - read;
    buffer.copyWithin(0, read, length);
    buffer.fill(0x22, held);
  }
}
