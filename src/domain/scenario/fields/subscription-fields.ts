/**
 * The fields that say on which brokers which rows are run, how messages are fetched and acknowledged, and what is done
 * to a run.
 */
import { messageIdPolicies, natsClients } from '../../topology.js';
import type { Fields } from './field.js';
import { choice, duration, integer, integerOr, oneOrSeveral } from './value.js';

export const rowFields = {
  broker: {
    about:
      'The broker: sim (sim:jetstream) or sim:kafka, embedded; nats or kafka, real. Several are compared in one report: nats,kafka.',
    value: { kind: 'brokers' },
    default: 'sim',
    flag: { group: 'Broker and subscriptions', takes: '<broker>' },
    compared: false,
    resolved: { name: 'brokers', about: 'Every row is run on each of them.' },
  },
  mode: {
    about: 'Rows to run: all, multi (both multi rows), single, or one row by its name.',
    value: oneOrSeveral('all', 'multi', 'single', 'multi/shared', 'multi/per-topic'),
    default: 'all',
    flag: { group: 'Broker and subscriptions', takes: '<mode>' },
    resolved: null,
  },
  durable: {
    about: 'Which multi row to run: shared (one durable for all topics) or per-topic.',
    value: choice('shared', 'per-topic'),
    flag: { group: 'Broker and subscriptions', takes: '<durable>' },
    resolved: null,
  },
} as const satisfies Fields;

export const fetchFields = {
  batch: {
    about: 'Messages asked for by one pull request.',
    value: integer(1, 10_000),
    default: 500,
    flag: { group: 'JetStream', takes: '<n>' },
    protocol: 'jetstream',
    swept: true,
  },
  maxWait: {
    about: 'How long one pull request, or fetch, waits for messages.',
    value: duration('100ms'),
    default: '100ms',
    flag: { group: 'Broker and subscriptions', takes: '<duration>' },
    swept: true,
    resolved: { name: 'maxWaitMs' },
  },
  ackWait: {
    about: 'How long the broker waits for an ack before it delivers again.',
    value: duration('30s'),
    default: '30s',
    flag: { group: 'JetStream', takes: '<duration>' },
    protocol: 'jetstream',
    swept: true,
    resolved: { name: 'ackWaitMs' },
  },
  maxAckPending: {
    about: 'Unacknowledged messages per durable at which new ones stall.',
    value: integer(1, 1_000_000),
    default: 1000,
    flag: { group: 'JetStream', takes: '<n>' },
    protocol: 'jetstream',
    swept: true,
    resolved: { isSigned: true },
  },
  maxDeliver: {
    about: 'Deliveries of one message before the broker gives up, or unlimited.',
    value: integerOr('unlimited', 1, 1_000_000),
    default: 'unlimited',
    flag: { group: 'JetStream', takes: '<n>' },
    protocol: 'jetstream',
    swept: true,
    resolved: { about: 'Deliveries of one message before the broker gives up; null: unlimited.' },
  },
  backoff: {
    about: 'Waits before the 2nd, 3rd, … delivery, in place of the ack wait.',
    value: { kind: 'durations' },
    absent: [],
    flag: { group: 'JetStream', takes: '<durations>' },
    protocol: 'jetstream',
    resolved: { name: 'backoffMs' },
  },
  messageId: {
    about:
      'Message id by which the stream drops what it has stored before: none, event (aggregate and version) or, a fault, aggregate (its id alone).',
    value: choice(...messageIdPolicies),
    default: 'none',
    flag: { group: 'JetStream', takes: '<what>' },
    protocol: 'jetstream',
    swept: true,
    olderReports: { upTo: '2.0', value: 'none' },
  },
  natsClient: {
    about:
      'Client library on a real NATS server: nats (pull requests of this tool, one at a time), or nats-io (consume() of @nats-io/jetstream 3, which fetches ahead; a request of it waits for 1s at least).',
    value: choice(...natsClients),
    default: 'nats',
    flag: { group: 'JetStream', takes: '<name>' },
    protocol: 'jetstream',
    swept: true,
    olderReports: { upTo: '2.0', value: 'nats' },
  },
  ack: {
    about: 'When the bus acknowledges: after-handling, on-delivery or never.',
    value: choice('after-handling', 'on-delivery', 'never'),
    default: 'after-handling',
    flag: { group: 'Broker and subscriptions', takes: '<when>' },
    swept: true,
  },
} as const satisfies Fields;

export const disturbanceFields = {
  disturb: {
    about:
      'What is done to the run once a share of the events is published: join, leave, stall:2s, pause:2s, partitions:6, restart:500ms, crash:300ms, workers:5 or refuse:200ms, as in join@50%.',
    value: { kind: 'disturbances' },
    absent: [],
    flag: { group: 'Broker and subscriptions', takes: '<what>' },
    resolved: { about: 'What is done to the run while it goes on.' },
  },
} as const satisfies Fields;
