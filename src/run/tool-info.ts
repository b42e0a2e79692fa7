/**
 * Reads the version of this tool from package.json, and the commit that it was built from, if the build recorded it.
 */
import { readFileSync } from 'node:fs';

export interface ToolInfo {
  readonly name: 'eventbus-bench';
  readonly version: string;
  /** null: it was not built in a git checkout. */
  readonly gitCommit: string | null;
}

export interface BuildInfo extends ToolInfo {
  /** Whether files differed from that commit when it was built. */
  readonly hasChanges: boolean;
}

export function readToolInfo(): ToolInfo {
  const { name, version, gitCommit } = readBuildInfo();
  return { name, version, gitCommit };
}

export function readBuildInfo(): BuildInfo {
  const { version } = readJson('../../package.json') as { version: string };
  const { gitCommit, hasChanges } = (readJson('../build-info.json') ?? {}) as Partial<BuildInfo>;
  return { name: 'eventbus-bench', version, gitCommit: gitCommit ?? null, hasChanges: hasChanges === true };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  } catch {
    return null;
  }
}
