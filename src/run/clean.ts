/**
 * What did crashed runs leave on a server, and may it go? Only streams with this tool's marks are looked at. A run that
 * is still alive on this host keeps its stream; whether one of another host still lives cannot be told from here, so its
 * stream goes only if that was asked for.
 */
import type { Leftover, Removal } from '../broker/nats/leftovers.js';
import type { NatsConnectionOptions } from './connection.js';

export interface CleanOptions {
  /** Lists what would be removed, and removes nothing. */
  readonly dryRun: boolean;
  /** Also removes what runs on other hosts left. */
  readonly otherHosts: boolean;
}

export type LeftoverFate =
  Removal['outcome'] | 'would be removed' | 'kept: its run is alive' | 'kept: made on another host';

export interface CleanedLeftover extends Leftover {
  readonly fate: LeftoverFate;
}

/** Oldest first. @throws {BrokerError} if the server cannot be reached or asked */
export async function cleanServer(
  connection: NatsConnectionOptions,
  options: CleanOptions,
): Promise<readonly CleanedLeftover[]> {
  const { listLeftovers, removeLeftovers } = await import('../broker/nats/leftovers.js');
  const found = await listLeftovers(connection);
  const doomed = found.filter((leftover) => reasonToKeep(leftover, options) === null);
  const removals = options.dryRun || doomed.length === 0 ? [] : await removeLeftovers(connection, doomed);
  const outcomes = new Map(removals.map(({ stream, outcome }) => [stream, outcome]));
  return found.map((leftover) => ({
    ...leftover,
    fate: reasonToKeep(leftover, options) ?? outcomes.get(leftover.stream) ?? 'would be removed',
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
