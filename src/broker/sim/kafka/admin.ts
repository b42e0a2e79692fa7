/**
 * Creates the topics of a run on the simulated Kafka, tells the state of its groups, and disturbs the broker
 * (`domain/scenario/disturbance.ts`).
 */
import { BrokerError } from '../../../domain/errors.js';
import type { BrokerInfo, ClientInfo } from '../../../domain/report/run-report.js';
import { kafkaOnly } from '../../../domain/topology-kind.js';
import type { KafkaTopology, Topology } from '../../../domain/topology.js';
import type { BrokerAdmin, BrokerDisturber, DeliveredPositions, DurableState, EventMessage } from '../../port.js';
import type { SimulatedBroker } from './network.js';

export class SimulatedKafkaAdmin implements BrokerAdmin {
  readonly broker: BrokerInfo;
  readonly #client: ClientInfo;
  readonly disturb: BrokerDisturber;
  readonly #broker: SimulatedBroker<EventMessage>;
  #topology: KafkaTopology | null = null;

  constructor(broker: SimulatedBroker<EventMessage>, toolVersion: string) {
    this.#broker = broker;
    this.broker = { kind: 'sim:kafka', version: toolVersion, url: null };
    this.#client = { name: 'simulated', version: toolVersion };
    this.disturb = {
      addPartitions: async (count) => broker.model.addPartitions(count),
      setWritable: async (writable) => this.#setWritable(writable),
      restart: (downMs) => this.#restart(downMs),
    };
  }

  clientOf(): ClientInfo {
    return this.#client;
  }

  create(topology: Topology): Promise<void> {
    this.#topology = kafkaOnly(topology);
    for (const { name, partitions } of this.#topology.topics) this.#broker.model.createTopic(name, partitions);
    return Promise.resolve();
  }

  durables(delivered: DeliveredPositions): Promise<readonly DurableState[]> {
    const topology = this.#topology;
    if (topology === null) return Promise.resolve([]);
    return Promise.resolve(topology.groups.map((name) => this.#groupState(topology, name, delivered)));
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #groupState(topology: KafkaTopology, name: string, delivered: DeliveredPositions): DurableState {
    const { model } = this.#broker;
    const group = model.group(name);
    const commits = topology.consumer.commit.kind !== 'never';
    let pending = 0;
    let ackPending = 0;
    for (const topic of topicsOf(topology, name)) {
      const topicName = topology.topics[topic]!.name;
      for (let partition = 0; partition < model.partitionCount(topicName); partition++) {
        const { endOffset } = model.log(topicName, partition)!;
        pending += Math.max(0, endOffset - delivered.highest(topic, partition));
        if (commits) ackPending += endOffset - (group.committed(topicName, partition) ?? 0);
      }
    }
    return { name, pending, ackPending };
  }

  /** @throws {BrokerError} as a real broker's driver does, unless the producers wait for all replicas */
  #setWritable(writable: boolean): void {
    const acks = this.#topology?.producer.acks;
    if (acks !== 'all') {
      throw new BrokerError(
        `the simulated Kafka cannot refuse the writes of a producer that does not wait for all replicas (acks ${acks})`,
        'publish with acks all, or leave this disturbance out',
      );
    }
    this.#broker.model.setWritable(writable);
  }

  async #restart(downMs: number): Promise<void> {
    this.#broker.crash();
    await this.#broker.time.sleep(downMs);
    this.#broker.recover();
  }
}

function topicsOf(topology: KafkaTopology, group: string): ReadonlySet<number> {
  return new Set(
    topology.subscriptions.filter(({ durable }) => durable === group).flatMap(({ ownsTopics }) => ownsTopics),
  );
}
