/** The connections of one publisher: one, or as many as its mode has senders. */
import { connectionsOf, type PublishMode } from '../../domain/scenario/scenario.js';
import type { BrokerDriver, PublisherConnection } from '../../broker/port.js';
import type { Topology } from '../../domain/topology.js';

export interface PublisherConnections {
  readonly all: readonly PublisherConnection[];
  close(): Promise<void>;
}

/** Opens them one after another. @throws {BrokerError} if the broker cannot be reached or refuses */
export async function openPublisherConnections(
  driver: BrokerDriver,
  {
    topology,
    publisher,
    mode,
  }: { readonly topology: Topology; readonly publisher: number; readonly mode: PublishMode },
): Promise<PublisherConnections> {
  const all: PublisherConnection[] = [];
  while (all.length < connectionsOf(mode)) all.push(await driver.openPublisher(topology, publisher));
  return {
    all,
    close: async () => {
      await Promise.all(all.map((connection) => connection.close()));
    },
  };
}
