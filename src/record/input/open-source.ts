/** Opens a file as the source of a record. It can be opened again, unless it is a pipe. */
import type { Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { UsageError } from '../../domain/errors.js';
import { systemErrorCode, systemErrorText } from '../../text/system-errors.js';
import type { ByteSource } from './byte-source.js';
import { wakeReaderOf } from './live/named-pipe.js';

export interface OpenedSource extends ByteSource {
  /** As messages and reports call it. */
  readonly name: string;
  /** null: it is not known yet. */
  format: string | null;
  /** null: not known. */
  readonly totalBytes: number | null;
  close(): Promise<void>;
}

export interface SourceOpener {
  /** @throws {UsageError} if there is no such source, or it cannot be read */
  open(): Promise<OpenedSource>;
  /** Whether it can be opened once more; absent: it can. */
  canReopen?(): boolean;
  /** What is waited for is given up: whatever waits for it in the system is to end. */
  letGo?(): void;
}

const wayOut = 'name a file that has the record, or - for standard input';

export function fileOpener(path: string): SourceOpener {
  return { open: () => openFile(path), letGo: () => wakeReaderOf(path) };
}

async function openFile(path: string): Promise<OpenedSource> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw cannotRead(path, cause);
  }
  const stat = await file.stat();
  if (stat.isDirectory()) {
    await file.close();
    throw new UsageError(`${path} is a folder, not a record`, wayOut);
  }
  return sourceOf(file, path, stat, null);
}

/** @param position where reading begins; null: where the file is read at, which is its beginning at first */
export function sourceOf(file: FileHandle, path: string, stat: Stats, position: number | null): OpenedSource {
  let at = position;
  const source: OpenedSource & { badEnd: string | null } = {
    ...{ name: path, format: null, badEnd: null, isPatient: stat.isFile() },
    totalBytes: stat.isFile() ? stat.size : null,
    readInto: async (buffer, from) => {
      try {
        const { bytesRead } = await file.read(buffer, from, buffer.length - from, at);
        if (at !== null) at += bytesRead;
        if (bytesRead === 0 && (await isShorter(file, source)))
          source.badEnd = 'the file was cut short while it was read';
        return bytesRead;
      } catch (cause) {
        throw cannotRead(path, cause);
      }
    },
    close: () => file.close(),
  };
  return source;
}

/** Lines are lost then, and none of those that are left need tell. */
async function isShorter(file: FileHandle, { totalBytes }: OpenedSource): Promise<boolean> {
  return totalBytes !== null && (await file.stat()).size < totalBytes;
}

/** What to say of a file that cannot be read. */
export function cannotRead(path: string, cause: unknown): UsageError {
  if (path === '') return new UsageError('the name of the record is empty', wayOut, { cause });
  if (systemErrorCode(cause) === 'ENOENT') return new UsageError(`there is no file ${path}`, wayOut, { cause });
  return new UsageError(`${path} cannot be read: ${systemErrorText(cause)}`, wayOut, { cause });
}
