/**
 * Hands the bytes of a source to its reader, block by block. No more is in memory than a block and the line that
 * crosses its end.
 */
import type { LineSink, RecordReader } from '../reader.js';

/** Bytes that are asked for at once. */
export const blockBytes = 1_048_576;
/** A line that is longer than this is dropped, and counted as bad. */
export const longestLineBytes = 128 * blockBytes;

const lineFeed = 0x0a;

/** Where bytes come from. */
export interface ByteSource {
  /** What is wrong with its end, as a clause, once that was read: the beginning of a line there is none of the record. */
  readonly badEnd?: string | null;
  /** It goes on behind its end, so a last line that does not end is not whole, and is left. */
  readonly goesOn?: boolean;
  /**
   * Puts the next bytes into the buffer, from `from` on.
   * @returns how many; 0 at the end
   */
  readInto(buffer: Buffer, from: number): Promise<number>;
}

interface FeedTarget {
  readonly reader: RecordReader;
  readonly sink: Pick<LineSink, 'flush'>;
}

/** @param onBlock called after each block with the bytes read so far */
export async function feed(
  source: ByteSource,
  target: FeedTarget,
  onBlock: (bytes: number) => void | Promise<void>,
): Promise<void> {
  for await (const bytes of feedInBlocks(source, target)) await onBlock(bytes);
}

/** The same block by block, whenever the next is asked for: the bytes read so far. */
export async function* feedInBlocks(source: ByteSource, { reader, sink }: FeedTarget): AsyncGenerator<number, void> {
  let buffer = Buffer.allocUnsafe(2 * blockBytes);
  let held = 0;
  let total = 0;
  for (;;) {
    if (buffer.length - held < blockBytes) buffer = roomier(buffer, held);
    const more = await source.readInto(buffer, held);
    const length = held + more;
    total += more;
    if (more === 0 && source.goesOn === true) return;
    if (more === 0) {
      const isCut = (source.badEnd ?? null) !== null;
      reader.read(buffer, 0, isCut && length > 0 ? buffer.lastIndexOf(lineFeed, length - 1) + 1 : length, true);
      sink.flush();
      return;
    }
    const read = reader.read(buffer, 0, length, false);
    sink.flush();
    held = length - read;
    if (held >= longestLineBytes) {
      reader.dropLine(buffer, read, length);
      held = 0;
    }
    buffer.copyWithin(0, length - held, length);
    yield total;
  }
}

function roomier(buffer: Buffer, held: number): Buffer<ArrayBuffer> {
  const room = Buffer.allocUnsafe(2 * buffer.length);
  buffer.copy(room, 0, 0, held);
  return room;
}
