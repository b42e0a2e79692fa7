/**
 * Says that a scenario file is missing, and which one may be meant: the nearest name in the folder that was named, or,
 * if no folder was named or there is none, among the working directory and the folders where scenarios usually are.
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../domain/errors.js';
import { nearest } from '../nearest.js';

/** How many names a message lists. */
const listedMax = 12;

/** @param folders where scenarios usually are */
export function missingFile(path: string, folders: readonly string[], cause: unknown): UsageError {
  const named = dirname(path);
  const isNamed = named !== '.' && isFolder(named);
  const meant = nearestFile(path, isNamed ? [named] : ['.', ...folders]);
  const why = named === '.' || isNamed ? '' : `, as there is no folder ${named}`;
  const wayOut =
    meant === null
      ? (listing([...(isNamed ? [named] : []), ...folders]) ?? 'docs/SCENARIOS.md shows how to write one')
      : `did you mean ${meant}?`;
  return new UsageError(`there is no scenario file ${path}${why}`, wayOut, { cause });
}

/** What scenarios there are in the first of the folders that has any; undefined: none has. */
export function listing(folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    const files = scenariosIn(folder);
    const more = files.length > listedMax ? ` and ${String(files.length - listedMax)} more` : '';
    if (files.length > 0) return `in ${folder} there are ${files.slice(0, listedMax).join(', ')}${more}`;
  }
  return undefined;
}

function nearestFile(path: string, folders: readonly string[]): string | null {
  const there = folders.flatMap((folder) => scenariosIn(folder).map((file) => join(folder, file)));
  const names = there.map((file) => nameOf(file));
  const near = nearest(nameOf(path), names);
  return near === null ? null : there[names.indexOf(near)]!;
}

function nameOf(path: string): string {
  return basename(path).replace(/\.ya?ml$/i, '');
}

function scenariosIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/i.test(file))
      .sort();
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
