/** Tells a trace of this tool from anything else by the beginning of its first line. */
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Enough for the first keys of a header. */
const peekedBytes = 4_096;
/** The beginning of a header, with a mark of UTF-8 and some space; no line of a record is shorter. */
const headerBytes = 24;
const header = /^\uFEFF?\s*\{\s*"kind"\s*:\s*"header"/;

/** False also for a file that cannot be read: whoever reads it will say why. */
export async function isTraceFile(path: string): Promise<boolean> {
  // A pipe has only one reader: whoever writes to it would be cut off when it is closed here.
  const known = await stat(path).catch(() => null);
  if (known?.isFile() !== true) return false;
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(peekedBytes), 0, peekedBytes, 0);
    return header.test(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/** Puts back what it reads. */
export async function isTraceStream(input: Readable): Promise<boolean> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // What is shorter may have ended, and nothing can be put back into a stream that has.
  while (bytes < headerBytes && !chunks.some((chunk) => chunk.includes('\n'))) {
    const chunk = await nextChunk(input);
    if (chunk === null) break;
    chunks.push(chunk);
    bytes += chunk.length;
  }
  const peeked = Buffer.concat(chunks);
  if (peeked.length > 0) input.unshift(peeked);
  return header.test(peeked.toString('utf8', 0, peekedBytes));
}

/** null at the end. */
async function nextChunk(input: Readable): Promise<Buffer | null> {
  for (;;) {
    const chunk = input.read() as Buffer | null;
    if (chunk !== null || input.readableEnded) return chunk;
    const goesOn = await new Promise<boolean>((resolve, reject) => {
      const settle = (value: boolean) => (): void => {
        input.off('readable', onReadable).off('end', onEnd).off('error', reject);
        resolve(value);
      };
      const onReadable = settle(true);
      const onEnd = settle(false);
      input.once('readable', onReadable).once('end', onEnd).once('error', reject);
    });
    if (!goesOn) return null;
  }
}
