/**
 * Packs: what one thread has read of a source and another takes. The handlings of a pack lie in columns in memory that
 * both threads see, of which there are a few, used in turns. What is more than a plain handling stands beside them, by
 * the number of handlings before it.
 */
import type { HandlingColumns } from '../handled/handling-columns.js';
import type { LineProblem } from '../reader.js';

/** Handlings that a pack has at most, and words of their names. */
export const packLines = 4_096;
const packWords = 16 * packLines;
/** Packs that are filled before the first of them is taken. */
export const packsMost = 8;

const columnBytes = 4 * packLines;
const packBytes = 8 * columnBytes + 4 * packWords;

/** A field of a line, as the bytes that it has. */
export type FieldBytes = readonly [field: number, bytes: Uint8Array];

/** What stands beside the handlings. */
export type Aside =
  | { readonly kind: 'line'; readonly number: number; readonly fields: readonly FieldBytes[] }
  | { readonly kind: 'other'; readonly number: number; readonly text: string }
  | {
      readonly kind: 'bad';
      readonly number: number;
      readonly problem: LineProblem;
      readonly text: string;
      readonly lacks: 'aggregate' | 'version' | null;
    };

/** What is said of a pack beside its columns. */
export interface PackNote {
  /** Which of the packs it is in. */
  readonly slot: number;
  readonly handlings: number;
  /** How many handlings have which fields, a bit for each. */
  readonly masks: readonly (readonly [mask: number, handlings: number])[];
  /** Scopes that were met for the first time: of each its topic and source, null where the line does not say. */
  readonly scopes: readonly { readonly topic: Uint8Array | null; readonly source: Uint8Array | null }[];
  /** Each with the number of handlings before it. */
  readonly asides: readonly (readonly [after: number, aside: Aside])[];
  /** Lines of something else beside those of {@link asides}. */
  readonly moreOthers: number;
  /** Lines so far, counted as those of the handlings are. */
  readonly lines: number;
}

/** Memory for all packs, and for what both threads count. */
export interface PackMemory {
  readonly packs: SharedArrayBuffer;
  /** Packs that were taken, packs that were sent, and segments of the file that one of both has claimed. */
  readonly counts: SharedArrayBuffer;
}

/** Where each count stands. */
export const takenAt = 0;
export const sentAt = 1;
export const claimedAt = 2;

export function packMemory(): PackMemory {
  return { packs: new SharedArrayBuffer(packsMost * packBytes), counts: new SharedArrayBuffer(12) };
}

/** The columns of a pack. */
export function columnsOf({ packs }: Pick<PackMemory, 'packs'>, slot: number): HandlingColumns {
  let at = slot * packBytes;
  const take = (bytes: number): number => {
    at += bytes;
    return at - bytes;
  };
  const integers = (length: number): Int32Array => new Int32Array(packs, take(4 * length), length);
  const doubles = (): Float64Array => new Float64Array(packs, take(8 * packLines), packLines);
  return {
    version: doubles(),
    line: doubles(),
    id: integers(packLines),
    names: {
      ...{ scopes: integers(packLines), lengths: integers(packLines), begins: integers(packLines) },
      words: integers(packWords),
    },
  };
}
