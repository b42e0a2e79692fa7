/**
 * Checks before a run that its report can be written, so that the result of a long run is not lost because the folder
 * cannot be created.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../domain/errors.js';

/** @throws {UsageError} if the folder cannot be created, is no folder, or cannot be written to */
export function checkReportFolder(folder: string): void {
  if (folder === '')
    throw new UsageError('--report-dir is empty; allowed: a folder', 'the default is --report-dir reports');
  const existing = nearestExisting(resolve(folder));
  if (!statSync(existing).isDirectory()) {
    throw new UsageError(
      `--report-dir is ${folder}, but ${existing} is not a folder`,
      'name a folder that is there or can be made',
    );
  }
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new UsageError(
      `--report-dir is ${folder}, but ${existing} cannot be written to`,
      'name another folder, or change its permissions',
      { cause },
    );
  }
}

function nearestExisting(path: string): string {
  try {
    statSync(path);
    return path;
  } catch {
    const parent = dirname(path);
    return parent === path ? path : nearestExisting(parent);
  }
}
