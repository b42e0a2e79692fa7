/** Registers a test only where the machine can do what it needs. A broker test that is skipped fails the run of CI. */
import { it } from 'vitest';

export function itWhere(isPossible: boolean, name: string, test: () => Promise<void> | void, timeoutMs?: number): void {
  if (isPossible) it(name, test, timeoutMs);
}
