/**
 * Publishes events with @platformatic/kafka, through the same batcher as with kafkajs, with one `send` for each
 * request. The partition is computed here from the client's metadata, because its answer does not say which event went
 * where.
 */
import type { Producer } from '@platformatic/kafka';
import type { ToolError } from '../../../domain/errors.js';
import { BrokerError } from '../../../domain/errors.js';
import type { KafkaTopology } from '../../../domain/topology.js';
import { encodeEvent } from '../../event-codec.js';
import type { EventMessage, PublishAck, PublisherConnection } from '../../port.js';
import { PublishFailure } from '../../port.js';
import { Batcher } from '../../produce/batcher.js';
import { toBrokerError } from '../connecting/connect-errors.js';
import type { KafkaConnectionOptions } from '../connecting/connection-options.js';
import { EventKeys } from '../event-keys.js';
import { later } from '../linger-timer.js';
import { ProduceRequest } from '../produce-request.js';
import type { PendingEvent, StoredAt } from '../produce-request.js';
import type { KafkaPublisherOptions } from '../kafkajs/publisher.js';
import { baseOptions, loadPlatformatic } from './client.js';
import { requireProducer } from './requirements.js';

const acksOf = { none: 0, leader: 1, all: -1 } as const;

/** @throws {BrokerError} */
export async function openPlatformaticPublisher(
  connection: KafkaConnectionOptions,
  options: KafkaPublisherOptions,
): Promise<PlatformaticPublisher> {
  const { producer, topics } = options.topology;
  requireProducer(producer);
  const { Producer: ClientProducer } = await loadPlatformatic();
  const client = new ClientProducer({
    ...baseOptions(connection, options.clientId),
    retries: producer.retries,
    acks: acksOf[producer.acks],
    idempotent: producer.idempotent,
    repeatOnStaleMetadata: true,
    ...(producer.requestsInFlight === null ? {} : { maxInflights: producer.requestsInFlight }),
  });
  try {
    await client.metadata({ topics: topics.map(({ name }) => name) });
  } catch (error) {
    await client.close().catch(() => {});
    throw toBrokerError(error, { connection, doing: 'take a producer' });
  }
  return new PlatformaticPublisher(connection, options, client);
}

export class PlatformaticPublisher implements PublisherConnection {
  readonly #connection: KafkaConnectionOptions;
  readonly #topology: KafkaTopology;
  readonly #client: Producer;
  readonly #batcher: Batcher<PendingEvent>;
  readonly #keys: EventKeys;
  readonly #topicIndex: ReadonlyMap<string, number>;
  readonly #outstanding = new Set<ProduceRequest>();
  /** Number of events without a key so far, by topic. They take the partitions in turn, as with the client alone. */
  readonly #spread: number[];
  #failure: ToolError | null = null;

  constructor(connection: KafkaConnectionOptions, options: KafkaPublisherOptions, client: Producer) {
    const { topology, publisher, onNote } = options;
    const { producer, topics } = topology;
    this.#connection = connection;
    this.#topology = topology;
    this.#client = client;
    this.#keys = new EventKeys(
      producer.partitioners[publisher % producer.partitioners.length] ?? 'default',
      producer.key,
    );
    this.#topicIndex = new Map(topics.map(({ name }, topic) => [name, topic]));
    this.#spread = topics.map(() => 0);
    this.#batcher = new Batcher({
      lingerMs: producer.lingerMs,
      batchBytes: producer.produceBatchBytes,
      requestsInFlight: producer.requestsInFlight,
      later,
      send: (batch, ended) => void this.#send(new ProduceRequest(batch), ended),
    });
    client.on('client:performWithRetry:retry', (operation: unknown, attempt: unknown) => {
      if (operation !== 'produce') return;
      onNote('fault', { what: 'produce-retry', publisher, attempt: Number(attempt) + 2 });
    });
  }

  publish(event: EventMessage): Promise<PublishAck> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure);
      const value = Buffer.from(encodeEvent(event));
      const keyed = this.#keys.of(event);
      const [key, hash] = [keyed?.bytes ?? null, keyed?.hash ?? 0];
      this.#batcher.add(
        { topic: event.topic, key, hash, value, resolve, reject, partition: -1 },
        value.length + (key?.length ?? 0),
      );
    });
  }

  async close(): Promise<void> {
    this.#failure ??= new BrokerError('the publisher was closed', 'publish before closing it');
    const failure = (): Error => new PublishFailure('the publisher was closed before the broker answered');
    for (const request of this.#outstanding) request.failed(failure);
    for (const { reject } of this.#batcher.takeWaiting()) reject(failure());
    await this.#client.close().catch(() => {});
  }

  async #send(request: ProduceRequest, ended: () => void): Promise<void> {
    this.#outstanding.add(request);
    try {
      const answer = await this.#produce(request);
      request.stored(answer, this.#topicIndex);
    } catch (error) {
      const { message } = toBrokerError(error, { connection: this.#connection, doing: 'store the event' });
      request.failed(() => this.#failure ?? new PublishFailure(message));
    }
    this.#outstanding.delete(request);
    ended();
  }

  async #produce(request: ProduceRequest): Promise<readonly StoredAt[]> {
    const names = this.#topology.topics.map(({ name }) => name);
    const metadata = await this.#client.metadata({ topics: names });
    const messages = request.events.map((pending) => {
      const topic = names[pending.topic]!;
      const number = pending.key === null ? this.#spread[pending.topic]!++ : pending.hash;
      pending.partition = number % metadata.topics.get(topic)!.partitionsCount;
      const message = { topic, value: pending.value as Buffer, partition: pending.partition };
      return pending.key === null ? message : { ...message, key: pending.key as Buffer };
    });
    const { offsets = [] } = await this.#client.send({ messages });
    return offsets.map(({ topic, partition, offset }) => ({
      topicName: topic,
      partition,
      baseOffset: String(offset),
    }));
  }
}
