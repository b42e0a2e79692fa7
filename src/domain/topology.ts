/**
 * The streams, durables and subscriptions that a run makes on JetStream, the topics, groups and members on Kafka, and
 * which is bound to which. Modes make a topology, strategies may change it, drivers honour it or refuse it before
 * anything is published.
 */
import type { KafkaClient, KafkaConsume, KafkaKey, KafkaPartitioner, KafkaSendOrder } from './kafka.js';

/** The name of every stream that this tool makes begins so; `clean` touches no other stream. */
export const streamMark = 'EVENTBUS_BENCH_';

/** The name of every Kafka topic and group that this tool makes begins so; `clean` touches no others. */
export const kafkaMark = 'eventbus-bench.';

/** What a message id is made of; a stream drops a message whose id it has seen within its duplicate window. */
export const messageIdPolicies = ['none', 'event', 'aggregate'] as const;
export type MessageIdPolicy = (typeof messageIdPolicies)[number];

export interface StreamSpec {
  readonly name: string;
  /** Absent: none. */
  readonly messageId?: MessageIdPolicy;
  /** One subject a topic, in topic order; all but their last tokens are the same. */
  readonly subjects: readonly string[];
  /** Subject partitions, see `stream-subjects.ts`; absent: none. */
  readonly partitions?: number;
}

/** One puller is served at a time; the others wait until it has not pulled for `pinTimeoutMs`. */
export interface PinnedSpec {
  readonly group: string;
  readonly pinTimeoutMs: number;
}

/**
 * An ordered consumer: it knows no acks and is no durable. Its only subscription makes it when it begins, and makes it
 * again, behind the last message that it has seen, whenever one is missing.
 */
export interface OrderedSpec {
  /** The server deletes it once nobody has pulled for this long. */
  readonly inactiveMs: number;
}

export interface DurableSpec {
  readonly name: string;
  /** Empty: no filter, so every subject of the stream. */
  readonly filterSubjects: readonly string[];
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
  /** null: unlimited. */
  readonly maxDeliver: number | null;
  readonly backoffMs: readonly number[];
  /** Absent: everybody who pulls is served in turn. */
  readonly pinned?: PinnedSpec;
  /** Absent: a durable, made before the run. */
  readonly ordered?: OrderedSpec;
}

export interface SubscriptionSpec {
  /** Index in the topology's subscriptions. */
  readonly index: number;
  readonly name: string;
  /** Name of what keeps its position at the broker: its durable (JetStream), its consumer group (Kafka). */
  readonly durable: string;
  /**
   * Topics that this subscription is there for. JetStream: a delivery of another topic is a misroute. Kafka: the topics
   * that it subscribes to; which partitions of them it owns is the group's decision of the moment.
   */
  readonly ownsTopics: readonly number[];
  /**
   * Index of the bus (queue, dispatcher, lanes) that it feeds. Replicas of a service are processes of their own, so
   * each has its own; all subscriptions of one replica share one.
   */
  readonly bus: number;
  /** `later`: it joins in the middle of the run; `after a crash`: it takes the place of one that died. */
  readonly begins: 'at once' | 'later' | 'after a crash';
}

/** What the topology of any broker has. */
export interface CommonTopology {
  readonly subscriptions: readonly SubscriptionSpec[];
}

export interface JetStreamTopology extends CommonTopology {
  readonly kind: 'jetstream';
  readonly stream: StreamSpec;
  readonly durables: readonly DurableSpec[];
  /** Client library with which a real server is consumed from; absent: `nats`. */
  readonly natsClient?: NatsClient | undefined;
}

/**
 * `nats`: pull requests of this tool's own, over the client's connection. `nats-io`: the `consume()` of
 * `@nats-io/jetstream` 3.
 */
export const natsClients = ['nats', 'nats-io'] as const;
export type NatsClient = (typeof natsClients)[number];

export interface KafkaTopicSpec {
  readonly name: string;
  readonly partitions: number;
}

/** How the producers send; `kafka.ts` and `scenario/fields/kafka-fields.ts` say what each setting means. */
export interface KafkaProducerSpec {
  readonly acks: 'none' | 'leader' | 'all';
  readonly idempotent: boolean;
  /** Attempts after the first before a send is given up. */
  readonly retries: number;
  /** Produce requests that may be outstanding at once, retries included; null: unlimited. */
  readonly requestsInFlight: number | null;
  readonly key: KafkaKey;
  /** Publisher i hashes with `partitioners[i % partitioners.length]`. */
  readonly partitioners: readonly KafkaPartitioner[];
  /** How long an event may wait for others to share its request; 0: for those of the same moment only. */
  readonly lingerMs: number;
  /** Bytes of keys and values at which a request is full. */
  readonly produceBatchBytes: number;
  /** Order of requests that are handed in at once. */
  readonly sendOrder: KafkaSendOrder;
}

/** When a group's position is committed. */
export type KafkaCommit =
  | { readonly kind: 'never' }
  /**
   * The client's auto commit: at the end of each batch, and within it after an interval or a number of messages; null:
   * not.
   */
  | { readonly kind: 'auto'; readonly intervalMs: number | null; readonly threshold: number | null }
  /** Committed by the subscription itself, as soon as everything up to a position was acknowledged. */
  | { readonly kind: 'manual' };

export interface KafkaConsumerSpec {
  readonly consume: KafkaConsume;
  /** Partitions of which one member handles batches at the same time. */
  readonly partitionsConcurrently: number;
  readonly commit: KafkaCommit;
  /** How long a fetch waits at the broker for something to come. */
  readonly fetchWaitMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
}

export interface KafkaTopology extends CommonTopology {
  readonly kind: 'kafka';
  /** In topic order. */
  readonly topics: readonly KafkaTopicSpec[];
  /** Consumer groups, by their ids. */
  readonly groups: readonly string[];
  readonly client: KafkaClient;
  readonly producer: KafkaProducerSpec;
  readonly consumer: KafkaConsumerSpec;
}

/** What a driver makes at its broker; the protocol says which of the two. */
export type Topology = JetStreamTopology | KafkaTopology;

export type TopologyKind = Topology['kind'];

/** How many buses the subscriptions feed. */
export function busesOf({ subscriptions }: CommonTopology): number {
  return Math.max(...subscriptions.map(({ bus }) => bus)) + 1;
}

/**
 * Unacknowledged deliveries that one bus may keep without stalling the first durable: its share, where several buses
 * take from that durable at once. null where they are not counted.
 */
export function lowestMaxAckPending(topology: Topology): number | null {
  return leastOf(
    durablesOf(topology).map(({ name, maxAckPending }) =>
      Math.floor(maxAckPending / Math.max(1, busesAtOnce(topology, name))),
    ),
  );
}

/** How many buses take from a durable, or a group, from the start. */
export function busesAtOnce({ subscriptions }: CommonTopology, durable: string): number {
  const taking = subscriptions.filter((one) => one.durable === durable && one.begins === 'at once');
  return new Set(taking.map(({ bus }) => bus)).size;
}

/**
 * The shortest time after which a delivery that is not acknowledged comes again; null where acks are not waited for.
 */
export function shortestAckWaitMs(topology: Topology): number | null {
  return leastOf(durablesOf(topology).flatMap(({ ackWaitMs, backoffMs }) => [ackWaitMs, ...backoffMs]));
}

/** None on Kafka, where groups keep the positions. */
export function durablesOf(topology: Topology): readonly DurableSpec[] {
  return 'durables' in topology ? topology.durables : [];
}

function leastOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : Math.min(...numbers);
}
