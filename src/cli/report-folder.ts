/**
 * Checks before a run that its report and its trace can be written, so that no broker is started, and no long run is
 * made, for a result that has no place to go.
 */
import { lstatSync, mkdtempSync, realpathSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../domain/errors.js';
import { systemErrorCode, systemErrorText, writeErrorText } from '../text/system-errors.js';

/** @throws {UsageError} if the folder cannot be created, is no folder, or cannot be written to */
export function checkReportFolder(folder: string): void {
  if (folder === '')
    throw new UsageError('--report-dir is empty; allowed: a folder', 'the default is --report-dir reports');
  const wrong = (what: string, wayOut: string, cause?: unknown): UsageError =>
    new UsageError(`--report-dir is ${shortened(folder)}, but ${what}`, wayOut, { cause });
  const existing = nearestExisting(resolve(folder));
  const problem = folderProblem(existing);
  if (problem !== null) throw wrong(problem, 'name a folder that is there or can be made');
  try {
    rmdirSync(mkdtempSync(join(existing, '.eventbus-bench-')));
  } catch (cause) {
    throw wrong(
      `${existing} cannot be written to: ${writeErrorText(cause)}`,
      systemErrorCode(cause) === 'ENOSPC' ? 'make room, or name another folder' : 'name another folder',
      cause,
    );
  }
  if (isFolder(join(folder, 'latest.json'))) {
    throw wrong(
      `${join(folder, 'latest.json')} is a folder, where a report should go`,
      'remove it, or name another folder',
    );
  }
}

/**
 * @param files the scenario files of the run, which a trace must not replace
 * @throws {UsageError} if the trace cannot be a file there
 */
export function checkTracePath(path: string, files: readonly string[]): void {
  const wayOut = 'name a file in a folder that is there, such as --trace trace.ndjson';
  if (path === '') throw new UsageError('--trace is empty; allowed: a file', wayOut);
  const wrong = (what: string): UsageError => new UsageError(`--trace is ${path}, but ${what}`, wayOut);
  if (isFolder(path)) throw wrong('that is a folder');
  const folder = dirname(path);
  if (!isFolder(folder)) {
    throw wrong(isThere(folder) ? `${folder} is not a folder` : `there is no folder ${folder}`);
  }
  const scenario = files.find((file) => isSameFile(file, path));
  if (scenario !== undefined) throw wrong(`that is the scenario, and the trace would replace it`);
}

/** The path, or the nearest folder above it that is there; a link that leads nowhere counts as there. */
function nearestExisting(path: string): string {
  if (isThere(path)) return path;
  const parent = dirname(path);
  return parent === path ? path : nearestExisting(parent);
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    // What cannot be looked at is there, and found out when it is written to.
    return systemErrorCode(error) !== 'ENOENT' && systemErrorCode(error) !== 'ENOTDIR';
  }
}

/** Why a path that is there is no folder; null: it is one. */
function folderProblem(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? null : `${path} is not a folder`;
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' ? `${path} is a link that leads nowhere` : systemErrorText(error);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function shortened(path: string): string {
  return path.length <= 100 ? path : `${path.slice(0, 40)}…`;
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
