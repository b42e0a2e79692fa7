/**
 * Reads the text of a scenario file. A scenario is a small text, so anything large or binary is refused, and the error
 * for a missing file suggests the nearest name among the files that are there.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { UsageError } from '../../domain/errors.js';
import { limits } from '../limits.js';
import { listing, missingFile } from './missing-file.js';

/**
 * @param folders where scenarios are usually found; their names are suggested for a missing file
 * @throws {UsageError} if the file is missing, unreadable, too large or not text
 */
export function readScenarioText(path: string, folders: readonly string[]): string {
  if (path === '') throw new UsageError('the name of a scenario file is empty', listing(folders) ?? 'name a file');
  if (path === '-') {
    throw new UsageError(
      'a scenario is read from a file, not from standard input (-)',
      'write it to a file and name that, so that the run can be repeated',
    );
  }
  const bytes = readBytes(path, folders);
  if (bytes.length > limits.fileBytes) {
    throw new UsageError(
      `${path} is larger than ${String(limits.fileBytes / 1024)} KiB, which no scenario is`,
      'name a scenario file; a recorded trace goes to eventbus-bench check',
    );
  }
  return decoded(bytes, path);
}

function readBytes(path: string, folders: readonly string[]): Buffer {
  try {
    if (statSync(path).isDirectory()) {
      throw new UsageError(`${path} is a folder, not a scenario file`, listing([path]) ?? 'name one file in it');
    }
    return readAtMost(path, limits.fileBytes + 1);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unreadable(path, folders, error);
  }
}

/** Reads pipes as well as files, so that `run <(generate)` works. */
function readAtMost(path: string, bytesMax: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(bytesMax);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytesMax; length += read) {
      read = readSync(file, bytes, length, bytesMax - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function unreadable(path: string, folders: readonly string[], cause: unknown): UsageError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missingFile(path, folders, cause);
    case 'EACCES':
    case 'EPERM':
      return new UsageError(`${path} cannot be read: no permission`, 'change its permissions, or name another file', {
        cause,
      });
    case 'ELOOP':
      return new UsageError(`${path} is a link that leads back to itself`, 'name the file itself', { cause });
    case 'ENAMETOOLONG':
      return new UsageError(`the name of this scenario file is too long: ${path.slice(0, 40)}…`, 'use a shorter one', {
        cause,
      });
    default:
      return new UsageError(`${path} cannot be read (${code})`, 'name a file of text, or copy it elsewhere', { cause });
  }
}

function decoded(bytes: Buffer, path: string): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') throw new UsageError(`${path} is text in UTF-16`, 'save it as UTF-8');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8: refused below like any other binary file.
  }
  throw new UsageError(`${path} is a binary file, not YAML text`, 'name a scenario file in UTF-8');
}
