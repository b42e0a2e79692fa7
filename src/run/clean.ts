/**
 * Removes what crashed runs left on a server. It looks only at streams, topics and groups with this tool's marks.
 * Leftovers of a live run of this host are kept. Whether a run of another host is alive cannot be known here, so its
 * leftovers are removed only on request.
 */
import type { KafkaConnectionOptions, NatsConnectionOptions } from './connection.js';

export interface CleanOptions {
  /** Only list what would be removed. */
  readonly dryRun: boolean;
  /** Also remove leftovers of runs on other hosts. */
  readonly otherHosts: boolean;
}

interface Leftover {
  readonly kind: 'stream' | 'topic' | 'group';
  readonly name: string;
  /** null for a group, which holds no messages. */
  readonly messages: number | null;
  /** null: not known. */
  readonly ageMs: number | null;
  /** The process that made it; null: not known. */
  readonly owner: { readonly host: string; readonly pid: number } | null;
  readonly run: 'alive' | 'ended' | 'unknown';
}

export type LeftoverFate =
  | ('removed' | 'already gone' | 'not ours' | 'in use')
  | ('would be removed' | 'kept: its run is alive' | 'kept: made on another host');

export interface CleanedLeftover extends Leftover {
  readonly fate: LeftoverFate;
}

/** Lists what runs left on one server, and removes it. */
interface Cleaner {
  list(): Promise<readonly Leftover[]>;
  remove(doomed: readonly Leftover[]): Promise<readonly LeftoverFate[]>;
}

/** Oldest first. @throws {BrokerError} if the server cannot be reached or asked */
export async function cleanNats(
  connection: NatsConnectionOptions,
  options: CleanOptions,
): Promise<readonly CleanedLeftover[]> {
  const { listLeftovers, removeLeftovers } = await import('../broker/nats/leftovers.js');
  return sweep(options, {
    list: async () =>
      (await listLeftovers(connection)).map(({ stream, messages, ageMs, host, pid, run }) => {
        return { kind: 'stream', name: stream, messages, ageMs, owner: { host, pid }, run };
      }),
    remove: async (doomed) => {
      const removals = await removeLeftovers(
        connection,
        doomed.map(({ name }) => ({ stream: name })),
      );
      return removals.map(({ outcome }) => outcome);
    },
  });
}

/** Topics first, each kind oldest first. @throws {BrokerError} if the cluster cannot be reached or asked */
export async function cleanKafka(
  connection: KafkaConnectionOptions,
  options: CleanOptions,
): Promise<readonly CleanedLeftover[]> {
  const { listKafkaLeftovers, removeKafkaLeftovers } = await import('../broker/kafka/leftovers.js');
  return sweep(options, {
    list: () => listKafkaLeftovers(connection),
    remove: async (doomed) => {
      const topicsAndGroups = doomed.flatMap(({ kind, name }) => (kind === 'stream' ? [] : [{ kind, name }]));
      return (await removeKafkaLeftovers(connection, topicsAndGroups)).map(({ outcome }) => outcome);
    },
  });
}

async function sweep(options: CleanOptions, cleaner: Cleaner): Promise<readonly CleanedLeftover[]> {
  const found = await cleaner.list();
  const doomed = found.filter((leftover) => reasonToKeep(leftover, options) === null);
  const fates = options.dryRun || doomed.length === 0 ? [] : await cleaner.remove(doomed);
  return found.map((leftover) => ({
    ...leftover,
    fate: reasonToKeep(leftover, options) ?? fates[doomed.indexOf(leftover)] ?? 'would be removed',
  }));
}

function reasonToKeep({ run }: Leftover, { otherHosts }: CleanOptions): LeftoverFate | null {
  switch (run) {
    case 'alive':
      return 'kept: its run is alive';
    case 'unknown':
      return otherHosts ? null : 'kept: made on another host';
    case 'ended':
      return null;
  }
}
