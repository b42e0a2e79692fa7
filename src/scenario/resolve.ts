/**
 * Makes one {@link Scenario}, in which everything is spelled out, of defaults, overridden by the file, overridden by the
 * flags.
 */
import type { KafkaSettings } from '../domain/kafka.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { checkFields } from './checks/check-fields.js';
import { fieldDefaults } from './defaults.js';
import { resolveExpectations } from './expectations.js';
import type { ScenarioField } from './fields.js';
import type { ScenarioFile } from './file/scenario-file.js';
import { parseFlags } from './flags.js';
import type { ScenarioFlags } from './flags.js';
import { resolveGateRows } from './gate-rows.js';
import { Layers } from './layers.js';
import { confidenceOf, repeatOf, untilAtRiskOf } from './repeats.js';
import { resolveRows } from './rows.js';
import { nameOf } from './scenario-name.js';
import { createScenarioSchema } from './schema.js';
import { drainTimeoutMs, gapTimeoutMs, heartbeatIntervalMs } from './time-outs.js';

export interface ScenarioInput {
  readonly file?: ScenarioFile;
  readonly flags: ScenarioFlags;
  /** Ids of the strategies there are. */
  readonly strategies: readonly string[];
  /** Where they differ from those of `run`. */
  readonly defaults?: ScenarioDefaults;
}

/** As a file would say it. */
export type ScenarioDefaults = Partial<Record<ScenarioField, unknown>>;

/** @throws {UsageError} naming the field, the value, where it came from, and what is allowed */
export function resolveScenario({ file, flags, strategies, defaults }: ScenarioInput): Scenario {
  const usual = createScenarioSchema(strategies).parse({ ...fieldDefaults, ...defaults });
  const layers = new Layers(usual, file, parseFlags(flags, strategies));
  checkFields(layers);
  const rows = resolveRows(layers);
  return {
    name: nameOf(layers),
    brokers: layers.value('broker'),
    ...rows,
    sweep: layers.given('sweep') ?? [],
    seed: layers.value('seed'),
    repeat: repeatOf(layers),
    warmUp: layers.value('warmUp'),
    untilAtRisk: untilAtRiskOf(layers),
    minAtRisk: layers.value('minAtRisk'),
    topics: layers.value('topics'),
    aggregates: layers.value('aggregates'),
    versions: layers.value('versions'),
    skew: layers.value('skew'),
    publish: layers.value('publish'),
    ratePerSecond: layers.value('rate'),
    publishersPerAggregate: layers.value('publishersPerAggregate'),
    topicChoice: layers.value('topicChoice'),
    orderScope: layers.value('orderScope'),
    batch: layers.value('batch'),
    maxWaitMs: layers.value('maxWait'),
    ackWaitMs: layers.value('ackWait'),
    maxAckPending: layers.value('maxAckPending'),
    maxDeliver: layers.value('maxDeliver'),
    backoffMs: layers.given('backoff') ?? [],
    ack: layers.value('ack'),
    kafka: resolveKafka(layers),
    disturb: [...(layers.given('disturb') ?? [])].sort((a, b) => a.at - b.at),
    workers: layers.value('workers'),
    queueSize: layers.value('queueSize'),
    laneSize: layers.value('laneSize'),
    overflow: layers.value('overflow'),
    gapPolicy: layers.value('gapPolicy'),
    gapTimeoutMs: gapTimeoutMs(layers),
    handlerTime: layers.value('handlerTime'),
    handlerTimeBy: layers.value('handlerTimeBy'),
    handlerFailShare: layers.value('handlerFail'),
    handlerFailure: layers.value('handlerFailure'),
    handlerTimeoutMs: layers.value('handlerTimeout'),
    drainTimeoutMs: drainTimeoutMs(layers),
    allow: [...new Set(layers.given('allow') ?? [])],
    gateRows: resolveGateRows(layers, rows.rows),
    maxViolations: layers.given('maxViolations') ?? null,
    failOn: layers.given('failOn') ?? [],
    ...confidenceOf(layers),
    expect: resolveExpectations(layers, rows.rows),
  };
}

function resolveKafka(layers: Layers): KafkaSettings {
  return {
    client: layers.value('kafkaClient'),
    partitions: layers.value('partitions'),
    members: layers.value('members'),
    key: layers.value('key'),
    partitioners: layers.value('partitioner'),
    acks: layers.value('acks'),
    idempotent: layers.value('idempotent'),
    retries: layers.value('retries'),
    requestsInFlight: layers.value('inFlight'),
    lingerMs: layers.value('linger'),
    produceBatchBytes: layers.value('produceBatch'),
    consume: layers.value('consume'),
    partitionsConcurrently: layers.value('partitionsConcurrently'),
    commit: layers.value('commit'),
    commitIntervalMs: layers.value('commitInterval'),
    commitThreshold: layers.value('commitThreshold'),
    sessionTimeoutMs: layers.value('sessionTimeout'),
    heartbeatIntervalMs: heartbeatIntervalMs(layers),
  };
}
