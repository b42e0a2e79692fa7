/**
 * Hands the bytes of a source to its reader, block by block. No more is in memory than a block and the line that
 * crosses its end.
 */
import type { LineSink, RecordReader } from '../reader.js';
import { blockBytes, Blocks } from './blocks.js';
import type { ByteSource } from './byte-source.js';

/** A line that is longer than this is dropped, and counted as bad. */
export const longestLineBytes = 128 * blockBytes;

const lineFeed = 0x0a;

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
  const blocks = new Blocks(source);
  let total = 0;
  for (;;) {
    const { buffer, from, to, more } = await blocks.next();
    total += more;
    if (more === 0 && source.goesOn === true) return;
    if (more === 0) {
      const isCut = (source.badEnd ?? null) !== null;
      reader.read(buffer, from, isCut ? lineEnd(buffer, from, to) : to, true);
      sink.flush();
      return;
    }
    const read = reader.read(buffer, from, to, false);
    sink.flush();
    const isTooLong = to - read >= longestLineBytes;
    if (isTooLong) reader.dropLine(buffer, read, to);
    blocks.keep(isTooLong ? to : read);
    yield total;
  }
}

/** Behind the last line that ends. */
function lineEnd(buffer: Buffer, from: number, to: number): number {
  // From -1 on, lastIndexOf would search what is behind the end.
  return to === from ? to : Math.max(from, buffer.lastIndexOf(lineFeed, to - 1) + 1);
}
