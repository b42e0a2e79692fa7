/**
 * Publishes events fast with kafkajs. By itself it sends one request for each call and is a tenth as fast, so a batcher
 * stands in front of it: the events of one moment share one request. The client's own retries, idempotence and limit of
 * requests in flight are used as they are. Its partitioner hook is used to choose, and learn, each event's partition.
 *
 * On a retry the client sends the request again, to every broker that did not accept all of its part. If one partition
 * refused its events and another stored its own, the latter are stored a second time, unless the producer is
 * idempotent.
 */
import kafkajs from 'kafkajs';
import type { ICustomPartitioner, LogEntry, Message, Producer, RecordMetadata, TopicMessages } from 'kafkajs';
import { BrokerError, InternalError } from '../../../domain/errors.js';
import type { ToolError } from '../../../domain/errors.js';
import type { KafkaTopology } from '../../../domain/topology.js';
import { encodeEvent } from '../../event-codec.js';
import type { EventMessage, PublishAck, PublisherConnection } from '../../port.js';
import { PublishFailure } from '../../port.js';
import { Batcher } from '../../produce/batcher.js';
import { kafkaClientConfig } from './client-config.js';
import { reasonIn, saysUnreachable, withLog } from './client-log.js';
import { toBrokerError } from '../connecting/connect-errors.js';
import type { KafkaConnectionOptions } from '../connecting/connection-options.js';
import { EventKeys } from '../event-keys.js';
import { later } from '../linger-timer.js';
import type { OnKafkaNote } from '../notes.js';
import { giveUpAfterMsDefault, Outage } from '../outage.js';
import { ProduceRequest } from '../produce-request.js';
import type { PendingEvent } from '../produce-request.js';
import { SendOrder } from './send-order.js';
import { within } from '../bounded-wait.js';

export interface KafkaPublisherOptions {
  readonly topology: KafkaTopology;
  /** Its index among the publishers of the run. */
  readonly publisher: number;
  readonly clientId: string;
  readonly onNote: OnKafkaNote;
}

/**
 * A message that the client hands to its partitioner. The client copies all own properties of a message, which took a
 * tenth of the time, so only those that it needs are own properties; the others are private fields.
 */
class ClientMessage implements Message {
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly #pending: PendingEvent;
  readonly #request: ProduceRequest;

  constructor(pending: PendingEvent, request: ProduceRequest) {
    this.key = pending.key as Buffer | null;
    this.value = pending.value as Buffer;
    this.#pending = pending;
    this.#request = request;
  }

  get pending(): PendingEvent {
    return this.#pending;
  }

  get request(): ProduceRequest {
    return this.#request;
  }
}

/** The age at which metadata is refreshed, and so how soon added partitions are used. */
const metadataMaxAgeMs = 1_000;
const closeTimeoutMs = 800;
const acksOf = { none: 0, leader: 1, all: -1 } as const;

/** @throws {BrokerError} */
export async function openPublisher(
  connection: KafkaConnectionOptions,
  options: KafkaPublisherOptions,
): Promise<KafkaPublisher> {
  const publisher = new KafkaPublisher(connection, options);
  await publisher.connect();
  return publisher;
}

export class KafkaPublisher implements PublisherConnection {
  readonly #connection: KafkaConnectionOptions;
  readonly #options: KafkaPublisherOptions;
  readonly #producer: Producer;
  readonly #batcher: Batcher<PendingEvent>;
  readonly #outage: Outage;
  readonly #keys: EventKeys;
  readonly #topicIndex: ReadonlyMap<string, number>;
  readonly #outstanding = new Set<ProduceRequest>();
  /** null: requests are handed to the client at once, which writes them in an order of its own. */
  readonly #order: SendOrder | null;
  #lastReason = '';
  #failure: ToolError | null = null;

  constructor(connection: KafkaConnectionOptions, options: KafkaPublisherOptions) {
    const { topology, publisher } = options;
    const { producer } = topology;
    this.#connection = connection;
    this.#options = options;
    this.#keys = new EventKeys(
      producer.partitioners[publisher % producer.partitioners.length] ?? 'default',
      producer.key,
    );
    this.#topicIndex = new Map(topology.topics.map(({ name }, topic) => [name, topic]));
    this.#order = producer.sendOrder === 'kept' ? new SendOrder() : null;
    this.#outage = this.#watchOutage();
    this.#producer = this.#createProducer();
    this.#batcher = new Batcher({
      lingerMs: producer.lingerMs,
      batchBytes: producer.produceBatchBytes,
      requestsInFlight: producer.requestsInFlight,
      later,
      send: (batch, ended) => this.#send(batch, ended),
    });
  }

  /** @throws {BrokerError} */
  async connect(): Promise<void> {
    try {
      await this.#producer.connect();
    } catch (error) {
      this.#outage.close();
      throw this.#failure ?? toBrokerError(error, { connection: this.#connection, doing: 'take a producer' });
    }
  }

  publish(event: EventMessage): Promise<PublishAck> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure);
      const value = Buffer.from(encodeEvent(event));
      const { topic } = event;
      const keyed = this.#keys.of(event);
      const pending = {
        topic,
        key: keyed?.bytes ?? null,
        hash: keyed?.hash ?? 0,
        value,
        resolve,
        reject,
        partition: -1,
      };
      this.#batcher.add(pending, value.length + (keyed?.bytes.length ?? 0));
    });
  }

  async close(): Promise<void> {
    this.#failure ??= new BrokerError('the publisher was closed', 'publish before closing it');
    this.#outage.close();
    this.#rejectAll(() => new PublishFailure('the publisher was closed before the broker answered'));
    await within(closeTimeoutMs, this.#producer.disconnect());
  }

  #createProducer(): Producer {
    const { clientId, topology } = this.#options;
    const { idempotent, retries, requestsInFlight } = topology.producer;
    const config = withLog(kafkaClientConfig(this.#connection, clientId), 'errors', (entry) => this.#onLog(entry));
    const producer = new kafkajs.Kafka(config).producer({
      createPartitioner: this.#createPartitioner,
      idempotent,
      metadataMaxAge: metadataMaxAgeMs,
      allowAutoTopicCreation: false,
      retry: { retries },
      ...(requestsInFlight === null ? {} : { maxInFlightRequests: requestsInFlight }),
    });
    producer.on(producer.events.REQUEST, () => this.#outage.answered());
    return producer;
  }

  /** Called for every event at each attempt. Events without a key are spread as the client spreads them. */
  readonly #createPartitioner: ICustomPartitioner = () => {
    const spread = kafkajs.Partitioners.DefaultPartitioner();
    return (asked) => {
      const { message, partitionMetadata } = asked;
      if (!(message instanceof ClientMessage)) throw new InternalError('the client asked about a message of its own');
      const { pending, request } = message;
      if (pending === request.events[0]) this.#onAttempt(request);
      pending.partition = pending.key === null ? spread(asked) : pending.hash % partitionMetadata.length;
      return pending.partition;
    };
  };

  #onAttempt(request: ProduceRequest): void {
    if (++request.attempts === 1) return this.#order?.begun();
    this.#options.onNote('fault', {
      what: 'produce-retry',
      publisher: this.#options.publisher,
      attempt: request.attempts,
      events: request.events.length,
      error: this.#lastReason,
    });
  }

  #send(batch: readonly PendingEvent[], ended: () => void): void {
    const request = new ProduceRequest(batch);
    this.#outstanding.add(request);
    const over = (): void => {
      if (request.attempts === 0) this.#order?.begun();
      this.#outstanding.delete(request);
      ended();
    };
    const begin = (): void => {
      this.#produce(request).then(
        (answer) => {
          over();
          request.stored(answer, this.#topicIndex);
        },
        (error: unknown) => {
          over();
          request.failed(() => this.#failure ?? new PublishFailure(this.#failureText(error)));
        },
      );
    };
    if (this.#order === null) begin();
    else this.#order.enqueue(begin);
  }

  async #produce(request: ProduceRequest): Promise<RecordMetadata[]> {
    if (this.#failure !== null) throw this.#failure;
    const acks = acksOf[this.#options.topology.producer.acks];
    return this.#producer.sendBatch({ acks, topicMessages: this.#topicMessages(request) });
  }

  #topicMessages(request: ProduceRequest): TopicMessages[] {
    const byTopic: ClientMessage[][] = [];
    for (const pending of request.events) (byTopic[pending.topic] ??= []).push(new ClientMessage(pending, request));
    return byTopic.flatMap((messages, topic) => [{ topic: this.#options.topology.topics[topic]!.name, messages }]);
  }

  #failureText(error: unknown): string {
    return toBrokerError(error, { connection: this.#connection, doing: 'store the event' }).message;
  }

  #onLog(entry: LogEntry): void {
    this.#lastReason = reasonIn(entry);
    if (saysUnreachable(entry)) this.#outage.failed(this.#lastReason);
  }

  #watchOutage(): Outage {
    const { onNote, publisher } = this.#options;
    return new Outage({
      giveUpAfterMs: this.#connection.giveUpAfterMs ?? giveUpAfterMsDefault,
      onDown: () => onNote('fault', { what: 'disconnect', publisher }),
      onUp: () => onNote('reconnect', { publisher }),
      onLost: (reason) => {
        if (this.#outstanding.size === 0) return false;
        const error = new kafkajs.KafkaJSConnectionError(reason, {});
        const failure = toBrokerError(error, { connection: this.#connection, doing: 'be published to' });
        this.#failure = failure;
        this.#rejectAll(() => failure);
        return true;
      },
    });
  }

  #rejectAll(errorOf: () => Error): void {
    for (const request of this.#outstanding) request.failed(errorOf);
    for (const { reject } of this.#batcher.takeWaiting()) reject(errorOf());
  }
}
