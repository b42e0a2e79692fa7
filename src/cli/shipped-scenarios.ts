/**
 * Finds the scenarios that come with the tool, and the folders in which scenarios usually are. A scenario may be named
 * by a word (`incident`), or by a folder and a word (`incident/never-acked`): it then is a file of that name in the
 * working directory, or else a shipped one.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../domain/errors.js';
import { nearest } from '../scenario/nearest.js';

const shippedFolder = fileURLToPath(new URL('../../scenarios', import.meta.url));
const ownFolder = 'scenarios';
const hazardsFolder = 'hazards/';

/** The folders relative to the working directory, each once. */
export function scenarioFolders(): readonly string[] {
  return [...new Set([ownFolder, fromHere(shippedFolder)])];
}

/** Names of the shipped scenarios, in alphabetical order; those in a sub-folder are named `folder/name`. */
export function shippedScenarioNames(): readonly string[] {
  return readdirSync(shippedFolder, { recursive: true, encoding: 'utf8' })
    .flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .map((name) => name.replaceAll(sep, '/'))
    .sort();
}

/** Names of those that are not of a hazard. */
export function plainScenarioNames(): readonly string[] {
  return shippedScenarioNames().filter((name) => !name.startsWith(hazardsFolder));
}

/** Ids of the hazards and controls that a shipped scenario provokes, in alphabetical order. */
export function shippedHazardIds(): readonly string[] {
  return shippedScenarioNames()
    .filter((name) => name.startsWith(hazardsFolder))
    .map((name) => name.slice(hazardsFolder.length));
}

export function shippedScenarioPath(name: string): string {
  return fromHere(join(shippedFolder, `${name}.yaml`));
}

/**
 * The file that is meant: itself if it has an extension, is a path from here or is a file here. A path that is not there
 * and is like no shipped name is given back as well, since opening it says what is wrong.
 * @throws {UsageError} for a name that is none of a scenario
 */
export function scenarioFileOf(named: string): string {
  if (named === '' || named === '-' || /^\/|[.\\]/.test(named) || kindOf(named) === 'file') return named;
  const shipped = shippedScenarioNames();
  if (shipped.includes(named)) return shippedScenarioPath(named);
  if (kindOf(named) === 'folder') return named;
  const own = [`${named}.yaml`, join(ownFolder, `${named}.yaml`)].find((path) => kindOf(path) === 'file');
  const meant = own ?? nearest(named, shipped);
  if (meant === null && named.includes('/')) return named;
  throw new UsageError(
    `there is no scenario ${named}: no file of that name is here, and none comes with eventbus-bench`,
    `${meant === null ? '' : `did you mean ${meant}? `}eventbus-bench list scenarios shows those that come with it`,
  );
}

/** What the system refuses to tell of (a loop of links, a name too long) counts as a file: opening it says why. */
function kindOf(path: string): 'file' | 'folder' | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return null;
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'file';
  }
}

/** The path relative to the working directory, or in full where that is shorter. */
function fromHere(path: string): string {
  const here = relative(process.cwd(), path);
  return here !== '' && here.length <= path.length ? here : path;
}
