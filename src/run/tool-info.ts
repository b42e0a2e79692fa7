/**
 * Reads the version of this tool from package.json, and the commit that it was built from, if the build recorded it.
 */
import { readFileSync } from 'node:fs';

export interface ToolInfo {
  readonly name: 'eventbus-bench';
  readonly version: string;
  readonly gitCommit: string | null;
}

export function readToolInfo(): ToolInfo {
  const { version } = readJson('../../package.json') as { version: string };
  const { gitCommit } = (readJson('../build-info.json') ?? {}) as { gitCommit?: string | null };
  return { name: 'eventbus-bench', version, gitCommit: gitCommit ?? null };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  } catch {
    return null;
  }
}
