/**
 * Creates the topics of a run, watches its topics and groups, and removes them. Topics are created as the topology
 * says, with this tool's mark in their names; groups come into being as their members join. Both are watched while the
 * run drains, and removed at its end. A topic that exists already is refused and left as it is.
 */
import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';
import { BrokerError, InternalError } from '../../domain/errors.js';
import { kafkaOnly } from '../../domain/topology-kind.js';
import type { BrokerInfo, ClientInfo } from '../../domain/report/run-report.js';
import { kafkaMark } from '../../domain/topology.js';
import type { KafkaTopology, Topology } from '../../domain/topology.js';
import { clientInfo } from '../client-info.js';
import type { BrokerAdmin, BrokerDisturber, DeliveredPositions, DurableState } from '../port.js';
import { kafkaClientConfig } from './kafkajs/client-config.js';
import { toBrokerError } from './connecting/connect-errors.js';
import { whereOf } from './connecting/connection-options.js';
import type { KafkaConnectionOptions } from './connecting/connection-options.js';
import { disturber } from './disturber.js';
import { sayHello } from './connecting/hello.js';
import type { KafkaHello } from './connecting/hello.js';
import { GroupPositions } from './positions.js';
import { removeGroups, removeTopics } from './removal.js';

export interface KafkaAdminOptions {
  readonly runId: string;
  /** Whether the cluster is a private broker of this run, which may be disturbed. */
  readonly ownsCluster: boolean;
}

const helloTimeoutMs = 5_000;
const leadersTimeoutMs = 10_000;
const leadersEveryMs = 20;

/**
 * @throws {BrokerError} if no broker can be reached, the login is refused, or it is too old or too new for the client
 */
export async function openAdmin(connection: KafkaConnectionOptions, options: KafkaAdminOptions): Promise<KafkaAdmin> {
  const hello = await sayHello(connection, helloTimeoutMs);
  const admin = new kafkajs.Kafka(kafkaClientConfig(connection, `eventbus-bench ${options.runId} admin`)).admin();
  try {
    await admin.connect();
  } catch (error) {
    throw toBrokerError(error, { connection, doing: 'take an administrator' });
  }
  return new KafkaAdmin(connection, admin, { hello, ownsCluster: options.ownsCluster });
}

interface KafkaCluster {
  readonly hello: KafkaHello;
  readonly ownsCluster: boolean;
}

export class KafkaAdmin implements BrokerAdmin {
  readonly broker: BrokerInfo;
  readonly disturb: BrokerDisturber;
  readonly #connection: KafkaConnectionOptions;
  readonly #admin: Admin;
  /** Set before the topics are created, so that they are removed even if the answer was lost. */
  #topology: KafkaTopology | null = null;
  #positions: GroupPositions | null = null;

  constructor(connection: KafkaConnectionOptions, admin: Admin, { hello, ownsCluster }: KafkaCluster) {
    this.#connection = connection;
    this.#admin = admin;
    this.broker = { kind: 'kafka', version: hello.release, url: whereOf(connection) };
    this.disturb = disturber({
      admin,
      topology: () => this.#topology,
      where: whereOf(connection),
      own: ownsCluster ? hello.versions : null,
      request: (doing, request) => this.#request(doing, request),
      onPartitionsAdded: () => this.#positions?.forget(),
    });
  }

  clientOf(topology: Topology): ClientInfo {
    return clientInfo(kafkaOnly(topology).client === 'platformatic' ? '@platformatic/kafka' : 'kafkajs');
  }

  async create(given: Topology): Promise<void> {
    const topology = kafkaOnly(given);
    if (this.#topology !== null) throw new InternalError('a second topology was made before the first was removed');
    const foreign = [...topology.topics.map(({ name }) => name), ...topology.groups].find(
      (name) => !name.startsWith(kafkaMark),
    );
    if (foreign !== undefined) throw new InternalError(`the name ${foreign} does not begin with ${kafkaMark}`);
    await this.#refuseExisting(topology);
    this.#topology = topology;
    this.#positions = new GroupPositions(this.#admin, topology);
    await this.#request('make the topics of the run', () =>
      this.#admin.createTopics({
        topics: topology.topics.map(({ name, partitions }) => ({ topic: name, numPartitions: partitions })),
        waitForLeaders: false,
      }),
    );
    await this.#waitForLeaders(topology);
  }

  async durables(delivered: DeliveredPositions): Promise<readonly DurableState[]> {
    const positions = this.#positions;
    if (positions === null) return [];
    return this.#request('tell how far the groups are', () => positions.durables(delivered));
  }

  /** @throws {BrokerError} if no broker can be reached or a group still has members, so that something may be left */
  async remove(): Promise<void> {
    const topology = this.#topology;
    if (topology === null) return;
    const names = topology.topics.map(({ name }) => name);
    // Topics do not wait for groups, which may have to wait for members that are gone.
    const removals = await Promise.allSettled([
      this.#request('remove the topics of the run', () => removeTopics(this.#admin, names)),
      this.#request('remove the groups of the run', () =>
        removeGroups(this.#admin, topology.groups, topology.consumer.sessionTimeoutMs),
      ),
    ]);
    for (const removal of removals) if (removal.status === 'rejected') throw removal.reason;
    this.#topology = null;
    this.#positions = null;
  }

  async close(): Promise<void> {
    await this.#admin.disconnect().catch(() => {});
  }

  async #refuseExisting({ topics }: KafkaTopology): Promise<void> {
    const present = await this.#request('list its topics', () => this.#admin.listTopics());
    const existing = topics.find(({ name }) => present.includes(name));
    if (existing === undefined) return;
    const { name, partitions } = existing;
    const count = await this.#partitionsOf(name);
    // For a moment after its removal a topic may still be listed.
    if (count === null) return;
    const difference = count === partitions ? 'already' : `with ${count} partitions, where ${partitions} are wanted`;
    throw new BrokerError(
      `${whereOf(this.#connection)} has the topic ${name} ${difference}; it was left as it is`,
      'run the command again: every run takes names of its own; eventbus-bench clean removes those of crashed runs',
    );
  }

  /** null: the broker does not know the topic. */
  async #partitionsOf(name: string): Promise<number | null> {
    try {
      const described = await this.#admin.fetchTopicMetadata({ topics: [name] });
      return described.topics[0]?.partitions.length ?? 0;
    } catch (error) {
      if (isOfType(error, ['UNKNOWN_TOPIC_OR_PARTITION'])) return null;
      throw toBrokerError(error, { connection: this.#connection, doing: `describe the topic ${name}` });
    }
  }

  async #waitForLeaders({ topics }: KafkaTopology): Promise<void> {
    const names = topics.map(({ name }) => name);
    const deadlineMs = performance.now() + leadersTimeoutMs;
    for (;;) {
      const missing = await this.#withoutLeader(names, topics);
      if (missing === null) return;
      if (performance.now() > deadlineMs) {
        throw new BrokerError(
          `${whereOf(this.#connection)}: the topic ${missing} has partitions without a leader`,
          'check that all brokers of the cluster are up',
        );
      }
      await new Promise((resolve) => setTimeout(resolve, leadersEveryMs));
    }
  }

  /**
   * The name of a topic that is not ready yet, or null. Offsets are fetched too, since a leader that is known may not
   * answer as one yet.
   */
  async #withoutLeader(names: string[], topics: KafkaTopology['topics']): Promise<string | null> {
    try {
      const answer = await this.#admin.fetchTopicMetadata({ topics: names });
      const incomplete = topics.find(({ name, partitions }) => {
        const found = answer.topics.find((topic) => topic.name === name);
        return found?.partitions.filter(({ leader }) => leader >= 0).length !== partitions;
      });
      if (incomplete !== undefined) return incomplete.name;
      await Promise.all(names.map((name) => this.#admin.fetchTopicOffsets(name)));
      return null;
    } catch (error) {
      if (saysNotYet(error)) return names[0] ?? null;
      throw toBrokerError(error, { connection: this.#connection, doing: 'describe the topics of the run' });
    }
  }

  async #request<T>(doing: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw toBrokerError(error, { connection: this.#connection, doing });
    }
  }
}

/**
 * Whether a topic is not ready yet: right after its creation a broker may not know it, or not know that it leads it.
 */
function saysNotYet(error: unknown): boolean {
  return isOfType(error, ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION']);
}

/** Whether the broker refused with one of these types of errors. */
function isOfType(error: unknown, types: readonly string[]): boolean {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { type } = inner as { type?: unknown };
    if (typeof type === 'string' && types.includes(type)) return true;
  }
  return false;
}
