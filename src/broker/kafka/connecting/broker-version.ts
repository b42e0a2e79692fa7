/**
 * Finds out which Kafka a broker is, and whether kafkajs can talk to it. A broker does not tell its version. It tells
 * the highest level of its feature `metadata.version`, which stands for a minor release (KIP-584; levels as in
 * MetadataVersion of Kafka 4.4), and the versions of each request that it takes.
 */
import type { ApiRange, ApiVersions } from './wire.js';

/** The first level of each release, oldest first. The last line also stands for later releases. */
const releases: readonly (readonly [level: number, release: string])[] = [
  [7, '3.3'],
  [8, '3.4'],
  [9, '3.5'],
  [12, '3.6'],
  [15, '3.7'],
  [20, '3.8'],
  [21, '3.9'],
  [22, '4.0'],
  [26, '4.1'],
  [28, '4.2'],
  [30, '4.3'],
  [31, '4.4'],
];

/**
 * Major and minor number of the release, `4.4`; null where the broker tells no level (before 3.3, or with ZooKeeper).
 */
export function releaseOf({ features }: ApiVersions): string | null {
  const level = features.get('metadata.version');
  if (level === undefined) return null;
  return releases.findLast(([first]) => first <= level)?.[1] ?? null;
}

/** The requests that kafkajs 2.2.4 sends: name, API key, and the versions that it knows. */
const requestsOfClient: readonly (readonly [name: string, key: number, range: ApiRange])[] = [
  ['Produce', 0, { min: 0, max: 7 }],
  ['Fetch', 1, { min: 0, max: 11 }],
  ['ListOffsets', 2, { min: 0, max: 3 }],
  ['Metadata', 3, { min: 0, max: 6 }],
  ['OffsetCommit', 8, { min: 0, max: 5 }],
  ['OffsetFetch', 9, { min: 1, max: 4 }],
  ['FindCoordinator', 10, { min: 0, max: 2 }],
  ['JoinGroup', 11, { min: 0, max: 5 }],
  ['Heartbeat', 12, { min: 0, max: 3 }],
  ['SyncGroup', 14, { min: 0, max: 3 }],
  ['CreateTopics', 19, { min: 0, max: 3 }],
  ['InitProducerId', 22, { min: 0, max: 1 }],
];

export type ClientFit =
  { readonly kind: 'fits' } | { readonly kind: 'broker too old' | 'broker too new'; readonly request: string };

/** Whether kafkajs and the broker have a version of every request in common; if not, the first request without one. */
export function clientFit({ ranges }: ApiVersions): ClientFit {
  for (const [request, key, client] of requestsOfClient) {
    const broker = ranges.get(key);
    if (broker === undefined || broker.max < client.min) return { kind: 'broker too old', request };
    if (broker.min > client.max) return { kind: 'broker too new', request };
  }
  return { kind: 'fits' };
}
