/**
 * Refuses to read a source twice, under one name or two: each of its lines would be there twice, and a sound record
 * would be full of duplicates.
 */
import { fstatSync, statSync } from 'node:fs';
import { UsageError } from '../../domain/errors.js';

/** @param paths of the sources; `-` is standard input  @throws {UsageError} if two of them are one */
export function refuseTwice(paths: readonly string[]): void {
  const met = new Map<string, string>();
  for (const path of paths) {
    const identity = identityOf(path);
    const other = met.get(identity);
    if (other !== undefined) {
      throw new UsageError(
        other === path ? `${nameOf(path)} is named twice` : `${nameOf(other)} and ${nameOf(path)} are the same file`,
        'name each source once: lines that are read twice would count as handled twice',
      );
    }
    met.set(identity, path);
  }
}

/** Links, and other ways to a file, have its identity. What is not there is known by its name: opening it tells. */
function identityOf(path: string): string {
  try {
    const { dev, ino } = path === '-' ? fstatSync(0, { bigint: true }) : statSync(path, { bigint: true });
    // Some file systems have no numbers.
    if (ino > 0n) return `${dev}:${ino}`;
  } catch {
    // As without a number.
  }
  return path;
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}
