/** The record of claims that the judge reads, made from the scenario, the strategy and the topology of a row. */
import type { Claims, ProducerClaim, QueueClaim } from '../../domain/report/claims.js';
import type { QueueNames } from '../../domain/scenario/checker-options.js';
import type { Disturbance } from '../../domain/scenario/disturbance.js';
import type { Guarantee } from '../../domain/scenario/guarantee.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import type {
  DurableSpec,
  JetStreamTopology,
  KafkaProducerSpec,
  KafkaTopology,
  Topology,
} from '../../domain/topology.js';
import { handlerTailMs } from '../../statistics/handler-tail.js';
import type { Strategy } from '../../strategy/strategy.js';
import { disturbancesOf } from '../bench/disturbances.js';
import type { RowPlan } from './row-plan.js';

export function claimsOfPlan(plan: RowPlan): Claims {
  const { scenario, strategy, topology, identity } = plan;
  const disturb = disturbancesOf(plan);
  return {
    guarantee: guaranteeUnder(scenario, strategy),
    repairsInput: strategy.repairsInput && waitsForRedelivery(scenario),
    queues: queuesOf(topology).map((queue) => (scenario.ack === 'on-delivery' ? withoutLimit(queue) : queue)),
    partitions: partitionsOf(topology, disturb),
    key: topology.kind === 'kafka' ? topology.producer.key : null,
    sourcesPerAggregate: sourcesPerAggregate(plan),
    overflow: scenario.overflow,
    publishersPerAggregate: scenario.publishersPerAggregate,
    clientKeepsSendOrder: topology.kind === 'jetstream' || keepsSendOrder(topology),
    handlerTailMs: strategy.reportsProgress === true ? null : handlerTailMs(scenario),
    producer: topology.kind === 'kafka' ? producerClaim(topology.producer) : null,
    disturb,
    handlerFailShare: scenario.handlerFailShare,
    clock: identity.clock,
    minAtRisk: scenario.minAtRisk,
  };
}

/** A stream orders all its topics, a durable of its own for each does not; on Kafka each topic has logs of its own. */
function sourcesPerAggregate({ scenario, topology, modeRow }: RowPlan): number {
  const { orderScope, topicChoice, topics, versions } = scenario;
  if (orderScope === 'topic' || topicChoice === 'home') return 1;
  return topology.kind === 'kafka' || modeRow === 'multi/per-topic' ? Math.min(topics, versions) : 1;
}

/** A gap that is given up before the broker can deliver the missing event again holds order by luck only. */
function waitsForRedelivery({ gapPolicy, gapTimeoutMs, ackWaitMs, backoffMs }: Scenario): boolean {
  return gapPolicy === 'wait' || gapTimeoutMs > Math.max(ackWaitMs, ...backoffMs);
}

/** An event that fails repeatedly comes later than any gap time-out, so an event that is not waited for may be lost. */
function guaranteeUnder({ gapPolicy }: Scenario, { guarantee, repairsInput }: Strategy): Guarantee {
  if (!repairsInput || gapPolicy === 'wait') return guarantee;
  return { ...guarantee, survives: { ...guarantee.survives, redelivery: false } };
}

/** A delivery that is acknowledged before it is handled makes room for the next one at once. */
function withoutLimit(queue: QueueClaim): QueueClaim {
  return { ...queue, limit: null };
}

/** Queues as the checker knows them, in the order of the claims. */
export function queueNamesOf(topology: Topology): QueueNames {
  const names = topology.kind === 'kafka' ? topology.groups : topology.durables.map(({ name }) => name);
  const ofSubscription = topology.subscriptions.map(({ durable }) => names.indexOf(durable));
  return { names, ofSubscription, perPartition: topology.kind === 'kafka' };
}

function queuesOf(topology: Topology): QueueClaim[] {
  return topology.kind === 'kafka'
    ? topology.groups.map((group) => groupClaim(group, topology))
    : topology.durables.map((durable) => durableClaim(durable, topology));
}

function durableClaim(durable: DurableSpec, topology: JetStreamTopology): QueueClaim {
  const { name, maxAckPending, maxDeliver, ackWaitMs, backoffMs, pinned, ordered } = durable;
  const shortestMs = Math.min(ackWaitMs, ...backoffMs);
  return {
    name,
    protocol: 'jetstream',
    // An ordered consumer knows no acks, so nothing limits it.
    limit: ordered === undefined ? maxAckPending : null,
    isPinned: pinned !== undefined,
    subscriptionsAtOnce: atOnce(topology, name),
    maxDeliver: ordered === undefined ? maxDeliver : null,
    ackTimeoutMs: ordered === undefined ? shortestMs : null,
    ackTimeoutIs: shortestMs < ackWaitMs ? 'backoff' : 'ack wait',
    sessionTimeoutMs: null,
  };
}

function groupClaim(name: string, topology: KafkaTopology): QueueClaim {
  const { consume, sessionTimeoutMs } = topology.consumer;
  return {
    name,
    protocol: 'kafka',
    limit: consume === 'each-message' ? 1 : null,
    isPinned: false,
    subscriptionsAtOnce: atOnce(topology, name),
    maxDeliver: null,
    ackTimeoutMs: null,
    ackTimeoutIs: 'ack wait',
    sessionTimeoutMs,
  };
}

function atOnce({ subscriptions }: Topology, queue: string): number {
  return subscriptions.filter(({ durable, begins }) => durable === queue && begins !== 'after a crash').length;
}

function partitionsOf(topology: Topology, disturb: readonly Disturbance[]): number {
  if (topology.kind === 'jetstream') return 1;
  const added = disturb.map((one) => (one.kind === 'partitions' ? one.count : 1));
  return Math.max(1, ...topology.topics.map(({ partitions }) => partitions), ...added);
}

function producerClaim({ acks, idempotent, requestsInFlight, retries }: KafkaProducerSpec): ProducerClaim {
  return { acks, idempotent, requestsInFlight, retries };
}

/** An idempotent producer keeps the order of up to five requests (KIP-185); that of kafkajs of one (docs/KAFKA.md). */
const idempotentInFlightMax = 5;

function keepsSendOrder({ client, producer }: KafkaTopology): boolean {
  const { requestsInFlight, idempotent, retries }: KafkaProducerSpec = producer;
  if (requestsInFlight === 1) return true;
  if (client !== 'kafkajs' && retries === 0) return true;
  return client !== 'kafkajs' && idempotent && requestsInFlight !== null && requestsInFlight <= idempotentInFlightMax;
}
