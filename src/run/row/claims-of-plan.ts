/** Derives the claims of a row, by which it is judged, from its scenario, strategy, broker and topology. */
import { traitsOf, type BrokerTraits } from '../../domain/broker/registry.js';
import type { Claims, ProducerClaim, QueueClaim } from '../../domain/report/claims.js';
import type { QueueNames } from '../../domain/scenario/checker-options.js';
import type { Disturbance } from '../../domain/scenario/disturbance.js';
import type { Guarantee } from '../../domain/scenario/guarantee.js';
import { connectionsOf, type Scenario } from '../../domain/scenario/scenario.js';
import {
  busesAtOnce,
  type DurableSpec,
  type JetStreamTopology,
  type KafkaProducerSpec,
  type KafkaTopology,
  type Topology,
} from '../../domain/topology.js';
import { byTopologyKind, kafkaOnly } from '../../domain/topology-kind.js';
import { handlerTailMs } from '../../statistics/handler-tail.js';
import type { Strategy } from '../../strategy/strategy.js';
import { disturbancesOf } from '../bench/disturbances.js';
import type { RowPlan } from './row-plan.js';

export function claimsOfPlan(plan: RowPlan): Claims {
  const { scenario, strategy, topology, identity } = plan;
  const broker = traitsOf(plan.broker);
  const producing = broker.hasProducerSettings ? kafkaOnly(topology) : null;
  const disturb = disturbancesOf(plan);
  return {
    guarantee: guaranteeUnder(scenario, strategy),
    repairsInput: strategy.repairsInput && waitsForMissing(plan),
    queues: queuesOf(topology, broker).map((queue) => (scenario.ack === 'on-delivery' ? withoutLimit(queue) : queue)),
    partitions: broker.isPartitioned ? partitionsOf(kafkaOnly(topology), disturb) : 1,
    key: broker.isPartitioned ? kafkaOnly(topology).producer.key : null,
    sourcesPerAggregate: sourcesPerAggregate(plan),
    overflow: scenario.overflow,
    publishersPerAggregate: scenario.publishersPerAggregate,
    clientKeepsSendOrder: connectionsOf(scenario.publish) === 1 && (producing === null || keepsSendOrder(producing)),
    commitsHandled: broker.commitsPositions ? scenario.kafka.commit !== 'auto' : null,
    handlerTailMs: strategy.reportsProgress === true ? null : handlerTailMs(scenario),
    producer: producing === null ? null : producerClaim(producing.producer),
    disturb,
    handlerFailShare: scenario.handlerFailShare,
    clock: identity.clock,
    minAtRisk: scenario.minAtRisk,
  };
}

/** From how many sources the events of one aggregate come: logs or queues that are not ordered against each other. */
function sourcesPerAggregate({ scenario, broker, modeRow }: RowPlan): number {
  const { orderScope, topicChoice, topics, versions } = scenario;
  if (orderScope === 'topic' || topicChoice === 'home') return 1;
  return traitsOf(broker).logs === 'per topic' || modeRow === 'multi/per-topic' ? Math.min(topics, versions) : 1;
}

/**
 * Whether a gap is kept open until the missing event can have come; if not, order holds by luck only. The broker
 * delivers it again after the ack wait. Where several buses take from one queue, another bus may have it in hand, for as
 * long as it takes there.
 */
function waitsForMissing({ scenario, topology }: RowPlan): boolean {
  const { gapPolicy, gapTimeoutMs, ackWaitMs, backoffMs } = scenario;
  if (gapPolicy === 'wait') return true;
  const isShared = byTopologyKind(topology, {
    jetstream: (given) => given.durables.some(({ name }) => busesAtOnce(given, name) > 1),
    // A partition belongs to one member at a time.
    kafka: () => false,
  });
  return !isShared && gapTimeoutMs > Math.max(ackWaitMs, ...backoffMs);
}

/**
 * The guarantee of the strategy under the scenario's gap policy. An event that fails repeatedly may come later than any
 * gap time-out, so a strategy that does not wait for it does not survive redelivery.
 */
function guaranteeUnder({ gapPolicy }: Scenario, { guarantee, repairsInput }: Strategy): Guarantee {
  if (!repairsInput || gapPolicy === 'wait') return guarantee;
  return { ...guarantee, survives: { ...guarantee.survives, redelivery: false } };
}

/**
 * With acknowledgement on delivery the queue has no effective limit: each delivery makes room for the next at once. Nor
 * does a pin keep it to one puller: it may pass on while a bus still holds what it acknowledged, and nothing tells.
 */
function withoutLimit(queue: QueueClaim): QueueClaim {
  return { ...queue, limit: null, isPinned: false };
}

/** The names of the queues (durables or consumer groups), in the order of the claims, for the checker. */
export function queueNamesOf(topology: Topology, { isPartitioned }: BrokerTraits): QueueNames {
  const names = byTopologyKind(topology, {
    jetstream: ({ durables }) => durables.map(({ name }) => name),
    kafka: ({ groups }) => groups,
  });
  const ofSubscription = topology.subscriptions.map(({ durable }) => names.indexOf(durable));
  return { names, ofSubscription, perPartition: isPartitioned };
}

function queuesOf(topology: Topology, broker: BrokerTraits): QueueClaim[] {
  return byTopologyKind(topology, {
    jetstream: (given) => given.durables.map((durable) => durableClaim(durable, given, broker)),
    kafka: (given) => given.groups.map((group) => groupClaim(group, given, broker)),
  });
}

function durableClaim(durable: DurableSpec, topology: JetStreamTopology, { protocol }: BrokerTraits): QueueClaim {
  const { name, maxAckPending, maxDeliver, ackWaitMs, backoffMs, pinned, ordered } = durable;
  const shortestMs = Math.min(ackWaitMs, ...backoffMs);
  return {
    name,
    protocol,
    // An ordered consumer has no acks, so no limit on unacknowledged deliveries applies.
    limit: ordered === undefined ? maxAckPending : null,
    isPinned: pinned !== undefined,
    subscriptionsAtOnce: atOnce(topology, name),
    maxDeliver: ordered === undefined ? maxDeliver : null,
    ackTimeoutMs: ordered === undefined ? shortestMs : null,
    ackTimeoutIs: shortestMs < ackWaitMs ? 'backoff' : 'ack wait',
    sessionTimeoutMs: null,
  };
}

function groupClaim(name: string, topology: KafkaTopology, { protocol, rebalances }: BrokerTraits): QueueClaim {
  const { consume, sessionTimeoutMs } = topology.consumer;
  return {
    name,
    protocol,
    limit: consume === 'each-message' ? 1 : null,
    isPinned: false,
    subscriptionsAtOnce: atOnce(topology, name),
    maxDeliver: null,
    ackTimeoutMs: null,
    ackTimeoutIs: 'ack wait',
    sessionTimeoutMs: rebalances ? sessionTimeoutMs : null,
  };
}

function atOnce({ subscriptions }: Topology, queue: string): number {
  return subscriptions.filter(({ durable, begins }) => durable === queue && begins !== 'after a crash').length;
}

function partitionsOf(topology: KafkaTopology, disturb: readonly Disturbance[]): number {
  const added = disturb.map((one) => (one.kind === 'partitions' ? one.count : 1));
  return Math.max(1, ...topology.topics.map(({ partitions }) => partitions), ...added);
}

function producerClaim({ acks, idempotent, requestsInFlight, retries }: KafkaProducerSpec): ProducerClaim {
  return { acks, idempotent, requestsInFlight, retries };
}

/** An idempotent producer keeps the order of up to 5 requests in flight (KIP-185); in kafkajs of 1 (docs/KAFKA.md). */
const idempotentInFlightMax = 5;

function keepsSendOrder({ client, producer }: KafkaTopology): boolean {
  const { requestsInFlight, idempotent, retries }: KafkaProducerSpec = producer;
  if (requestsInFlight === 1) return true;
  if (client !== 'kafkajs' && retries === 0) return true;
  return client !== 'kafkajs' && idempotent && requestsInFlight !== null && requestsInFlight <= idempotentInFlightMax;
}
