/** The connections of one publisher: one, or as many as its mode has senders. */
import { connectionsOf, type PublishMode } from '../../domain/scenario/scenario.js';
import type { BrokerDriver, PublisherConnection } from '../../broker/port.js';
import type { Topology } from '../../domain/topology.js';

export interface PublisherConnections {
  readonly all: readonly PublisherConnection[];
  close(): Promise<void>;
}

/**
 * Opens them one after another. Where one cannot be had, those that could are closed.
 * @throws {BrokerError} if the broker cannot be reached or refuses
 */
export async function openPublisherConnections(
  driver: BrokerDriver,
  {
    topology,
    publisher,
    mode,
  }: { readonly topology: Topology; readonly publisher: number; readonly mode: PublishMode },
): Promise<PublisherConnections> {
  const all: PublisherConnection[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(all.map((connection) => connection.close()));
  };
  try {
    while (all.length < connectionsOf(mode)) all.push(await driver.openPublisher(topology, publisher));
  } catch (error) {
    await close();
    throw error;
  }
  return { all, close };
}
