/**
 * Lists the folders in which scenarios are usually found: `scenarios` in the working directory, and the one that comes
 * with the tool.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders relative to the working directory, each once. */
export function scenarioFolders(): readonly string[] {
  const shipped = relative(process.cwd(), fileURLToPath(new URL('../../scenarios', import.meta.url)));
  return [...new Set(['scenarios', shipped])];
}
