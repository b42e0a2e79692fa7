/**
 * Opens what can be read only once. The first pieces are kept, so that it can be opened once more as long as no more was
 * read of it than that.
 */
import { UsageError } from '../../domain/errors.js';
import type { OpenedSource, SourceOpener } from './open-source.js';

const keptMax = 16 * 1_048_576;

export interface PieceSource {
  /** As messages and reports call it. */
  readonly name: string;
  /** The next piece; null at the end. */
  next(): Promise<Uint8Array | null>;
  /** Whether it goes on behind its end, so that a last line that does not end is not whole. */
  readonly goesOn: boolean;
}

/** Without `begin`, the source is there already. @param begin called when it is opened for the first time */
export function keptOpener(source: PieceSource, begin: () => Promise<void> = () => Promise.resolve()): SourceOpener {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let isBegun = false;
  const keep = (piece: Uint8Array): void => {
    keptBytes += piece.length;
    if (keptBytes <= keptMax) kept.push(piece);
    else kept.length = 0;
  };
  return {
    canReopen: () => keptBytes <= keptMax,
    open: async () => {
      if (keptBytes > keptMax) throw cannotGoBack(source.name);
      if (!isBegun) await begin();
      isBegun = true;
      let replayed = 0;
      const next = async (): Promise<Uint8Array | null> => {
        if (replayed < kept.length) return kept[replayed++]!;
        const piece = await source.next();
        if (piece === null) return null;
        keep(piece);
        replayed++;
        return piece;
      };
      return opened(source, next);
    },
  };
}

/** It is not closed, since it may be opened again. */
function opened({ name, goesOn }: PieceSource, next: () => Promise<Uint8Array | null>): OpenedSource {
  let rest: Uint8Array = new Uint8Array(0);
  return {
    ...{ name, goesOn, format: null, totalBytes: null, close: () => Promise.resolve() },
    readInto: async (buffer, from) => {
      if (rest.length === 0) rest = (await next()) ?? rest;
      const copied = Math.min(rest.length, buffer.length - from);
      buffer.set(rest.subarray(0, copied), from);
      rest = rest.subarray(copied);
      return copied;
    },
  };
}

function cannotGoBack(name: string): UsageError {
  return new UsageError(
    `${name} says more than handlings only after ${keptMax / 1_048_576} MiB, and cannot be read again`,
    'say beforehand what it has, such as --events publish,handled; or write it to a file first, and check the file',
  );
}
