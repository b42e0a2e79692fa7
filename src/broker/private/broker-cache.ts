/**
 * Says where servers lie that `eventbus-bench brokers` fetched: each in a folder `<name>-<version>` of a broker cache.
 * There are up to three caches, in this order: the one that EVENTBUS_BENCH_BROKERS names, that of a checkout of this
 * project, and that of the user. Servers are looked for in all of them, and fetched into the first.
 */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** The variable that names a broker cache. */
export const cacheVariable = 'EVENTBUS_BENCH_BROKERS';

/** Where this package and its user are. */
export interface Place {
  readonly env: NodeJS.ProcessEnv;
  readonly root: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/** Whether the package is a checkout with its sources, and not an installed one. */
export function isCheckout(root: string = packageRoot): boolean {
  return existsSync(join(root, 'src'));
}

/** The broker caches, whether they exist or not. The first is the one to fetch into. */
export function brokerCaches(place: Partial<Place> = {}): readonly string[] {
  const { env = process.env, root = packageRoot } = place;
  const named = env[cacheVariable] ?? '';
  return [
    ...(named === '' ? [] : [named]),
    ...(isCheckout(root) ? [join(root, '.cache', 'brokers')] : []),
    userCache({ env, home: homedir(), platform: process.platform, ...place }),
  ];
}

/** The names of the folders in a cache; none if it does not exist. */
export function foldersIn(cache: string): readonly string[] {
  try {
    return readdirSync(cache);
  } catch {
    return [];
  }
}

function userCache({ env, home, platform }: Omit<Place, 'root'>): string {
  const given = (platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME']) ?? '';
  const usual = platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.cache');
  return join(given === '' ? usual : given, 'eventbus-bench', 'brokers');
}
