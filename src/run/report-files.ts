/**
 * Writes reports to `<folder>/<time>-<name>.json` and to `latest.json` beside it. Each file is written under a
 * temporary name and then renamed, so a reader sees all of it or nothing. A name that is taken gets a number, so no
 * report replaces another.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { access, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../domain/errors.js';
import { inSteps } from '../domain/in-steps.js';
import type { RunReport } from '../domain/report/run-report.js';
import { renderJson, renderJsonInSteps } from '../report/contract/json.js';
import { systemErrorCode, systemErrorText } from '../text/system-errors.js';

export interface ReportTarget {
  /** Folder; created if it does not exist. */
  readonly reportDir: string;
  /** Letters, digits, dot, dash and underscore; the first of them a letter or digit. */
  readonly name: string;
  /** When the run began; the report's own `startedAt` if absent. */
  readonly startedAt?: Date | string;
}

export interface WrittenReport {
  readonly path: string;
  readonly latestPath: string;
}

/**
 * @throws {UsageError} if the name would leave the folder, or the folder cannot be made or written to
 */
export async function writeReport(report: RunReport, target: ReportTarget): Promise<WrittenReport> {
  const { reportDir, name } = target;
  const stem = `${timeInName(target.startedAt ?? report.startedAt)}-${checkedName(name)}`;
  const text = await inSteps(renderJsonInSteps(report));
  const latestPath = join(reportDir, 'latest.json');
  try {
    await makeFolder(resolve(reportDir));
    const path = await reserve(reportDir, stem);
    await writeWhole(path, text).catch(async (error: unknown) => {
      await rm(path, { force: true });
      throw error;
    });
    await writeWhole(latestPath, text);
    return { path, latestPath };
  } catch (error) {
    throw explainWriteError(error, reportDir);
  }
}

/**
 * Writes a rendered report to a file, whole or not at all; the folder has to exist. A path that is no plain file
 * (`/dev/stdout`, a pipe) is written to directly.
 * @throws {UsageError} if it cannot be written
 */
export async function writeRendered(text: string, path: string): Promise<void> {
  if (path === '') throw new UsageError('--output is empty; allowed: a file', 'name one, such as --output report.xml');
  try {
    const target = await stat(path).catch(() => null);
    if (target === null) await writeWhole(path, text);
    else if (target.isFile()) await writeWhole(await realpath(path), text);
    else await writeFile(path, text);
  } catch (error) {
    const [what, wayOut] = outputReasonOf(error, path);
    throw new UsageError(`--output ${path} could not be written: ${what}`, wayOut, { cause: error });
  }
}

function outputReasonOf(error: unknown, path: string): [what: string, wayOut: string] {
  const folder = dirname(path);
  switch (systemErrorCode(error)) {
    case 'EISDIR':
      return ['it is a folder', `name a file in it, such as --output ${join(path, 'report.xml')}`];
    case 'ENOTDIR':
      return [`${folder} is not a folder`, 'name a file in a folder'];
    case 'ENOENT':
      if (existsSync(folder)) return [`${folder} takes no new files`, 'name a file in another folder'];
      return [`there is no folder ${folder}`, 'make it first'];
    case 'EACCES':
    case 'EPERM':
      return ['no permission', 'change its permissions, or name another file'];
    case 'ENOSPC':
    case 'EDQUOT':
      return [systemErrorText(error), 'make room, or name a file elsewhere'];
    default:
      return [systemErrorText(error), 'name another file'];
  }
}

/**
 * Creates a folder and its parents. Node's own recursive form never returns where a folder that exists answers as if it
 * were missing (`/proc`).
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return;
    if (systemErrorCode(error) !== 'ENOENT' || (await isThere(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** As {@link makeFolder}. */
function makeFolderAtOnce(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return;
    if (systemErrorCode(error) !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolderAtOnce(dirname(folder));
    mkdirSync(folder);
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** `20261122T150405Z`: no colon, which Windows does not allow in names. */
function timeInName(startedAt: Date | string): string {
  return new Date(startedAt)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}

function checkedName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) return name;
  throw new UsageError(
    `a report cannot be named ${JSON.stringify(name)}`,
    'use up to 100 letters, digits, dots, dashes and underscores, beginning with a letter or digit; reports stay in their folder',
  );
}

/** Reserves the first free name by creating an empty file, so that two runs that begin in one second do not collide. */
async function reserve(folder: string, stem: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const path = nameOf(folder, stem, attempt);
    try {
      await (await open(path, 'wx')).close();
      markUnfinished(path);
      return path;
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Files that are not whole. They are removed if the process is ended while they are written. */
const unfinished = new Set<string>();
let isWatchingExit = false;

function markUnfinished(path: string): void {
  unfinished.add(path);
  if (isWatchingExit) return;
  isWatchingExit = true;
  process.on('exit', () => {
    for (const file of unfinished) rmSync(file, { force: true });
  });
}

let temporaryFiles = 0;

function temporaryFor(path: string): string {
  temporaryFiles += 1;
  const temporary = join(path, '..', `.${basename(path)}.${process.pid}-${temporaryFiles}.tmp`);
  markUnfinished(temporary);
  return temporary;
}

/** Writes under a temporary name, then renames. @throws what the file system throws */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = temporaryFor(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    unfinished.delete(path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
}

/**
 * Writes the report as {@link writeReport} does, waiting for nothing, since the process is about to be ended.
 * @returns where it is
 * @throws {UsageError} whatever {@link writeReport} throws
 */
export function writeReportAtOnce(report: RunReport, { reportDir, name }: Omit<ReportTarget, 'startedAt'>): string {
  const text = renderJson(report);
  const stem = `${timeInName(report.startedAt)}-${checkedName(name)}`;
  try {
    makeFolderAtOnce(resolve(reportDir));
    const path = freeNameAtOnce(reportDir, stem);
    for (const file of [path, join(reportDir, 'latest.json')]) {
      const temporary = temporaryFor(file);
      writeFileSync(temporary, text, { flag: 'wx' });
      renameSync(temporary, file);
      unfinished.delete(temporary);
    }
    return path;
  } catch (error) {
    throw explainWriteError(error, reportDir);
  }
}

function freeNameAtOnce(folder: string, stem: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const path = nameOf(folder, stem, attempt);
    if (!existsSync(path)) return path;
  }
}

function nameOf(folder: string, stem: string, attempt: number): string {
  return join(folder, `${stem}${attempt === 1 ? '' : `-${attempt}`}.json`);
}

const elsewhere = 'write it elsewhere with --report-dir';

/** Turns a file system error into one that says why the report could not be written, and what to do about it. */
export function explainWriteError(error: unknown, folder: string): UsageError {
  const [what, wayOut] = reasonOf(systemErrorCode(error), folder, error);
  return new UsageError(`the report could not be written: ${what}`, wayOut, { cause: error });
}

function reasonOf(code: string | null, folder: string, error: unknown): [what: string, wayOut: string] {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return [`no permission to write in ${folder}`, `change its permissions, or ${elsewhere}`];
    case 'EROFS':
      return [`${folder} is on a file system that is read-only`, elsewhere];
    case 'ENOSPC':
    case 'EDQUOT':
      return [`no space is left for it in ${folder}`, `make room, or ${elsewhere}`];
    case 'ENOTDIR':
    case 'EEXIST':
      return [`${folder} is not a folder`, `name a folder with --report-dir`];
    case 'EISDIR':
      return [`a folder stands where a report should go in ${folder}`, `remove it, or ${elsewhere}`];
    case 'ENAMETOOLONG':
      return [`the path of ${folder} is too long`, `use a shorter one with --report-dir`];
    default:
      return [systemErrorText(error), elsewhere];
  }
}
