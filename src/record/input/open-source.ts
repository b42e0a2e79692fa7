/** Opens a source of a record: a file, or standard input. It can be opened again, unless it is a pipe. */
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UsageError } from '../../domain/errors.js';
import { systemErrorCode, systemErrorText } from '../../text/system-errors.js';
import type { ByteSource } from './feed.js';

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
}

const wayOut = 'name a file that has the record, or - for standard input';

export function fileOpener(path: string): SourceOpener {
  return { open: () => openFile(path) };
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
  return {
    name: path,
    format: null,
    totalBytes: stat.isFile() ? stat.size : null,
    readInto: async (buffer, from) => {
      try {
        return (await file.read(buffer, from, buffer.length - from, null)).bytesRead;
      } catch (cause) {
        throw cannotRead(path, cause);
      }
    },
    close: () => file.close(),
  };
}

function cannotRead(path: string, cause: unknown): UsageError {
  if (path === '') return new UsageError('the name of the record is empty', wayOut, { cause });
  if (systemErrorCode(cause) === 'ENOENT') return new UsageError(`there is no file ${path}`, wayOut, { cause });
  return new UsageError(`${path} cannot be read: ${systemErrorText(cause)}`, wayOut, { cause });
}

/** Standard input, which can be opened once more as long as no more was read of it than is kept. */
export function streamOpener(input: Readable, name: string): SourceOpener {
  const kept: Buffer[] = [];
  const iterator = (input as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let keptBytes = 0;
  let isKept = true;
  return {
    open: () => {
      if (!isKept) {
        throw new UsageError(
          `${name} says more than handlings only after ${keptMax / 1_048_576} MiB, and cannot be read again`,
          'write it to a file first, and check the file',
        );
      }
      let replayed = 0;
      let rest: Buffer | null = null;
      const next = async (): Promise<Buffer | null> => {
        if (replayed < kept.length) return kept[replayed++]!;
        const step = await iterator.next();
        if (step.done === true) return null;
        const { value } = step;
        keptBytes += value.length;
        if (keptBytes <= keptMax) {
          kept.push(value);
          replayed++;
        } else {
          isKept = false;
          kept.length = 0;
          replayed = 0;
        }
        return value;
      };
      return Promise.resolve({
        ...{ name, format: null, totalBytes: null },
        readInto: async (buffer: Buffer, from: number) => {
          rest ??= await next();
          if (rest === null) return 0;
          const copied = rest.copy(buffer, from);
          rest = copied < rest.length ? rest.subarray(copied) : null;
          return copied;
        },
        close: () => Promise.resolve(),
      });
    },
  };
}

const keptMax = 16 * 1_048_576;
