/**
 * The fields of the brokers that speak Kafka, in the client's own terms: the group, how it consumes, how it produces.
 * They are without effect on JetStream, except for `partitions` and `members`.
 */
import {
  kafkaAcks,
  kafkaClients,
  kafkaCommits,
  kafkaConsumes,
  kafkaKeys,
  kafkaPartitioners,
  kafkaSendOrders,
} from '../../kafka.js';
import type { Fields } from './field.js';
import { choice, duration, integer, integerOr, oneOrSeveral } from './value.js';

export const kafkaGroupFields = {
  /** The simulator behaves like kafkajs. */
  kafkaClient: {
    about: 'Client library on a real Kafka: kafkajs, or platformatic (@platformatic/kafka).',
    value: choice(...kafkaClients),
    default: 'kafkajs',
    flag: { group: 'Kafka', takes: '<name>' },
    resolved: { name: 'client' },
  },
  partitions: {
    about: 'Partitions per topic; on JetStream those of the strategy partitioned.',
    value: integer(1, 1_000),
    default: 3,
    flag: { group: 'Kafka', takes: '<n>' },
    readBy: 'partitioned',
    swept: true,
    resolved: { about: 'Per topic.' },
  },
  members: {
    about:
      'Replicas of the service, each with a bus of its own: all pull from the same durables (JetStream), or are members of the same groups (Kafka).',
    value: integer(1, 100),
    default: 1,
    flag: { group: 'Broker and subscriptions', takes: '<n>' },
    swept: true,
    isForEveryProtocol: true,
  },
} as const satisfies Fields;

export const kafkaConsumerFields = {
  consume: {
    about:
      'How the bus consumes: each-batch (a fetched batch at once, the next when all of it is acknowledged) or each-message (one message of a partition at a time).',
    value: choice(...kafkaConsumes),
    default: 'each-batch',
    flag: { group: 'Kafka', takes: '<how>' },
  },
  partitionsConcurrently: {
    about: 'Partitions of which one member handles batches at the same time.',
    value: integer(1, 1_000),
    default: 1,
    flag: { group: 'Kafka', takes: '<n>' },
    swept: true,
  },
  commit: {
    about:
      'Who commits positions: auto (the client, after each batch) or manual (the bus, as events are acknowledged).',
    value: choice(...kafkaCommits),
    default: 'auto',
    flag: { group: 'Kafka', takes: '<who>' },
  },
  commitInterval: {
    about: 'Auto commit also within a batch, after so long; none: not.',
    value: { kind: 'durationOrNone', example: '5s' },
    default: 'none',
    flag: { group: 'Kafka', takes: '<duration>' },
    resolved: { name: 'commitIntervalMs' },
  },
  commitThreshold: {
    about: 'Auto commit also within a batch, after so many messages; none: not.',
    value: integerOr('none', 1, 1_000_000_000),
    default: 'none',
    flag: { group: 'Kafka', takes: '<n>' },
  },
  sessionTimeout: {
    about: 'How long a member may be unheard of before it loses its partitions.',
    value: duration('30s'),
    default: '30s',
    flag: { group: 'Kafka', takes: '<duration>' },
    resolved: { name: 'sessionTimeoutMs' },
  },
  heartbeatInterval: {
    about: 'How often a member tells the group that it is there; a fifth of a session time-out below 15s unless given.',
    value: duration('3s'),
    default: '3s',
    flag: { group: 'Kafka', takes: '<duration>' },
    resolved: { name: 'heartbeatIntervalMs' },
  },
} as const satisfies Fields;

export const kafkaProducerFields = {
  key: {
    about:
      'Message key: aggregate (the id of the aggregate), hash (a hash of it), event (a fault: one of its own for each event) or none, so that the client spreads the events.',
    value: choice(...kafkaKeys),
    default: 'aggregate',
    flag: { group: 'Kafka', takes: '<what>' },
    swept: true,
  },
  /** Publisher i hashes with the i-th, modulo their number. */
  partitioner: {
    about:
      'How a key becomes a partition: default (murmur2, as in Java), legacy (kafkajs before 2.0) or fnv1a (Sarama); several: publishers take them in turn, a fault.',
    value: oneOrSeveral(...kafkaPartitioners),
    default: 'default',
    flag: { group: 'Kafka', takes: '<how>' },
    resolved: { name: 'partitioners' },
  },
  acks: {
    about: 'Whose acknowledgement a publish waits for: none, leader or all (or 0, 1, -1).',
    value: { kind: 'choiceOrNumber', of: kafkaAcks, numbers: { 0: 'none', 1: 'leader', [-1]: 'all' } },
    default: 'all',
    flag: { group: 'Kafka', takes: '<whose>' },
    swept: true,
  },
  idempotent: {
    about: 'Publish with an idempotent producer.',
    value: { kind: 'switch' },
    default: false,
    flag: { group: 'Kafka', takes: '' },
  },
  retries: {
    about: 'Attempts after the first before a publish is given up.',
    value: integer(0, 1_000),
    default: 5,
    flag: { group: 'Kafka', takes: '<n>' },
    swept: true,
  },
  inFlight: {
    about: 'Produce requests outstanding at once, or unlimited.',
    value: integerOr('unlimited', 1, 1_000),
    default: 'unlimited',
    flag: { group: 'Kafka', takes: '<n>' },
    swept: true,
    resolved: { name: 'requestsInFlight' },
  },
  linger: {
    about: 'How long an event waits for others to share its produce request; 0: for those of the same moment.',
    value: { kind: 'durationOrZero', example: '5ms' },
    default: 0,
    flag: { group: 'Kafka', takes: '<duration>' },
    swept: true,
    resolved: { name: 'lingerMs' },
  },
  produceBatch: {
    about: 'Bytes at which a produce request is full.',
    value: integer(1, 1_000_000),
    default: 65536,
    flag: { group: 'Kafka', takes: '<bytes>' },
    swept: true,
    resolved: { name: 'produceBatchBytes' },
  },
  sendOrder: {
    about:
      'Order of produce requests that are handed in at once: kept, or client, as kafkajs itself does it: the one with fewer partitions first.',
    value: choice(...kafkaSendOrders),
    default: 'kept',
    flag: { group: 'Kafka', takes: '<whose>' },
    swept: true,
    olderReports: { upTo: '2.0', value: 'kept' },
  },
} as const satisfies Fields;
