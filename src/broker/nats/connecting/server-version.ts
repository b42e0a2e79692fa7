/**
 * Tells by a server's version what it can do. Versions are compared by their three numbers; `-RC.1` and the like count
 * as the release. A version that cannot be read counts as new enough: the server itself will refuse what it lacks.
 */
export interface Capability {
  readonly name: string;
  /** First version that has it. */
  readonly since: string;
}

/** What this driver uses, oldest first. */
export const capabilities = {
  pullConsumers: { name: 'pull consumers as this tool uses them', since: '2.9.0' },
  multipleFilters: { name: 'several filter subjects on one durable', since: '2.10.0' },
  pinnedClients: { name: 'a pinned client', since: '2.11.0' },
  metadata: { name: 'metadata on streams', since: '2.10.0' },
} as const satisfies Record<string, Capability>;

export function hasCapability(version: string | null, capability: Capability): boolean {
  return version === null || compareVersions(version, capability.since) >= 0;
}

/** Negative if a is older than b. A version that cannot be read is newer than all others. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
  for (let i = 0; i < 3; i++) {
    const difference = left[i]! - right[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): readonly number[] | null {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  return match === null ? null : [match[1], match[2], match[3] ?? '0'].map(Number);
}
