/**
 * Opens what a path leads to and that can be read only once: a named pipe, or the end of one that a shell gives a path
 * (`<(command)`, /dev/stdin). Its first pieces are kept, so that it can be opened once more.
 */
import { statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { keptOpener } from './kept-opener.js';
import { wakeReaderOf } from './live/named-pipe.js';
import { cannotRead, type SourceOpener } from './open-source.js';

const pieceBytes = 65_536;

/** Whether a path leads to something that is neither a file nor a folder. False where there is nothing. */
export function isPipe(path: string): boolean {
  try {
    const stat = statSync(path);
    return !stat.isFile() && !stat.isDirectory();
  } catch {
    return false;
  }
}

/** It can be opened once more as long as no more was read of it than is kept. */
export function pipeOpener(path: string): SourceOpener {
  let pipe: FileHandle | null = null;
  const opener = keptOpener(
    {
      name: path,
      next: async () => {
        if (pipe === null) return null;
        const { bytesRead, buffer } = await pipe.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, null);
        if (bytesRead > 0) return buffer.subarray(0, bytesRead);
        await pipe.close();
        pipe = null;
        return null;
      },
      goesOn: false,
    },
    async () => {
      try {
        pipe = await open(path, 'r');
      } catch (cause) {
        throw cannotRead(path, cause);
      }
    },
  );
  return { ...opener, letGo: () => wakeReaderOf(path) };
}
