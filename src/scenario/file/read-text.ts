/**
 * Reads the text of a scenario file. A scenario is a small text, so anything large or binary is refused, and the error
 * for a missing file suggests the nearest name among the files that are there.
 */
import { closeSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '../../domain/errors.js';
import { limits } from '../limits.js';
import { nearest } from '../nearest.js';

/**
 * @param folders where scenarios are usually found; their names are suggested for a missing file
 * @throws {UsageError} if the file is missing, unreadable, too large or not text
 */
export function readScenarioText(path: string, folders: readonly string[]): string {
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
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    return new UsageError(`${path} cannot be read (${code})`, 'check its permissions', { cause });
  }
  const there = folders.flatMap(scenariosIn);
  const wanted = basename(path).replace(/\.ya?ml$/, '');
  const near = nearest(
    wanted,
    there.map((file) => basename(file).replace(/\.ya?ml$/, '')),
  );
  const meant = near === null ? undefined : there.find((file) => basename(file).replace(/\.ya?ml$/, '') === near);
  const wayOut = meant === undefined ? listing(folders) : `did you mean ${meant}?`;
  return new UsageError(`there is no scenario file ${path}`, wayOut ?? 'write one as docs/SCENARIOS.md shows', {
    cause,
  });
}

function listing(folders: readonly string[]): string | undefined {
  const there = folders.flatMap(scenariosIn);
  return there.length === 0 ? undefined : `there are ${there.slice(0, 20).join(', ')}`;
}

function scenariosIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
      .map((file) => join(folder, file));
  } catch {
    return [];
  }
}

function decoded(bytes: Buffer, path: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8: refused below like any other binary file.
  }
  throw new UsageError(`${path} is a binary file, not YAML text`, 'name a scenario file in UTF-8');
}
