/**
 * The Kafka driver: opens the connections of one run, with the client library that the topology names. Built from plain
 * data, so that every worker thread builds its own; each call opens connections of its own.
 */
import { kafkaOnly } from '../../domain/topology-kind.js';
import type { SubscriptionSpec, Topology } from '../../domain/topology.js';
import type { BrokerDriver, PublisherConnection, PullConnection } from '../port.js';
import { openAdmin } from './admin.js';
import type { KafkaAdmin } from './admin.js';
import type { KafkaConnectionOptions } from './connecting/connection-options.js';
import { openConsumer } from './kafkajs/consumer-connection.js';
import type { OnKafkaNote } from './notes.js';
import { openPlatformaticConsumer } from './platformatic/consumer-connection.js';
import { openPlatformaticPublisher } from './platformatic/publisher.js';
import { openPublisher } from './kafkajs/publisher.js';

export interface KafkaRun {
  readonly runId: string;
  /** Whether the cluster is a private broker of this run, whose topics can be made to refuse writes; default false. */
  readonly ownsCluster?: boolean | undefined;
  /** Called with the notes of connections and groups. */
  readonly onNote?: OnKafkaNote | undefined;
}

export interface KafkaDriver extends BrokerDriver {
  openAdmin(): Promise<KafkaAdmin>;
  openPublisher(topology: Topology, publisher: number): Promise<PublisherConnection>;
  /**
   * Resolves once the group is stable with all members that begin at once. So all of these must be opened at the same
   * time.
   */
  openSubscription(topology: Topology, subscription: SubscriptionSpec): Promise<PullConnection>;
}

/** Every method throws a BrokerError if no broker can be reached, or it refuses. */
export function kafkaDriver(connection: KafkaConnectionOptions, run: KafkaRun): KafkaDriver {
  const { runId, ownsCluster = false, onNote = () => {} } = run;
  return {
    openAdmin: () => openAdmin(connection, { runId, ownsCluster }),

    openPublisher: async (topology, publisher) => {
      const options = { topology: kafkaOnly(topology), publisher, clientId: `eventbus-bench ${runId}`, onNote };
      return options.topology.client === 'platformatic'
        ? openPlatformaticPublisher(connection, options)
        : openPublisher(connection, options);
    },

    openSubscription: async (topology, subscription) => {
      const options = { topology: kafkaOnly(topology), subscription, onNote };
      return options.topology.client === 'platformatic'
        ? openPlatformaticConsumer(connection, options)
        : openConsumer(connection, options);
    },
  };
}
