/** Names a client library as a report does: with the version that is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ClientInfo } from '../domain/report/run-report.js';

/**
 * Reads a client's version from its manifest, by path, since a package need not export it; 'unknown' where an optional
 * client is not installed.
 */
export function clientInfo(name: string): ClientInfo {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const manifest = folders.map((folder) => join(folder, name, 'package.json')).find((file) => existsSync(file));
  if (manifest === undefined) return { name, version: 'unknown' };
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { name, version };
}
