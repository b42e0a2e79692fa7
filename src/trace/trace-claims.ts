/**
 * Parses the claims in the header of a trace, field by field: a header that lacks one is refused, and nothing is
 * guessed.
 */
import { protocolKinds } from '../domain/broker/registry.js';
import type { Claims, ProducerClaim, QueueClaim } from '../domain/report/claims.js';
import type { Disturbance } from '../domain/scenario/disturbance.js';
import type { Guarantee } from '../domain/scenario/guarantee.js';
import { kafkaAcks, kafkaKeys } from '../domain/kafka.js';
import { busFields } from '../domain/scenario/fields/bus-fields.js';
import {
  booleanAt,
  integerAt,
  isObject,
  LineProblem,
  nullableNumberAt,
  numberAt,
  objectAt,
  oneOfAt,
  stringAt,
  type Fields,
} from './trace-fields.js';

const orders = ['total', 'per-aggregate', 'per-aggregate, first pass', 'per-partition', 'none'] as const;

/** The claims on which a guarantee depends: a trace that claims one and leaves one of these null is refused. */
const needed = ['sourcesPerAggregate', 'overflow', 'publishersPerAggregate', 'clientKeepsSendOrder'] as const;

/** @throws {LineProblem} for a field that is missing or wrong, or a guarantee without the claims on which it depends */
export function parseClaims(fields: Fields): Claims {
  const claims = claimsOf(fields);
  const lacking = needed.find((name) => claims[name] === null) ?? (claims.queues.length === 0 ? 'queues' : undefined);
  if (claims.guarantee !== null && lacking !== undefined)
    throw new LineProblem(`"guarantee" is claimed, and nothing is known of "${lacking}"`);
  return claims;
}

function claimsOf(fields: Fields): Claims {
  return {
    guarantee: fields['guarantee'] === null ? null : parseGuarantee(objectAt(fields, 'guarantee')),
    repairsInput: booleanAt(fields, 'repairsInput'),
    queues: objectsAt(fields, 'queues').map(parseQueue),
    partitions: nullableNumberAt(fields, 'partitions'),
    key: fields['key'] === null ? null : oneOfAt(fields, 'key', kafkaKeys),
    sourcesPerAggregate: nullableNumberAt(fields, 'sourcesPerAggregate'),
    overflow: fields['overflow'] === null ? null : oneOfAt(fields, 'overflow', busFields.overflow.value.of),
    publishersPerAggregate: nullableNumberAt(fields, 'publishersPerAggregate'),
    clientKeepsSendOrder: fields['clientKeepsSendOrder'] === null ? null : booleanAt(fields, 'clientKeepsSendOrder'),
    // Traces of older versions do not have it.
    commitsHandled: (fields['commitsHandled'] ?? null) === null ? null : booleanAt(fields, 'commitsHandled'),
    handlerTailMs: nullableNumberAt(fields, 'handlerTailMs'),
    producer: fields['producer'] === null ? null : parseProducer(objectAt(fields, 'producer')),
    disturb: objectsAt(fields, 'disturb').map(parseDisturbance),
    handlerFailShare: numberAt(fields, 'handlerFailShare'),
    clock: oneOfAt(fields, 'clock', ['virtual', 'wall'] as const),
    minAtRisk: integerAt(fields, 'minAtRisk', 1),
  };
}

function parseGuarantee(fields: Fields): Guarantee {
  const survives = objectAt(fields, 'survives');
  return {
    order: oneOfAt(fields, 'order', orders),
    survives: {
      redelivery: booleanAt(survives, 'redelivery'),
      crash: booleanAt(survives, 'crash'),
      resize: booleanAt(survives, 'resize'),
      rebalance: booleanAt(survives, 'rebalance'),
      partitions: booleanAt(survives, 'partitions'),
    },
  };
}

function parseQueue(fields: Fields): QueueClaim {
  return {
    name: stringAt(fields, 'name'),
    protocol: oneOfAt(fields, 'protocol', protocolKinds),
    limit: nullableNumberAt(fields, 'limit'),
    isPinned: booleanAt(fields, 'isPinned'),
    subscriptionsAtOnce: integerAt(fields, 'subscriptionsAtOnce', 0),
    maxDeliver: nullableNumberAt(fields, 'maxDeliver'),
    ackTimeoutMs: nullableNumberAt(fields, 'ackTimeoutMs'),
    ackTimeoutIs: oneOfAt(fields, 'ackTimeoutIs', ['ack wait', 'backoff'] as const),
    sessionTimeoutMs: nullableNumberAt(fields, 'sessionTimeoutMs'),
  };
}

function parseProducer(fields: Fields): ProducerClaim {
  return {
    acks: oneOfAt(fields, 'acks', kafkaAcks),
    idempotent: booleanAt(fields, 'idempotent'),
    requestsInFlight: nullableNumberAt(fields, 'requestsInFlight'),
    retries: integerAt(fields, 'retries', 0),
  };
}

/** The argument is shown and not calculated with, so it is not checked. */
function parseDisturbance(fields: Fields): Disturbance {
  stringAt(fields, 'kind');
  numberAt(fields, 'at');
  return fields as unknown as Disturbance;
}

function objectsAt(fields: Fields, name: string): readonly Fields[] {
  const list = fields[name];
  if (!Array.isArray(list) || !list.every(isObject)) throw new LineProblem(`"${name}" should be a list of objects`);
  return list;
}
