/**
 * Fetches real servers without Docker, and puts each into a broker cache as `<name>-<version>/`, where runs look for it.
 *
 * A server is a recipe (recipe.ts). Each is made in a temporary folder and moved into place in one step once it has
 * passed its check, so the cache never holds half of anything; what is there already is checked and left alone. Whether
 * the bits are the authors' own is decided by what delivers them, the Go checksum database for what `go install`
 * builds, the signature of the archive for what apt delivers, or by the checksums that are kept here for Kafka's jars.
 * The check then runs the server and compares its version.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { BrokerError } from '../../domain/errors.js';
import { systemErrorCode } from '../../text/system-errors.js';
import { kafkaServers } from './kafka-servers.js';
import { natsServers } from './nats-servers.js';
import { Unobtainable, type FetchWork, type ServerRecipe } from './recipe.js';

/** Every server that can be fetched. A new broker is a file beside nats-servers.ts and an entry here. */
export const fetchable: readonly ServerRecipe[] = [...natsServers, ...kafkaServers];

export interface FetchOptions {
  readonly cache: string;
  /** Ids of the servers to fetch. */
  readonly wanted: readonly string[];
  /** Whether every one of them must be there at the end. */
  readonly areRequired: boolean;
  /** Fetch again what is there already. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  /** Tells of a step, in one line. */
  readonly say: (line: string) => void;
  /** Tells of a server that cannot be had, in several lines. */
  readonly warn: (text: string) => void;
}

/**
 * @returns whether every required server is there
 * @throws {BrokerError} if the cache cannot be used
 * @throws {InterruptedError}
 */
export async function fetchServers(options: FetchOptions): Promise<boolean> {
  try {
    return await fetchInto(options);
  } catch (error) {
    // A full disk, a cache that may not be written to: the system's own words say it best. Anything else is a bug.
    if (!(error instanceof Error) || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new BrokerError(
      `the broker cache ${options.cache} cannot be used: ${error.message}`,
      'free space there, or name another folder with --dir or EVENTBUS_BENCH_BROKERS',
      { cause: error },
    );
  }
}

async function fetchInto(options: FetchOptions): Promise<boolean> {
  const { cache, wanted, areRequired, warn } = options;
  makeFolder(resolve(cache));
  removeLeftovers(cache);
  let isComplete = true;
  for (const server of fetchable.filter(({ id }) => wanted.includes(id))) {
    const failures = await fetchServer(server, options);
    if (failures === null) continue;
    const isRequired = server.required || areRequired;
    isComplete &&= !isRequired;
    warn(missingText(server, failures, isRequired));
  }
  return isComplete;
}

/**
 * Creates a folder and its parents. Node's own recursive form never returns where a folder that exists answers as if it
 * were missing (`/proc`).
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(folder);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
}

function missingText(server: ServerRecipe, failures: readonly string[], isRequired: boolean): string {
  const { name, version, without, waysOut } = server;
  return [
    `${name} ${version}: not to be had here${isRequired ? '' : `; ${without}`}`,
    ...failures.map((failure) => `  - ${failure}`),
    ...(isRequired ? ['Ways out:', ...waysOut.map((way) => `  - ${way}`)] : []),
  ].join('\n');
}

/** @returns why each way failed; null if the server is there now */
async function fetchServer(server: ServerRecipe, options: FetchOptions): Promise<readonly string[] | null> {
  const { cache, force, signal } = options;
  const say = (line: string): void => options.say(`${server.name} ${server.version}: ${line}`);
  const work: FetchWork = { say, signal };
  const folder = join(cache, `${server.name}-${server.version}`);
  const missing = (await server.needs?.(work)) ?? null;
  if (missing !== null) return [missing];
  const shown = shortest(join(folder, server.binary));
  if (!force && existsSync(folder)) {
    const wrong = await server.check(folder, work);
    if (wrong === null) {
      say(`there already, ${shown}`);
      return null;
    }
    say(`what is there is no good (${wrong}), fetching it again`);
  }

  const failures: string[] = [];
  for (const way of server.ways) {
    const temporary = join(cache, `.tmp-${process.pid}-${server.name}-${server.version}`);
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    try {
      await way.obtain(temporary, work);
      const wrong = await server.check(temporary, work);
      if (wrong !== null) throw new Unobtainable(wrong);
      moveIntoPlace(temporary, folder);
      say(`${way.title}, checked, ${shown}`);
      return null;
    } catch (error) {
      if (!(error instanceof Unobtainable)) throw error;
      failures.push(`${way.title}: ${error.message}`);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  return failures;
}

/** The path as seen from the working folder, where that is below it; else in full. */
function shortest(path: string): string {
  const below = relative(process.cwd(), path);
  return below === '' || below.startsWith('..') ? path : below;
}

/** One rename puts a checked folder in place; an older one steps aside first. */
function moveIntoPlace(temporary: string, folder: string): void {
  const aside = `${temporary}-aside`;
  if (existsSync(folder)) renameSync(folder, aside);
  try {
    renameSync(temporary, folder);
  } catch (error) {
    // Another fetch running at the same time was quicker; what it put there was checked as well.
    if (!['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Temporary folders of fetches that were killed. Their names begin with the process that made them. */
function removeLeftovers(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = /^\.tmp-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
