/**
 * The model of one Kafka broker, without network and clients: topics with their partition logs, fetches that wait, and
 * consumer groups. The broker leads every partition and coordinates every group, as a private one does. It makes no
 * random choice; the order of records in a partition is the order in which produce requests arrive.
 *
 * The rules are those of docs/CONFORMANCE-KAFKA.md.
 */
import { InternalError } from '../../../domain/errors.js';
import { Refusal } from './errors.js';
import { FetchWaits, type FetchedPartition, type FetchRequest } from './fetch-waits.js';
import { KafkaGroup, type GroupSettings } from './group.js';
import { PartitionLog } from './partition-log.js';
import type { Moments } from './client/timer.js';

/**
 * Records of one partition in a fetch, at most: kafkajs asks for 1 MiB of each, and records here have some 200 bytes.
 */
const partitionRecordsMax = 5_000;
/** Records of a whole fetch, at most: 10 MiB of them. */
const fetchRecordsMax = 50_000;

export interface ProduceRequest<T> {
  /** `none`: nobody waits for the answer. `all` is refused while the topics are not writable. */
  readonly acks: 'none' | 'leader' | 'all';
  /** Null: not idempotent. */
  readonly producerId: number | null;
  readonly partitions: readonly ProducedPartition<T>[];
}

export interface ProducedPartition<T> {
  readonly topic: string;
  readonly partition: number;
  readonly firstSequence: number;
  readonly records: readonly T[];
}

export interface ProduceAnswer {
  readonly topic: string;
  readonly partition: number;
  readonly baseOffset: number;
  readonly refusal: Refusal | null;
}

export class KafkaModel<T> {
  readonly #time: Moments;
  readonly #groupSettings: GroupSettings;
  readonly #topics = new Map<string, PartitionLog<T>[]>();
  readonly #groups = new Map<string, KafkaGroup>();
  readonly #fetchWaits: FetchWaits;
  #isWritable = true;
  #producerIds = 0;

  constructor(time: Moments, groupSettings: GroupSettings) {
    this.#time = time;
    this.#groupSettings = groupSettings;
    this.#fetchWaits = new FetchWaits(time);
  }

  createTopic(name: string, partitions: number): void {
    this.#topics.set(
      name,
      Array.from({ length: partitions }, () => new PartitionLog<T>()),
    );
  }

  /** Adds partitions to every topic, so that it has at least `count`. Stored records stay where they are. */
  addPartitions(count: number): void {
    for (const logs of this.#topics.values()) while (logs.length < count) logs.push(new PartitionLog<T>());
  }

  partitionCount(topic: string): number {
    return this.#topics.get(topic)?.length ?? 0;
  }

  /** Null: there is no such partition. */
  log(topic: string, partition: number): PartitionLog<T> | null {
    return this.#topics.get(topic)?.[partition] ?? null;
  }

  /** False stands for `min.insync.replicas` above the number of replicas: producers with acks `all` are refused. */
  setWritable(writable: boolean): void {
    this.#isWritable = writable;
  }

  newProducerId(): number {
    this.#producerIds++;
    return this.#producerIds;
  }

  /** Appends each partition's records, or refuses them, independently of the other partitions of the request. */
  produce(request: ProduceRequest<T>): readonly ProduceAnswer[] {
    const answers = request.partitions.map((part) => this.#append(request, part));
    for (const { topic, partition, refusal } of answers) {
      if (refusal === null) this.#fetchWaits.appended(topic, partition);
    }
    return answers;
  }

  /** Answers at once if there are records, else when one comes. @param client has at most one fetch outstanding */
  fetch(
    client: number,
    request: FetchRequest,
    answer: (partitions: readonly FetchedPartition<T>[] | Refusal) => void,
  ): void {
    const found = this.#read(request);
    if (found instanceof Refusal || found.some(({ records }) => records.length > 0)) answer(found);
    else this.#fetchWaits.add(client, request, () => answer(this.#read(request)));
  }

  group(id: string): KafkaGroup {
    let group = this.#groups.get(id);
    if (group === undefined) this.#groups.set(id, (group = new KafkaGroup(this.#time, this.#groupSettings)));
    return group;
  }

  /** The broker dies. Its logs are kept. */
  crash(): void {
    this.#fetchWaits.clear();
    for (const group of this.#groups.values()) group.crash();
  }

  recover(): void {
    for (const group of this.#groups.values()) group.recover();
  }

  #append(
    request: ProduceRequest<T>,
    { topic, partition, firstSequence, records }: ProducedPartition<T>,
  ): ProduceAnswer {
    const refused = (code: Refusal['code']): ProduceAnswer => ({
      topic,
      partition,
      baseOffset: -1,
      refusal: new Refusal(code),
    });
    const log = this.log(topic, partition);
    if (log === null) return refused('UNKNOWN_TOPIC_OR_PARTITION');
    if (!this.#isWritable && request.acks === 'all') return refused('NOT_ENOUGH_REPLICAS');
    const { producerId } = request;
    const outcome = log.append(records, producerId === null ? null : { producerId, firstSequence });
    switch (outcome.kind) {
      case 'appended':
      case 'duplicate':
        return { topic, partition, baseOffset: outcome.baseOffset, refusal: null };
      case 'out-of-order-sequence':
        return refused('OUT_OF_ORDER_SEQUENCE_NUMBER');
    }
  }

  #read({ partitions }: FetchRequest): FetchedPartition<T>[] | Refusal {
    let room = fetchRecordsMax;
    const found: FetchedPartition<T>[] = [];
    for (const { topic, partition, offset } of partitions) {
      const log = this.log(topic, partition);
      if (log === null) return new Refusal('UNKNOWN_TOPIC_OR_PARTITION');
      if (offset > log.endOffset) return new Refusal('OFFSET_OUT_OF_RANGE');
      const records: T[] = [];
      const end = Math.min(log.endOffset, offset + Math.min(partitionRecordsMax, room));
      for (let i = offset; i < end; i++) records.push(log.at(i));
      room -= records.length;
      found.push({ topic, partition, baseOffset: offset, records });
    }
    if (room < 0) throw new InternalError('a fetch gave out more than it may');
    return found;
  }
}
