/**
 * A publisher's connection to the simulated Kafka. Events are batched into produce requests. A request that is refused
 * or not answered is sent again after a while, as kafkajs does it: all of it, even if parts were stored, with
 * partitions chosen anew. Requests sent later overtake it meanwhile, unless only one may be in flight. An idempotent
 * producer has one request in flight, and takes the sequence numbers of a failed one back. It follows
 * `producer/sendMessages.js` and `eosManager` of kafkajs 2.2.4.
 */
import type { KafkaPartitioner } from '../../../../domain/kafka.js';
import type { KafkaTopology } from '../../../../domain/topology.js';
import type { Scheduler } from '../../../../runtime/ports.js';
import { PublishFailure, type EventMessage, type PublishAck, type PublisherConnection } from '../../../port.js';
import { Batcher } from '../../../produce/batcher.js';
import { keyOf } from '../../../../domain/kafka.js';
import { keyHash } from '../../../produce/partitioner.js';
import { ClientMetadata } from './metadata.js';
import { RequestEncoder } from './request-encoder.js';
import { connectionRetry, metadataMaxAgeMs } from './settings.js';
import type { OnKafkaNote } from '../notes.js';
import { isRetriedBySender, KafkaFailure, Refusal } from '../errors.js';
import type { ProduceAnswer, ProducedPartition } from '../kafka-model.js';
import { KafkaConnection, type SimulatedBroker } from '../network.js';
import { Backoff } from './retry.js';
import { kafkaClientTable, Latency } from '../../latency.js';

export interface ProducerOptions {
  readonly broker: SimulatedBroker<EventMessage>;
  readonly scheduler: Scheduler;
  readonly topology: KafkaTopology;
  /** Its index among those of the run. */
  readonly publisher: number;
  readonly onNote: OnKafkaNote;
}

interface Publishing {
  readonly message: EventMessage;
  readonly settle: (outcome: PublishAck | PublishFailure) => void;
}

/** One produce request, from the first attempt to its end. */
interface Sending {
  readonly items: readonly Publishing[];
  readonly ended: () => void;
  backoff: Backoff | null;
  attempts: number;
  lastError: string;
}

/** A partition's share of an attempt. */
interface Share extends ProducedPartition<EventMessage> {
  readonly items: readonly Publishing[];
}

/** Above the number of partitions of any topic. */
const partitionsMax = 1_000_000;

/** The answer with acks `none`: where the event was stored is not known. */
const unknownPlace: PublishAck = { partition: -1, position: 0, duplicate: false };

/** Size of an event's key and value that is counted towards a full request. */
const eventBytes = 110;

export class SimulatedKafkaProducer implements PublisherConnection {
  readonly #options: ProducerOptions;
  readonly #connection: KafkaConnection<EventMessage>;
  readonly #metadata: ClientMetadata<EventMessage>;
  readonly #batcher: Batcher<Publishing>;
  readonly #partitioner: KafkaPartitioner;
  readonly #clientTime: Latency;
  readonly #hashes = new Map<string, number>();
  /** The last number drawn or counted for an event without a key, by topic; undefined before the first such event. */
  readonly #spread: (number | undefined)[] = [];
  #producerId: number | null = null;
  /** Next sequence number of an idempotent producer, by topic and partition. */
  readonly #sequences = new Map<string, number>();
  /** An idempotent producer's attempts that wait for the one in flight. */
  readonly #waiting: Sending[] = [];
  #isLocked = false;
  /** null: requests are written in the order in which they were handed in. */
  readonly #encoder: RequestEncoder | null;

  constructor(options: ProducerOptions) {
    const { broker, scheduler, topology, publisher } = options;
    const { lingerMs, produceBatchBytes, requestsInFlight, partitioners } = topology.producer;
    const { time, prng } = broker;
    this.#options = options;
    this.#connection = new KafkaConnection(broker, {
      time: { nowMs: () => time.nowMs(), sleep: (ms) => time.sleep(ms), awake: () => Promise.resolve() },
      dialing: connectionRetry,
      prng,
      onDisconnect: () => options.onNote('fault', { what: 'disconnect', publisher }),
      onReconnect: () => options.onNote('reconnect', { publisher }),
    });
    const topics = topology.topics.map(({ name }) => name);
    this.#metadata = new ClientMetadata(this.#connection, topics, metadataMaxAgeMs, () => time.nowMs());
    this.#partitioner = partitioners[publisher % partitioners.length]!;
    this.#encoder = topology.producer.sendOrder === 'kept' ? null : new RequestEncoder(scheduler);
    this.#clientTime = new Latency(prng, kafkaClientTable);
    this.#batcher = new Batcher<Publishing>({
      lingerMs,
      batchBytes: produceBatchBytes,
      requestsInFlight,
      later: (ms, callback) => time.at(time.nowMs() + ms, callback),
      send: (items, ended) => this.#send({ items, ended, backoff: null, attempts: 0, lastError: '' }),
    });
  }

  async open(): Promise<void> {
    await this.#metadata.refresh();
    if (!this.#options.topology.producer.idempotent) return;
    this.#producerId = await this.#connection.request<number>((model, answer) => answer(model.newProducerId()));
  }

  async publish(message: EventMessage): Promise<PublishAck> {
    const outcome = await this.#options.broker.time.completion<PublishAck | PublishFailure>((settle) => {
      this.#batcher.add({ message, settle }, eventBytes);
    });
    if (outcome instanceof PublishFailure) throw outcome;
    return outcome;
  }

  close(): Promise<void> {
    this.#connection.close();
    for (const { settle } of this.#batcher.takeWaiting()) settle(new PublishFailure('the connection was closed'));
    return Promise.resolve();
  }

  #send(sending: Sending): void {
    if (this.#producerId !== null && this.#isLocked) {
      this.#waiting.push(sending);
      return;
    }
    this.#isLocked = true;
    if (this.#connection.isOpen && !this.#metadata.isDue()) this.#attempt(sending);
    else this.#afterRefresh(sending, () => this.#attempt(sending));
  }

  #attempt(sending: Sending): void {
    sending.attempts++;
    if (sending.attempts > 1) this.#noteRetry(sending);
    const shares = this.#shares(sending.items);
    for (const { topic, partition, records } of shares) this.#moveSequence(topic, partition, records.length);
    const write = (): void => this.#write(sending, shares);
    if (this.#encoder === null) write();
    else this.#encoder.encode(shares, write);
  }

  #write(sending: Sending, shares: readonly Share[]): void {
    const { acks } = this.#options.topology.producer;
    const request = { acks, producerId: this.#producerId, partitions: shares };
    if (acks === 'none') {
      this.#connection.tell((model) => void model.produce(request));
      this.#succeeded(sending, shares, null);
      return;
    }
    this.#connection.call<readonly ProduceAnswer[]>(
      (model, answer) => answer(model.produce(request)),
      (answer) => {
        const failure = failureIn(answer);
        if (failure === null) {
          this.#succeeded(sending, shares, answer as readonly ProduceAnswer[]);
          return;
        }
        for (const { topic, partition, records } of shares) this.#moveSequence(topic, partition, -records.length);
        this.#failed(sending, failure);
      },
    );
  }

  #noteRetry({ attempts, items, lastError }: Sending): void {
    const { publisher, onNote } = this.#options;
    onNote('fault', { what: 'produce-retry', publisher, attempt: attempts, events: items.length, error: lastError });
  }

  /** @param answers null: none were asked for */
  #succeeded(sending: Sending, shares: readonly Share[], answers: readonly ProduceAnswer[] | null): void {
    const { time } = this.#options.broker;
    time.at(time.nowMs() + this.#clientTime.draw(), () => {
      shares.forEach(({ partition, items }, i) => {
        const baseOffset = answers?.[i]?.baseOffset ?? null;
        items.forEach(({ settle }, index) => {
          settle(
            baseOffset === null ? unknownPlace : { partition, position: baseOffset + index + 1, duplicate: false },
          );
        });
      });
      sending.ended();
    });
    this.#release();
  }

  #failed(sending: Sending, failure: KafkaFailure): void {
    this.#release();
    const { topology, broker } = this.#options;
    sending.backoff ??= new Backoff({ ...connectionRetry, retries: topology.producer.retries }, broker.prng);
    const waitMs = isRetriedBySender(failure) ? sending.backoff.nextMs() : null;
    if (waitMs === null) {
      for (const { settle } of sending.items) settle(new PublishFailure(failure.code));
      sending.ended();
      return;
    }
    sending.lastError = failure.code;
    this.#afterRefresh(sending, () => {
      broker.time.at(broker.time.nowMs() + waitMs, () => this.#send(sending));
    });
  }

  /** Refreshes the metadata and goes on, whether that succeeds or not, unless the client was closed. */
  #afterRefresh(sending: Sending, goOn: () => void): void {
    this.#options.scheduler.spawn('producer metadata', async () => {
      try {
        await this.#metadata.refresh();
      } catch (failure) {
        if (!(failure instanceof KafkaFailure)) throw failure;
        if (failure.code === 'CLIENT_CLOSED') {
          for (const { settle } of sending.items) settle(new PublishFailure(failure.code));
          return;
        }
      }
      goOn();
    });
  }

  #release(): void {
    this.#isLocked = false;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#send(next);
  }

  #shares(items: readonly Publishing[]): readonly Share[] {
    const { topology } = this.#options;
    const shares = new Map<number, { topic: string; partition: number; items: Publishing[] }>();
    for (const item of items) {
      const { name: topic } = topology.topics[item.message.topic]!;
      const partition = this.#partitionOf(item.message, topic);
      const key = item.message.topic * partitionsMax + partition;
      const share = shares.get(key);
      if (share === undefined) shares.set(key, { topic, partition, items: [item] });
      else share.items.push(item);
    }
    return [...shares.values()].map((share) => ({
      ...share,
      firstSequence: this.#producerId === null ? 0 : (this.#sequences.get(`${share.topic}/${share.partition}`) ?? 0),
      records: share.items.map(({ message }) => message),
    }));
  }

  #partitionOf(event: EventMessage, topicName: string): number {
    const number = this.#hashOf(event) ?? this.#nextInTurn(event.topic);
    return number % this.#metadata.partitionCount(topicName);
  }

  /** For an event without a key: the partitions in turn, from one that chance chooses. */
  #nextInTurn(topic: number): number {
    const last = this.#spread[topic] ?? this.#options.broker.prng.below(2 ** 32);
    this.#spread[topic] = last + 1;
    return (last + 1) & 0x7fffffff;
  }

  /** null: events have no key. */
  #hashOf(event: EventMessage): number | null {
    const known = this.#hashes.get(event.aggregateId);
    if (known !== undefined) return known;
    const kind = this.#options.topology.producer.key;
    const key = keyOf(kind, event);
    if (key === null) return null;
    const hash = keyHash(key, this.#partitioner);
    if (kind !== 'event') this.#hashes.set(event.aggregateId, hash);
    return hash;
  }

  #moveSequence(topic: string, partition: number, by: number): void {
    if (this.#producerId === null) return;
    const key = `${topic}/${partition}`;
    this.#sequences.set(key, (this.#sequences.get(key) ?? 0) + by);
  }
}

function failureIn(answer: readonly ProduceAnswer[] | Refusal | KafkaFailure): KafkaFailure | null {
  if (answer instanceof KafkaFailure) return answer;
  if (answer instanceof Refusal) return new KafkaFailure(answer.code);
  const refusal = answer.find((part) => part.refusal !== null)?.refusal;
  return refusal === null || refusal === undefined ? null : new KafkaFailure(refusal.code);
}
