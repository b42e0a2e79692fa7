/**
 * Explains what a broker's refusal means and what can be done about it, by the type that kafkajs gives the error code
 * of an answer. Refusals that a user can do something about have an entry here; all others are told in the client's
 * words.
 */
import type { KafkaConnectionOptions } from './connection-options.js';

export interface KafkaErrorContext {
  readonly connection: KafkaConnectionOptions;
  /** What was to be done: `make the topic X`. */
  readonly doing: string;
  /** The topic and the consumer group that the request was about, if any. */
  readonly topic?: string | undefined;
  readonly group?: string | undefined;
  /** True: the cluster was used before, so an address that does not answer is down, not wrongly advertised. */
  readonly isUnderway?: boolean | undefined;
}

export interface Failure {
  /** The end of a sentence that begins with the broker's address, or with what was to be done. */
  readonly what: string;
  readonly wayOut: string;
}

const lookIntoLog = 'look into the log of the broker';

/** The explanation of a refusal; undefined if there is none. */
export function protocolFailure(error: unknown, context: KafkaErrorContext): Failure | undefined {
  const type = typeOf(error);
  const byType = refusals[type];
  if (byType !== undefined) return byType(context, error);
  return byName[nameOf(error)]?.(context, error);
}

type Explain = (context: KafkaErrorContext, error: unknown) => Failure;

const topicOf = ({ topic }: KafkaErrorContext): string => (topic === undefined ? 'the topic' : `the topic ${topic}`);
const groupOf = ({ group }: KafkaErrorContext): string =>
  group === undefined ? 'the consumer group' : `the consumer group ${group}`;
const userOf = ({ connection }: KafkaErrorContext): string =>
  connection.sasl === undefined ? 'a client without a login' : `the user "${connection.sasl.username}"`;

const notThere: Explain = (context) => ({
  what: `${topicOf(context)} is not there, and the broker does not make topics by itself`,
  wayOut: 'make it first; runs make their own topics, so if this is one of a run, somebody removed it in the middle',
});
const tooLarge: Explain = (context) => ({
  what: `a message is larger than ${topicOf(context)} takes`,
  wayOut:
    'send smaller events or smaller batches, or raise max.message.bytes of the topic (message.max.bytes of the broker)',
});
const inUse: Explain = (context) => ({
  what: `${groupOf(context)} is in use by somebody else, whose members do not divide partitions in the same way`,
  wayOut: 'stop the other members, or run the command again: every run takes group names of its own',
});
const versionMissing: Explain = (_context, error) => ({
  what: `broker and client have no version of a request in common${apiName(error)}`,
  wayOut:
    'use a Kafka between 0.11 and 4.x, for which the client kafkajs was made; eventbus-bench doctor tells the version',
});
const noCoordinator: Explain = (context) => ({
  what: `no broker looks after ${groupOf(context)}`,
  wayOut:
    'if the cluster has just been started, run the command again; else check that its topic __consumer_offsets has ' +
    'leaders (offsets.topic.replication.factor must not be above the number of brokers)',
});
const noLeader: Explain = (context) => ({
  what: `${topicOf(context)} has a partition without a leader`,
  wayOut: 'check that all brokers of the cluster are up',
});
const fewReplicas: Explain = (context) => ({
  what: `${topicOf(context)} has fewer replicas in sync than min.insync.replicas asks for`,
  wayOut: 'check that all brokers of the cluster are up, or publish with acks that do not wait for replicas',
});
const refusedSequence: Explain = () => ({
  what: 'the broker lost track of this idempotent producer’s sequence numbers',
  wayOut: 'run the command again; if it comes back, look into the log of the broker',
});
const mayNot =
  (object: (context: KafkaErrorContext) => string, resource: string): Explain =>
  (context) => ({
    what: `${userOf(context)} is not permitted to use ${object(context)}`,
    wayOut: `permit it with an ACL on the ${resource} prefix eventbus-bench., or use another user`,
  });

/** Explanations by the type of the error code. */
const refusals: Readonly<Record<string, Explain>> = {
  UNKNOWN_TOPIC_OR_PARTITION: notThere,
  LEADER_NOT_AVAILABLE: noLeader,
  NOT_LEADER_FOR_PARTITION: noLeader,
  MESSAGE_TOO_LARGE: tooLarge,
  RECORD_LIST_TOO_LARGE: tooLarge,
  INCONSISTENT_GROUP_PROTOCOL: inUse,
  NON_EMPTY_GROUP: (context) => ({
    what: `${groupOf(context)} still has members`,
    wayOut: 'stop them first, or wait until their session has timed out',
  }),
  GROUP_MAX_SIZE_REACHED: (context) => ({
    what: `${groupOf(context)} takes no more members`,
    wayOut: 'use fewer subscriptions, or raise group.max.size of the broker',
  }),
  FENCED_INSTANCE_ID: inUse,
  INVALID_GROUP_ID: (context) => ({
    what: `${groupOf(context)} has a name that the broker refuses`,
    wayOut: lookIntoLog,
  }),
  INVALID_SESSION_TIMEOUT: () => ({
    what: 'the session timeout is outside what the broker allows',
    wayOut:
      'choose one between group.min.session.timeout.ms (6 s if not set) and group.max.session.timeout.ms (30 min) of the broker',
  }),
  TOPIC_AUTHORIZATION_FAILED: mayNot(topicOf, 'topic'),
  GROUP_AUTHORIZATION_FAILED: mayNot(groupOf, 'group'),
  CLUSTER_AUTHORIZATION_FAILED: (context) => ({
    what: `${userOf(context)} is not permitted to do this on the cluster`,
    wayOut: 'permit Create on topics, and IdempotentWrite where the producer is idempotent, or use another user',
  }),
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: mayNot(() => 'this transactional id', 'transactional id'),
  UNSUPPORTED_VERSION: versionMissing,
  UNSUPPORTED_FOR_MESSAGE_FORMAT: versionMissing,
  TOPIC_ALREADY_EXISTS: (context) => ({
    what: `${topicOf(context)} exists already, and was left as it is`,
    wayOut:
      'run the command again: every run takes names of its own; eventbus-bench clean removes those of crashed runs',
  }),
  INVALID_PARTITIONS: (context) => ({
    what: `${topicOf(context)} cannot have that many partitions`,
    wayOut: 'partitions can only be added, up to what the broker allows',
  }),
  INVALID_REPLICATION_FACTOR: () => ({
    what: 'the cluster has fewer brokers than replicas were asked for',
    wayOut: 'ask for no more replicas than there are brokers',
  }),
  POLICY_VIOLATION: (context) => ({
    what: `a policy of the cluster forbids ${topicOf(context)} as it was to be made`,
    wayOut: 'ask whoever runs the cluster what its create.topic.policy.class.name allows',
  }),
  TOPIC_DELETION_DISABLED: () => ({
    what: 'the cluster does not let topics be deleted',
    wayOut: 'set delete.topic.enable=true, or remove the topics in the way of that cluster',
  }),
  GROUP_COORDINATOR_NOT_AVAILABLE: noCoordinator,
  NOT_COORDINATOR_FOR_GROUP: noCoordinator,
  GROUP_LOAD_IN_PROGRESS: noCoordinator,
  NOT_ENOUGH_REPLICAS: fewReplicas,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: fewReplicas,
  OUT_OF_ORDER_SEQUENCE_NUMBER: refusedSequence,
  UNKNOWN_PRODUCER_ID: refusedSequence,
  REQUEST_TIMED_OUT: () => ({
    what: 'the cluster did not do it in time',
    wayOut: 'check that all brokers of the cluster are up and not overloaded',
  }),
};

/** Explanations by the name of kafkajs's own errors. */
const byName: Readonly<Record<string, Explain>> = {
  KafkaJSServerDoesNotSupportApiKey: versionMissing,
  KafkaJSGroupCoordinatorNotFound: noCoordinator,
  KafkaJSRequestTimeoutError: () => ({
    what: 'a broker did not answer in time',
    wayOut: 'check that it is not overloaded, and the network in between',
  }),
  KafkaJSNoBrokerAvailableError: () => ({ what: 'no broker is available', wayOut: lookIntoLog }),
};

function apiName(error: unknown): string {
  const name = (error as { apiName?: unknown } | null)?.apiName;
  return typeof name === 'string' ? ` (${name})` : '';
}

/** The type of a broker's error code, `TOPIC_AUTHORIZATION_FAILED`; empty if the error is not a broker's answer. */
export function typeOf(error: unknown): string {
  const type = (error as { type?: unknown } | null | undefined)?.type;
  return typeof type === 'string' ? type : '';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
