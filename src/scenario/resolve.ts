/**
 * What exactly is to be run? Defaults, overridden by the file, overridden by the flags: one {@link Scenario} in which
 * everything is spelled out. What one field allows the schema has checked; here is what fields require of each other.
 */
import { basename } from 'node:path';
import { brokersThat, protocols, traitsOf, type BrokerKind, type Protocol } from '../domain/broker/registry.js';
import { UsageError } from '../domain/errors.js';
import type { KafkaSettings } from '../domain/kafka.js';
import { expectationKeysOf, modeRows } from '../domain/scenario/scenario.js';
import type { ModeRow, RowSpec, Scenario } from '../domain/scenario/scenario.js';
import { defaultDrainTimeoutMs, fieldDefaults } from './defaults.js';
import { protocolFields, strategyFields } from './fields.js';
import type { ScenarioField } from './fields.js';
import { gateRowsOf } from './gate-rows.js';
import { parseFlags } from './flags.js';
import type { ScenarioFlags } from './flags.js';
import { Layers } from './layers.js';
import { formatCount, limits } from './limits.js';
import { rowsOf } from './mode-rows.js';
import type { DurableChoice, ModeChoice } from './mode-rows.js';
import { placeOf } from './problem.js';
import { confidenceOf, repeatOf, untilAtRiskOf } from './repeats.js';
import { isForOtherBrokers, modeOfPair, rowSpecsOf } from './row-names.js';
import type { ScenarioFile } from './file/scenario-file.js';
import { createScenarioSchema } from './schema.js';

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
  checkSizes(layers);
  checkBackoff(layers);
  checkProtocols(layers);
  checkGap(layers);
  checkDisturbances(layers);
  checkKafka(layers);
  const rows = resolveRows(layers);
  const ackWaitMs = layers.value('ackWait');
  return {
    name: layers.given('name') ?? (file === undefined ? layers.value('name') : nameOfFile(file.path)),
    brokers: layers.value('broker'),
    modes: modeRows.filter((mode) => rows.some((row) => row.mode === mode)),
    strategies: [...new Set(rows.map(({ strategy }) => strategy))],
    rows,
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
    ackWaitMs,
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
    gapTimeoutMs: layers.given('gapTimeout') ?? 2 * redeliveryMs(layers),
    handlerTime: layers.value('handlerTime'),
    handlerTimeBy: layers.value('handlerTimeBy'),
    handlerFailShare: layers.value('handlerFail'),
    handlerFailure: layers.value('handlerFailure'),
    handlerTimeoutMs: layers.value('handlerTimeout'),
    drainTimeoutMs: layers.given('drainTimeout') ?? defaultDrainTimeoutMs(redeliveryMs(layers)),
    allow: [...new Set(layers.given('allow') ?? [])],
    gateRows: resolveGateRows(layers, rows),
    maxViolations: layers.given('maxViolations') ?? null,
    failOn: layers.given('failOn') ?? [],
    ...confidenceOf(layers),
    expect: resolveExpectations(layers, rows),
  };
}

/** Rows whose expectation in the file does not apply, because a flag left them out. */
export function droppedExpectations(file: ScenarioFile, scenario: Scenario): readonly string[] {
  const keys = Object.keys(file.settings.expect ?? {});
  // A file may say what it expects of brokers on which it is not run today.
  return keys.filter((key) => !isForOtherBrokers(key, scenario.brokers) && scenario.expect[key] === undefined);
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

/** What the second client lacks, said before any broker is started; its driver refuses the same. */
function checkClient(layers: Layers): void {
  if (layers.value('kafkaClient') !== 'platformatic') return;
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const lacking: readonly (readonly [ScenarioField, boolean, string])[] = [
    [
      'kafkaClient',
      !brokers.some((broker) => traitsOf(broker).choosesClient),
      'it is a client of a real Kafka: add --broker kafka',
    ],
    ['consume', layers.value('consume') === 'each-message', 'it has no handling of one message at a time'],
    ['partitionsConcurrently', layers.value('partitionsConcurrently') > 1, 'it has no limit to partitions at a time'],
    ['commitThreshold', layers.value('commitThreshold') !== null, 'it does not commit by number of messages'],
    ['disturb', layers.given('disturb')?.some(({ kind }) => kind === 'pause') === true, 'it cannot pause'],
    ['handlerFail', layers.value('handlerFail') > 0, 'it has no way back to a message that failed'],
    [
      'idempotent',
      layers.value('idempotent') && layers.value('inFlight') !== 1,
      'it cannot be idempotent with more than one request in flight (--in-flight 1)',
    ],
  ];
  const found = lacking.find(([, isAsked]) => isAsked);
  if (found === undefined) return;
  const [field, , why] = found;
  const asked = field === 'kafkaClient' ? '' : `, and ${layers.place(field)} asks for what it cannot do`;
  throw new UsageError(
    `${layers.place('kafkaClient')} is platformatic${asked}: ${why}`,
    field === 'kafkaClient' ? 'or leave the client out' : 'leave that out, or use --kafka-client kafkajs',
  );
}

/** A fifth of a short session keeps the longest time between two heartbeats well below a third of it. */
function heartbeatIntervalMs(layers: Layers): number {
  return (
    layers.given('heartbeatInterval') ?? Math.min(layers.value('heartbeatInterval'), layers.value('sessionTimeout') / 5)
  );
}

/** After how long the slowest of the brokers delivers again what was not acknowledged. */
function redeliveryMs(layers: Layers): number {
  const [ackWaitMs, sessionMs] = [layers.value('ackWait'), layers.value('sessionTimeout')];
  return Math.max(...layers.value('broker').map((broker) => (traitsOf(broker).rebalances ? sessionMs : ackWaitMs)));
}

/**
 * A setting of one protocol is without effect on the other, and nobody who gives it means that. A file whose broker was
 * replaced by a flag keeps its settings: it is the same scenario on another broker.
 */
function checkProtocols(layers: Layers): void {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  for (const [protocol, fields] of Object.entries(protocolFields)) {
    if (brokers.some((broker) => traitsOf(broker).protocol === protocol)) continue;
    const given = fields.find(
      (field) =>
        !isForStrategy(layers, field) &&
        (layers.flags[field] !== undefined ||
          (layers.flags.broker === undefined && layers.file?.settings[field] !== undefined)),
    );
    if (given === undefined) continue;
    const { name } = protocols[protocol as Protocol];
    throw new UsageError(
      `${layers.place(given)} is a setting of ${name}, and the broker is ${brokers.join(', ')}`,
      `leave it out, or run on ${name}: ${flagsOf(brokersThat((broker) => broker.protocol === protocol))}`,
    );
  }
}

/** Whether a strategy that was asked for reads it, whatever the protocol. */
function isForStrategy(layers: Layers, field: ScenarioField): boolean {
  const reader = strategyFields[field];
  if (reader === undefined) return false;
  return layers.value('strategy').some((named) => named === reader || named.endsWith(`+${reader}`));
}

/** A file whose broker was replaced by a flag keeps its disturbances, as it keeps its settings. */
function checkDisturbances(layers: Layers): void {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const isKept = layers.flags.disturb === undefined && layers.flags.broker !== undefined;
  if (isKept) return;
  const known = brokers.map((broker) => traitsOf(broker).disturbances);
  const other = layers.given('disturb')?.find(({ kind }) => !known.some((kinds) => kinds.includes(kind)));
  if (other === undefined) return;
  const able = brokersThat(({ disturbances }) => disturbances.includes(other.kind));
  throw new UsageError(
    `${layers.place('disturb')} has ${other.kind}, which is for ${namesOf(able)}, and the broker is ${brokers.join(', ')}`,
    `leave it out (${namesOf(brokers)} can have ${[...new Set(known.flat())].join(', ')}), or run on ${namesOf(able)}: ${flagsOf(able)}`,
  );
}

/** Protocols, as messages name them. */
function namesOf(brokers: readonly BrokerKind[]): string {
  return [...new Set(brokers.map((broker) => traitsOf(broker).name))].join(' and ');
}

function flagsOf(brokers: readonly BrokerKind[]): string {
  return brokers.map((broker) => `--broker ${broker}`).join(' or ');
}

function checkKafka(layers: Layers): void {
  const [heartbeatMs, sessionMs] = [heartbeatIntervalMs(layers), layers.value('sessionTimeout')];
  if (heartbeatMs >= sessionMs) {
    throw new UsageError(
      `${layers.place('heartbeatInterval')} is ${String(heartbeatMs)}ms but ${layers.place('sessionTimeout')} is ${String(sessionMs)}ms: a member would lose its partitions between two heartbeats`,
      'ask for a heartbeat at most a third as long as the session time-out',
    );
  }
  if (layers.value('idempotent') && layers.value('acks') !== 'all') {
    throw new UsageError(
      `${layers.place('idempotent')} is true but ${layers.place('acks')} is ${layers.value('acks')}: an idempotent producer waits for all`,
      'leave one of the two out',
    );
  }
  checkClient(layers);
  if (layers.value('commit') === 'manual') {
    const automatic = (['commitInterval', 'commitThreshold'] as const).find((field) => layers.value(field) !== null);
    if (automatic !== undefined) {
      throw new UsageError(
        `${layers.place(automatic)} is for auto commit but ${layers.place('commit')} is manual`,
        'leave one of the two out',
      );
    }
  }
  const refuses = layers.given('disturb')?.some(({ kind }) => kind === 'refuse') === true;
  if (refuses && layers.value('acks') !== 'all') {
    throw new UsageError(
      `${layers.place('disturb')} has refuse but ${layers.place('acks')} is ${layers.value('acks')}: only a publisher that waits for all acknowledgements is refused`,
      'publish with acks all, or leave the disturbance out',
    );
  }
  const fewer = layers
    .given('disturb')
    ?.find((one) => one.kind === 'partitions' && one.count <= layers.value('partitions'));
  if (fewer?.kind === 'partitions') {
    throw new UsageError(
      `${layers.place('disturb')} has partitions:${String(fewer.count)} but ${layers.place('partitions')} is ${String(layers.value('partitions'))}: partitions can only be added`,
      'ask for more partitions than there are',
    );
  }
}

/** Who waits on whatever happens looks at no clock. */
function checkGap(layers: Layers): void {
  if (layers.given('gapTimeout') === undefined || layers.value('gapPolicy') !== 'wait') return;
  throw new UsageError(
    `${layers.place('gapTimeout')} is given but ${layers.place('gapPolicy')} is wait: a missing version is waited for without end`,
    'leave it out, or ask for --gap-policy skip or --gap-policy park',
  );
}

function checkSizes(layers: Layers): void {
  const [topics, aggregates, versions] = [layers.value('topics'), layers.value('aggregates'), layers.value('versions')];
  if (aggregates < topics) {
    throw new UsageError(
      `${layers.place('aggregates')} is ${formatCount(aggregates)} but ${layers.place('topics')} is ${formatCount(topics)}: every topic needs an aggregate of its own`,
      `ask for ${formatCount(topics)} aggregates or more, or for at most ${formatCount(aggregates)} topics`,
    );
  }
  if (aggregates * versions > limits.events) {
    throw new UsageError(
      `${layers.place('aggregates')} ${formatCount(aggregates)} × ${layers.place('versions')} ${formatCount(versions)} are ${formatCount(aggregates * versions)} events; allowed: at most ${formatCount(limits.events)}`,
      'ask for fewer aggregates or fewer versions',
    );
  }
}

function checkBackoff(layers: Layers): void {
  const waits = layers.given('backoff')?.length ?? 0;
  const maxDeliver = layers.value('maxDeliver');
  if (maxDeliver !== null && maxDeliver <= waits) {
    throw new UsageError(
      `${layers.place('maxDeliver')} is ${formatCount(maxDeliver)} but ${layers.place('backoff')} has ${formatCount(waits)} waits: brokers require more deliveries than waits`,
      `ask for ${formatCount(waits + 1)} deliveries or more, or for fewer waits`,
    );
  }
}

/** A mode given by a flag is not narrowed by the file's durable unless it can be. */
function resolveModes(layers: Layers): readonly ModeRow[] {
  const named: readonly ModeChoice[] = layers.value('mode');
  const ownDurable: DurableChoice | undefined =
    layers.flags.mode === undefined ? layers.given('durable') : layers.flags.durable;
  const fileDurable = named.includes('multi') ? layers.given('durable') : undefined;
  const durable = ownDurable ?? fileDurable ?? null;
  const rows = rowsOf(named, durable);
  if (rows.length > 0) return rows;
  throw new UsageError(
    `${layers.place('durable')} is ${String(durable)} but ${layers.place('mode')} is ${named.join(', ')}, which has no such row`,
    named.join() === 'single'
      ? 'leave the durable out, or run --mode multi'
      : `run --mode multi --durable ${String(durable)}`,
  );
}

/** Strategies that are named with their modes are rows already; a mode beside them would be without effect. */
function resolveRows(layers: Layers): readonly RowSpec[] {
  const named = layers.value('strategy');
  const modes = resolveModes(layers);
  if (named.some((name) => modeOfPair(name) === null)) return rowSpecsOf(named, modes);
  const idle = (['mode', 'durable'] as const).find((field) => layers.flags[field] !== undefined);
  if (idle !== undefined) {
    throw new UsageError(
      `${layers.place(idle)} is given, but ${layers.place('strategy')} names each strategy with its mode (${named[0]!})`,
      'leave the mode out, or name the strategies without one',
    );
  }
  return rowSpecsOf(named, modes);
}

/**
 * An expectation of a row that is not run can never be met, so the file is in error; unless a flag narrowed the rows
 * down, and then the rows that are left must have one, or the file's gate would be gone unnoticed.
 */
function resolveExpectations(layers: Layers, rows: readonly RowSpec[]): Scenario['expect'] {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const run = new Set(rows.flatMap((row) => brokers.flatMap((broker) => expectationKeysOf(row, broker))));
  const expectations = Object.entries(layers.file?.settings.expect ?? {}).filter(
    ([key]) => !isForOtherBrokers(key, brokers),
  );
  const kept = expectations.filter(([key]) => run.has(key));
  const dropped = expectations.find(([key]) => !run.has(key))?.[0];
  const { mode, durable, broker, strategy } = layers.flags;
  const narrowed = mode !== undefined || durable !== undefined || broker !== undefined || strategy !== undefined;
  if (dropped !== undefined && (!narrowed || kept.length === 0)) {
    const place = layers.file === undefined ? dropped : placeOf(['expect', dropped], { kind: 'file', ...layers.file });
    const several = new Set(rows.map(({ strategy }) => strategy)).size > 1;
    const names = rows.map((row) => (several ? `${row.mode}+${row.strategy}` : row.mode));
    throw new UsageError(
      `${place} expects something of a row that is not run; rows run are ${names.join(', ')} on ${brokers.join(', ')}`,
      narrowed ? 'run a row that the file expects something of' : 'take the expectation out, or run the row too',
    );
  }
  return Object.fromEntries(
    kept.map(([key, { outcome, that }]) => [key, { ...(outcome && { outcome }), ...(that && { that }) }]),
  );
}

/** Of rows that a file names, those that flags left out no longer count; all of them gone is an error, as any is in a flag. */
function resolveGateRows(layers: Layers, rows: readonly RowSpec[]): Scenario['gateRows'] {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const { mode, durable, broker, strategy, gateMode } = layers.flags;
  const names = layers.given('gateMode') ?? [];
  // A file may speak of rows on brokers on which it is not run today.
  const here = gateMode === undefined ? names.filter((name) => !isForOtherBrokers(name, brokers)) : names;
  return gateRowsOf(here.length === 0 ? names : here, {
    place: layers.place('gateMode'),
    rows: rows.flatMap((row) => brokers.map((on) => ({ ...row, broker: on }))),
    partly: gateMode === undefined && [mode, durable, broker, strategy].some((flag) => flag !== undefined),
  });
}

/** `scenarios/my quick.yaml` → `my-quick`. */
function nameOfFile(path: string): string {
  const stem = basename(path).replace(/\.ya?ml$/i, '');
  const safe = stem
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, limits.nameLength);
  return safe === '' ? fieldDefaults.name : safe;
}
