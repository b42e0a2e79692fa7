/**
 * Disturbs a Kafka cluster in the middle of a run, by requests alone. It adds partitions. It makes topics refuse writes
 * by requiring one more replica in sync than there are: a producer that waits for all replicas is then answered
 * NOT_ENOUGH_REPLICAS before anything is stored, which clients retry. For that every partition gets a replica on a
 * broker that does not exist (absent-broker.ts), so it is done to the run's private broker only.
 */
import kafkajs from 'kafkajs';
import type { Admin, PartitionReassignment } from 'kafkajs';
import { BrokerError, InternalError } from '../../domain/errors.js';
import type { KafkaTopology } from '../../domain/topology.js';
import type { BrokerDisturber } from '../port.js';
import { registerAbsentBroker } from './absent-broker.js';
import type { ApiVersions } from './connecting/wire.js';

export interface DisturberOptions {
  readonly admin: Admin;
  /** null: no topics were created yet. */
  readonly topology: () => KafkaTopology | null;
  readonly where: string;
  /** What the broker supports, if it is the run's private one; null for any other cluster. */
  readonly own: ApiVersions | null;
  /** Makes a request, and turns an error of the client into one that says what to do. */
  readonly request: <T>(doing: string, request: () => Promise<T>) => Promise<T>;
  readonly onPartitionsAdded: () => void;
}

export function disturber(options: DisturberOptions): BrokerDisturber {
  const { admin, where, own, request } = options;
  const topologyNow = (): KafkaTopology => {
    const topology = options.topology();
    if (topology === null) throw new InternalError('a run was disturbed before it was made');
    return topology;
  };
  const addPartitions = async (count: number): Promise<void> => {
    const topicPartitions = topologyNow().topics.map(({ name }) => ({ topic: name, count }));
    await request(`give the topics ${count} partitions`, () => admin.createPartitions({ topicPartitions }));
    options.onPartitionsAdded();
  };
  if (own === null) return { addPartitions };

  const absent = new AbsentReplicas(admin, own);
  const setWritable = async (writable: boolean): Promise<void> => {
    const { topics, producer } = topologyNow();
    if (producer.acks !== 'all') {
      throw new BrokerError(
        `${where} cannot refuse the writes of a producer that does not wait for all replicas (acks ${producer.acks})`,
        'publish with acks all, or leave this disturbance out',
      );
    }
    const names = topics.map(({ name }) => name);
    await request(`make the topics ${writable ? 'writable again' : 'refuse writes'}`, async () => {
      await wantReplicas(admin, names, writable ? null : await absent.addTo(names));
    });
  };
  return { addPartitions, setWritable };
}

/**
 * Sets min.insync.replicas of the topics; null leaves it to the broker's configuration. The request replaces all of a
 * topic's own configuration.
 */
async function wantReplicas(admin: Admin, names: readonly string[], inSync: number | null): Promise<void> {
  const type = kafkajs.ConfigResourceTypes.TOPIC;
  const configEntries = inSync === null ? [] : [{ name: 'min.insync.replicas', value: String(inSync) }];
  await admin.alterConfigs({ validateOnly: false, resources: names.map((name) => ({ type, name, configEntries })) });
}

class AbsentReplicas {
  readonly #admin: Admin;
  readonly #versions: ApiVersions;
  #broker: number | null = null;

  constructor(admin: Admin, versions: ApiVersions) {
    this.#admin = admin;
    this.#versions = versions;
  }

  /**
   * Gives every partition of the topics a replica on the absent broker.
   * @returns how many replicas a partition has then, at most; one of them is never in sync
   */
  async addTo(topics: string[]): Promise<number> {
    const broker = (this.#broker ??= await this.#register());
    const described = await this.#admin.fetchTopicMetadata({ topics });
    const wanting: PartitionReassignment[] = described.topics.flatMap(({ name, partitions }) => {
      const partitionAssignment = partitions
        .filter(({ replicas }) => !replicas.includes(broker))
        .map(({ partitionId, replicas }) => ({ partition: partitionId, replicas: [...replicas, broker] }));
      return partitionAssignment.length === 0 ? [] : [{ topic: name, partitionAssignment }];
    });
    if (wanting.length > 0) await this.#admin.alterPartitionReassignments({ topics: wanting });
    const counts = described.topics.flatMap(({ partitions }) =>
      partitions.map(({ replicas }) => replicas.length + (replicas.includes(broker) ? 0 : 1)),
    );
    return Math.max(2, ...counts);
  }

  async #register(): Promise<number> {
    const { brokers, clusterId } = await this.#admin.describeCluster();
    const { resources } = await this.#admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.BROKER,
          name: String(brokers[0]?.nodeId ?? 1),
          configNames: ['controller.quorum.voters', 'controller.quorum.bootstrap.servers'],
        },
      ],
    });
    const values = resources.flatMap(({ configEntries }) => configEntries.map(({ configValue }) => configValue));
    const address = values
      .find((value) => value !== '')
      ?.split(',')[0]
      ?.replace(/^\d+@/, '');
    if (address === undefined) throw new Error('the broker does not tell where its controller listens');
    return registerAbsentBroker({ address, clusterId, versions: this.#versions });
  }
}
