/**
 * Creates the stream and the durables of a run, watches them and removes them. They are created as the topology says,
 * marked as this tool's own, watched while the run drains, and removed at its end. A topology that the server cannot
 * honour is refused before anything is created.
 */
import { DiscardPolicy, RetentionPolicy, StorageType } from 'nats';
import type { JetStreamManager, StreamConfig } from 'nats';
import { BrokerError, InternalError, UnsupportedError } from '../../domain/errors.js';
import type { BrokerInfo, ClientInfo } from '../../domain/report/run-report.js';
import { streamSubjects } from '../../domain/stream-subjects.js';
import type { StreamSpec, JetStreamTopology, Topology } from '../../domain/topology.js';
import { jetStreamOnly } from '../../domain/topology-kind.js';
import { clientInfo } from '../client-info.js';
import { orderedState } from '../ordered-sequence.js';
import type { BrokerAdmin, DeliveredCounts, DurableState } from '../port.js';
import { openLink } from './connecting/connect.js';
import type { NatsLink } from './connecting/connect.js';
import type { NatsConnectionOptions } from './connecting/connection-options.js';
import { consumerConfig } from './consumer-config.js';
import { sayHello } from './connecting/hello.js';
import { describeOwner, ownerMetadata, ownerOf, streamMark, thisProcess } from './mark.js';
import type { OnNatsNote } from './notes.js';
import { isStreamNotFound, requestError } from './connecting/request-errors.js';
import { capabilities, hasCapability } from './connecting/server-version.js';
import type { Capability } from './connecting/server-version.js';

export interface NatsAdminOptions {
  readonly runId: string;
  /** Where the stream keeps its events. */
  readonly storage: 'file' | 'memory';
  readonly onNote: OnNatsNote;
}

const helloTimeoutMs = 5_000;
const requestTimeoutMs = 5_000;
const nothingDelivered: DeliveredCounts = { count: () => 0 };

/** @throws {BrokerError} if the server cannot be reached, or has no JetStream for this user */
export async function openAdmin(connection: NatsConnectionOptions, options: NatsAdminOptions): Promise<NatsAdmin> {
  await sayHello(connection, helloTimeoutMs);
  const link = await openLink(connection, `eventbus-bench ${options.runId} admin`);
  try {
    return new NatsAdmin(connection, link, await openManager(link), options);
  } catch (error) {
    await link.close();
    throw error;
  }
}

/** The client's JetStream manager, without a request to the server. */
export function clientManager(link: NatsLink): Promise<JetStreamManager> {
  return link.client.jetstreamManager({ timeout: requestTimeoutMs, checkAPI: false });
}

/**
 * The client's JetStream manager, after a request for the account.
 * @throws {BrokerError} if JetStream cannot be used
 */
export async function openManager(link: NatsLink): Promise<JetStreamManager> {
  try {
    const manager = await clientManager(link);
    await manager.getAccountInfo();
    return manager;
  } catch (error) {
    throw link.failure ?? requestError(error, { doing: 'open JetStream', where: link.where });
  }
}

export class NatsAdmin implements BrokerAdmin {
  readonly broker: BrokerInfo;
  readonly #connection: NatsConnectionOptions;
  readonly #options: NatsAdminOptions;
  #link: NatsLink;
  #manager: JetStreamManager;
  /** Set before the stream is created, so that it is removed even if the answer was lost. */
  #topology: JetStreamTopology | null = null;
  #givenUp = 0;

  constructor(connection: NatsConnectionOptions, link: NatsLink, manager: JetStreamManager, options: NatsAdminOptions) {
    this.#connection = connection;
    this.#link = link;
    this.#manager = manager;
    this.#options = options;
    this.broker = { kind: 'nats', version: link.client.info?.version ?? null, url: link.where };
  }

  /** Number of events that the server gave up after max_deliver deliveries, by its advisories. */
  get givenUp(): number {
    return this.#givenUp;
  }

  clientOf(topology: Topology): ClientInfo {
    return clientInfo(jetStreamOnly(topology).natsClient === 'nats-io' ? '@nats-io/jetstream' : 'nats');
  }

  async create(given: Topology): Promise<void> {
    const topology = jetStreamOnly(given);
    const { stream, durables } = topology;
    if (!stream.name.startsWith(streamMark)) {
      throw new InternalError(`the stream ${stream.name} does not begin with ${streamMark}`);
    }
    if (this.#topology !== null) throw new InternalError('a second topology was made before the first was removed');
    refuseUnsupported(topology, this.broker.version, this.#link.where);
    this.#topology = topology;
    await this.#request(`make the stream ${stream.name}`, () => this.#manager.streams.add(this.#streamConfig(stream)));
    this.#watchGivenUp(stream.name);
    for (const durable of durables.filter(({ ordered }) => ordered === undefined)) {
      await this.#request(`make the durable ${durable.name}`, () =>
        this.#manager.consumers.add(stream.name, consumerConfig(durable)),
      );
    }
  }

  async durables(delivered: DeliveredCounts = nothingDelivered): Promise<readonly DurableState[]> {
    const topology = this.#topology;
    if (topology === null) return [];
    const isOrdered = topology.durables.some(({ ordered }) => ordered !== undefined);
    const storedOn = isOrdered ? await this.#storedByTopic(topology.stream) : () => 0;
    return Promise.all(
      topology.durables.map(async ({ name, ordered }) => {
        if (ordered !== undefined) return orderedState(topology, name, storedOn, delivered);
        const info = await this.#request(`tell the state of the durable ${name}`, () =>
          this.#manager.consumers.info(topology.stream.name, name),
        );
        return { name, pending: info.num_pending, ackPending: info.num_ack_pending };
      }),
    );
  }

  /** Number of messages in the stream, by topic. */
  async #storedByTopic({ name, subjects }: StreamSpec): Promise<(topic: number) => number> {
    const { state } = await this.#request(`tell what is in the stream ${name}`, () =>
      this.#manager.streams.info(name, { subjects_filter: '>' }),
    );
    return (topic) => state.subjects?.[subjects[topic]!] ?? 0;
  }

  /** @throws {BrokerError} if the server cannot be reached, so that the stream may still be there */
  async remove(): Promise<void> {
    const topology = this.#topology;
    if (topology === null) return;
    const { name } = topology.stream;
    if (this.#link.client.isClosed()) {
      this.#link = await openLink(this.#connection, `eventbus-bench ${this.#options.runId} admin`);
      this.#manager = await openManager(this.#link);
    }
    await this.#request(`remove the stream ${name}`, () => removeOwnStream(this.#manager, name, this.#options.runId));
    this.#topology = null;
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  async #request<T>(doing: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.#link.failure ?? requestError(error, { doing, where: this.#link.where });
    }
  }

  #streamConfig(stream: StreamSpec): Partial<StreamConfig> {
    const owner = thisProcess(this.#options.runId);
    return {
      name: stream.name,
      subjects: [...streamSubjects(stream)],
      description: describeOwner(owner),
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.New,
      storage: this.#options.storage === 'file' ? StorageType.File : StorageType.Memory,
      num_replicas: 1,
      ...(hasCapability(this.broker.version, capabilities.metadata) ? { metadata: ownerMetadata(owner) } : {}),
    };
  }

  /** Notes the events that the server gives up. A server that does not permit the subscription is no obstacle. */
  #watchGivenUp(stream: string): void {
    const subject = `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${stream}.*`;
    this.#link.client.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) return;
        this.#givenUp++;
        this.#options.onNote('given-up', givenUpDetail(message.data));
      },
    });
  }
}

/** Removes the stream if it exists and this run created it; any other stream is left as it is. */
async function removeOwnStream(manager: JetStreamManager, name: string, runId: string): Promise<void> {
  try {
    const { config } = await manager.streams.info(name);
    if (ownerOf(name, config.description)?.runId !== runId) return;
    await manager.streams.delete(name);
  } catch (error) {
    if (!isStreamNotFound(error)) throw error;
  }
}

/**
 * Refuses a topology that the server's version cannot honour.
 * @throws {BrokerError} if the server is too old for every topology, which ends the run
 * @throws {UnsupportedError} if it, or the client, lacks what this topology needs, which fails this row only
 */
function refuseUnsupported({ durables, natsClient }: JetStreamTopology, version: string | null, where: string): void {
  if (
    natsClient === 'nats-io' &&
    durables.some(({ pinned, ordered }) => pinned !== undefined || ordered !== undefined)
  ) {
    throw new UnsupportedError(
      'pinned and ordered consumers are not driven with @nats-io/jetstream here',
      'use --nats-client nats for this strategy',
    );
  }
  const lacks = ({ name, since }: Capability): string =>
    `${where} is nats-server ${version ?? 'of an unknown version'}; ${name} needs ${since} or later`;
  const newer = 'use a newer server (eventbus-bench brokers nats fetches one)';
  if (!hasCapability(version, capabilities.pullConsumers)) {
    throw new BrokerError(lacks(capabilities.pullConsumers), newer);
  }
  const needed = [
    ...(durables.some(({ filterSubjects }) => filterSubjects.length > 1) ? [capabilities.multipleFilters] : []),
    ...(durables.some(({ pinned }) => pinned !== undefined) ? [capabilities.pinnedClients] : []),
  ];
  const missing = needed.find((capability) => !hasCapability(version, capability));
  if (missing === undefined) return;
  throw new UnsupportedError(lacks(missing), `${newer}, or a mode or strategy that does without`);
}

function givenUpDetail(advisory: Uint8Array): { durable: string | null; position: number | null } {
  try {
    const { consumer, stream_seq } = JSON.parse(new TextDecoder().decode(advisory)) as Record<string, unknown>;
    return {
      durable: typeof consumer === 'string' ? consumer : null,
      position: typeof stream_seq === 'number' ? stream_seq : null,
    };
  } catch {
    return { durable: null, position: null };
  }
}
