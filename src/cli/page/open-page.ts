/**
 * Writes the page of reports and opens it (`--open`). The page lies beside the report, or in a folder for temporary
 * files if it cannot be written there. Where nothing opens it, its path is said; the exit code stays that of the verdict.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder, writeWhole } from '../../run/report-files.js';
import { systemErrorText } from '../../text/system-errors.js';
import type { CliContext } from '../context.js';
import { openerOn, type Machine, type Opener } from './opener.js';

export interface PageToOpen {
  readonly html: string;
  /** A file to write it to; null: none is at hand, so a temporary one. */
  readonly path: string | null;
  /** Says nothing of a page that was opened. */
  readonly quiet: boolean;
}

/** The page of a report lies beside it: `reports/latest.json` → `reports/latest.html`. */
export function pagePathOf(reportPath: string): string {
  return `${reportPath.replace(/\.json$/, '')}.html`;
}

/** Never fails: what did not work is said on standard error. */
export async function openPage({ console }: CliContext, page: PageToOpen, machine: Machine = process): Promise<void> {
  let path: string;
  try {
    path = await written(page);
  } catch (error) {
    await console.err(`note: the page could not be written: ${systemErrorText(error)}`);
    return;
  }
  const opener = openerOn(machine);
  const isOpened = opener !== null && (await isStarted(opener, path));
  if (isOpened && page.quiet) return;
  await console.err(isOpened ? `page: ${path}` : `page: ${path} (nothing here opens it)`);
}

/** @returns where it is */
async function written({ html, path }: PageToOpen): Promise<string> {
  if (path !== null) {
    try {
      await makeFolder(resolve(dirname(path)));
      await writeWhole(path, html);
      return path;
    } catch {
      // It is written to a temporary folder instead, whose path is said.
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'eventbus-bench-page-'));
  const temporary = join(folder, path === null ? 'report.html' : basename(path));
  await writeWhole(temporary, html);
  return temporary;
}

/** Starts the opener, which goes on by itself. */
async function isStarted({ command, args, wantsWindowsPath }: Opener, path: string): Promise<boolean> {
  try {
    const whole = resolve(path);
    const target = wantsWindowsPath ? (await promisify(execFile)('wslpath', ['-w', whole])).stdout.trim() : whole;
    const child = spawn(command, [...args, target], { detached: true, stdio: 'ignore' });
    await once(child, 'spawn');
    child.unref();
    return true;
  } catch {
    return false;
  }
}
