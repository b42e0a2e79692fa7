/**
 * The names that clients give to what a remedy asks for, so that somebody who has another client finds the setting in its
 * documentation. As in nats.go (`jetstream`), nats.js (`@nats-io/jetstream`), nats.java 2; kafkajs 2, Java (Apache Kafka 4),
 * librdkafka 2, franz-go 1 (`kgo`).
 */
import type { Protocol } from '../../domain/broker/registry.js';
import type { RemedyKind } from '../../domain/report/cause-evidence.js';

export interface ClientSetting {
  readonly client: string;
  readonly setting: string;
}

const clientsOf = {
  jetstream: ['nats.go', 'nats.js', 'nats.java'],
  kafka: ['kafkajs', 'Java', 'librdkafka', 'franz-go'],
} as const satisfies Readonly<Record<Protocol, readonly string[]>>;

/** By client, in the order of {@link clientsOf}. */
interface Names {
  readonly jetstream: readonly [go: string, js: string, java: string];
  readonly kafka: readonly [kafkajs: string, java: string, librdkafka: string, franzGo: string];
}

const maxAckPending: Names['jetstream'] = ['MaxAckPending', 'max_ack_pending', 'maxAckPending'];
const messageId: Names['jetstream'] = ['WithMsgID', 'msgID', 'PublishOptions messageId'];
const ackWait: Names['jetstream'] = ['AckWait; InProgress()', 'ack_wait (ns); working()', 'ackWait; inProgress()'];
const handover: Names['kafka'] = [
  'maxBytes; isStale() in eachBatch',
  'max.poll.records; onPartitionsRevoked',
  'rebalance_cb',
  'BlockRebalanceOnPoll; OnPartitionsRevoked',
];
const commitsByHand: Names['kafka'] = [
  'autoCommit: false; commitOffsets',
  'enable.auto.commit=false; commitSync',
  'enable.auto.offset.store=false; rd_kafka_offsets_store',
  'AutoCommitMarks; MarkCommitRecords',
];

const settings: Readonly<Partial<Record<RemedyKind, Partial<Names>>>> = {
  'durable-per-topic': { jetstream: ['FilterSubject', 'filter_subject', 'filterSubject'] },
  'one-puller': {
    jetstream: [
      'MaxAckPending; PriorityPolicyPinned',
      'max_ack_pending; priority_policy: pinned_client',
      'maxAckPending; PriorityPolicy.PinnedClient',
    ],
  },
  'stop-at-timeout': {
    jetstream: [
      'context.WithTimeout; Nak() once it has returned',
      'AbortSignal.timeout(); nak() once it has settled',
      'Future.cancel(true); nak() once it has ended',
    ],
    kafka: [
      'AbortSignal.timeout(); pause() until it has settled',
      'Future.cancel(true); pause() until it has ended',
      'rd_kafka_pause_partitions until it has ended',
      'context.WithTimeout; PauseFetchPartitions',
    ],
  },
  'one-in-flight': { jetstream: maxAckPending },
  'more-pending': { jetstream: maxAckPending },
  'longer-ack-wait': { jetstream: ackWait },
  'longer-backoff': { jetstream: ['BackOff', 'backoff (ns)', 'backoff'] },
  'fetch-less': { jetstream: ['PullMaxMessages', 'max_messages', 'batchSize'] },
  'no-delivery-limit': { jetstream: ['MaxDeliver: -1', 'max_deliver: -1', 'maxDeliver(-1)'] },
  'own-message-id': { jetstream: messageId },
  'idempotent-producer': {
    jetstream: messageId,
    kafka: [
      'idempotent: true',
      'enable.idempotence=true',
      'enable.idempotence=true',
      'on unless DisableIdempotentWrite',
    ],
  },
  'one-request-in-flight': {
    kafka: [
      'maxInFlightRequests: 1',
      'max.in.flight.requests.per.connection=1',
      'max.in.flight.requests.per.connection=1',
      'MaxProduceRequestsInflightPerBroker(1)',
    ],
  },
  'key-by-aggregate': {
    kafka: ['key of a message', 'ProducerRecord(topic, key, value)', 'RD_KAFKA_V_KEY', 'Record.Key'],
  },
  'one-partitioner': { kafka: ['createPartitioner', 'partitioner.class', 'partitioner', 'RecordPartitioner'] },
  'commit-more-often': {
    kafka: ['autoCommitThreshold', 'commitSync', 'auto.commit.interval.ms', 'AutoCommitInterval'],
  },
  'finish-before-handover': { kafka: handover },
  'longer-session': {
    kafka: ['sessionTimeout; heartbeat()', 'max.poll.interval.ms', 'max.poll.interval.ms', 'RebalanceTimeout'],
  },
  'ack-after-handling': { kafka: commitsByHand },
  'commit-up-to-failure': { kafka: commitsByHand },
};

/** Empty where no setting of a client is meant. */
export function clientSettings(kind: RemedyKind, protocol: Protocol): readonly ClientSetting[] {
  const names = settings[kind]?.[protocol] ?? [];
  return names.map((setting, at) => ({ client: clientsOf[protocol][at]!, setting }));
}
