/**
 * What would make a run decisive, as a command: that of its row, with the flags changed that take its reasons away. All
 * of them, since one that is left leaves the run inconclusive; where two want different values of a flag, the one that
 * asks more of the strategy has its way. A reason that no flag takes away has no command.
 */
import { traitsOf, type BrokerTraits } from '../../domain/broker/registry.js';
import { formatMs, type Disturbance } from '../../domain/scenario/disturbance.js';
import type { LatentReason, Reason } from '../../domain/report/reason.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { disturbFlag, isForBroker, rowCommand, type Changes } from './row-command.js';

/** Of events, and of versions of an aggregate, that a command asks for. */
const eventsMax = 100_000_000;
const versionsMax = 10_000_000;
const retriesMax = 1_000;
const durationMaxMs = 24 * 60 * 60 * 1000;
/** So many handlings are to fail where handlings that fail were asked for. */
const failuresWanted = 20;

/** So many times more than what is wanted is asked for: pairs at risk come in clusters, and a few say little of how many. */
const spare = 4;
/** Room is lacking if so many times more pairs were contested than at risk. */
const crampedBelow = 10;
const roomPerAggregate = 4;
const roomMax = 1_000_000;
const fetchedMax = 500;
/** So long, in seconds, do publishers take that are to be slower. */
const publishingS = 2;
/** So few pairs at risk say nothing of how many more events have; faster ones have them for sure. */
const fewAtRisk = 10;
const changesMembers: readonly string[] = ['join', 'leave', 'stall'];

/** What takes one reason away. */
interface Step {
  readonly flags: Changes;
  /** What is then done to the run; absent: the same as before. */
  readonly disturb?: readonly Disturbance[];
}

/** Of one reason of a row; null if the row is decided, or nothing here takes the reason away. */
export function decisiveCommand(reason: Reason, row: RunRow, report: RunReport): string | null {
  if (report.scenario === null || stepFor(reason, row, report.scenario) === null) return null;
  return decisiveCommandOf(row, report);
}

/** Of a row with all its reasons; null if it is decided, or nothing here takes any of them away. */
export function decisiveCommandOf(row: RunRow, report: RunReport): string | null {
  if (row.outcome !== 'inconclusive' || report.scenario === null) return null;
  // What was cut short from outside says nothing of what it lacks: the same again.
  if (row.reasons.some(({ kind }) => kind === 'interrupted' || kind === 'truncated'))
    return rowCommand(row, report, {});
  let scenario = report.scenario;
  let flags: Changes | null = null;
  for (const reason of [...row.reasons].sort((a, b) => weightOf(a) - weightOf(b))) {
    const step = stepFor(reason, row, scenario);
    if (step === null) continue;
    flags = merged(flags ?? {}, step.flags);
    if (step.disturb === undefined) continue;
    scenario = { ...scenario, disturb: step.disturb };
    flags = { ...flags, disturb: disturbFlag(step.disturb) };
  }
  return flags === null ? null : rowCommand(row, report, flags);
}

/** What asks for another strategy comes last and so stays, what asks most of it behind all others. */
function weightOf(reason: Reason): number {
  if (reason.kind !== 'latent') return 0;
  return reason.of === 'not-survived' ? 2 : 1;
}

/** The later value of a flag, but the larger of two numbers of versions. */
function merged(earlier: Changes, later: Changes): Changes {
  const most = Math.max(Number(earlier['versions'] ?? 0), Number(later['versions'] ?? 0));
  return { ...earlier, ...later, ...(most > 0 && { versions: String(most) }) };
}

/** null: no flag of the row's broker takes the reason away. */
function stepFor(reason: Reason, row: RunRow, scenario: Scenario): Step | null {
  const step = stepAgainst(reason, row, scenario);
  return step !== null && isForBroker(step.flags, row) ? step : null;
}

function stepAgainst(reason: Reason, row: RunRow, scenario: Scenario): Step | null {
  switch (reason.kind) {
    case 'anomaly':
    case 'not-run':
    case 'told':
      return null;
    case 'interrupted':
    case 'broker-lost':
    case 'truncated':
      return { flags: {} };
    case 'drain-incomplete':
      return { flags: { 'drain-timeout': durationFlag(4 * scenario.drainTimeoutMs) } };
    case 'open-gaps': {
      const retries = Math.min(retriesMax, Math.max(20, 4 * scenario.kafka.retries));
      return { flags: brokerOf(row).hasProducerSettings ? { retries: String(retries) } : {} };
    }
    case 'too-few-at-risk':
      return { flags: pressHarder(reason.numbers, row, scenario) };
    case 'not-exercised':
      return exercised(reason, row, scenario);
    case 'latent':
      return withoutLuck(reason, row, scenario);
  }
}

/**
 * More versions. Where events waited and few pairs were at risk, the bus has room for too few events to hold two of an
 * aggregate: more room. Where no pair was at risk, also events that come faster than they are handled.
 */
function pressHarder(
  { atRiskPairs, contestedPairs, wanted }: Extract<Reason, { kind: 'too-few-at-risk' }>['numbers'],
  row: RunRow,
  scenario: Scenario,
): Changes {
  const room = contestedPairs > crampedBelow * atRiskPairs ? moreRoom(row, scenario) : {};
  // With room, what waits is at risk.
  const pressed = Object.keys(room).length > 0 ? contestedPairs : atRiskPairs;
  const more = { ...moreVersions(pressed === 0 ? 10 : (spare * wanted) / pressed, row, scenario), ...room };
  if (atRiskPairs >= fewAtRisk) return more;
  const { publish, ratePerSecond } = scenario;
  return {
    ...more,
    ...(publish.kind === 'handled' && { publish: 'serial' }),
    ...(ratePerSecond !== null && { rate: 'unlimited' }),
    ...slowerHandlers(scenario),
  };
}

/** For several events of each aggregate: in the queue that the fetch loops fill, unacknowledged, and in what they fetch. */
function moreRoom(row: RunRow, scenario: Scenario): Changes {
  const { aggregates, queueSize, maxAckPending, batch, workers, laneSize } = scenario;
  const { limitsUnacknowledged } = brokerOf(row);
  const room = Math.min(roomMax, roomPerAggregate * aggregates);
  const fetched = Math.min(fetchedMax, room);
  return {
    ...(queueSize < room && { 'queue-size': String(room) }),
    ...(limitsUnacknowledged && maxAckPending > 1 && maxAckPending < room && { 'max-ack-pending': String(room) }),
    // Its window is as many events as its lanes have places.
    ...(limitsUnacknowledged &&
      row.strategy === 'parallel-keys' &&
      workers * laneSize < room && { 'lane-size': String(Math.ceil(room / workers)) }),
    ...(limitsUnacknowledged && batch < fetched && { batch: String(fetched) }),
  };
}

function slowerHandlers({ handlerTime }: Scenario): Changes {
  return handlerTime.distribution === 'uniform' && handlerTime.maxMs < 5 ? { 'handler-time': '5ms' } : {};
}

/**
 * What met no pair at risk comes half-way through a bigger load; what had no effect is left out, but for a crash that found
 * nothing in hand. Members learn of a rebalance at their next heartbeat, so there that comes soon.
 */
function exercised({ of, numbers }: Extract<Reason, { kind: 'not-exercised' }>, row: RunRow, scenario: Scenario): Step {
  const { disturb, handlerFailShare, aggregates, versions } = scenario;
  if (of === 'handler-fail') {
    const expected = handlerFailShare * aggregates * versions;
    return { flags: moreVersions(Math.max(4, failuresWanted / Math.max(expected, 0.001)), row, scenario) };
  }
  const halfWay = disturb.map((one): Disturbance => (one.kind === of ? { ...one, at: 0.5 } : one));
  const slower = slowerHandlers(scenario);
  // It found nothing in hand: handlers that take longer have something more often.
  if (numbers.effects === 0 && of === 'crash' && Object.keys(slower).length > 0)
    return { flags: { ...moreVersions(4, row, scenario), ...slower }, disturb: halfWay };
  if (numbers.effects === 0) return { flags: {}, disturb: disturb.filter(({ kind }) => kind !== of) };
  const heartbeat = durationFlag(Math.min(100, scenario.kafka.heartbeatIntervalMs));
  const learnSooner = { 'heartbeat-interval': heartbeat, ...slower };
  const flags = {
    ...moreVersions(4, row, scenario),
    ...(changesMembers.includes(of) && learnSooner),
    ...(of === 'restart' && slowerPublishing(4, scenario)),
  };
  return { flags, disturb: halfWay };
}

/** Unlimited publishers are done before much is delivered: so slow that the consumers are at work half-way. */
function slowerPublishing(factor: number, { ratePerSecond, aggregates, versions }: Scenario): Changes {
  if (ratePerSecond !== null) return {};
  return { rate: String(Math.max(1, Math.ceil((factor * aggregates * versions) / publishingS))) };
}

function withoutLuck(reason: LatentReason, row: RunRow, scenario: Scenario): Step | null {
  switch (reason.of) {
    case 'shared-source':
      return row.durable === 'shared' ? { flags: { mode: 'multi/per-topic' } } : null;
    case 'several-sources':
      return { flags: brokerOf(row).logs === 'per topic' ? { strategy: 'version-gate' } : { mode: 'single' } };
    case 'overflow':
      return { flags: { overflow: 'block' } };
    case 'no-order-claimed':
      return { flags: { strategy: 'keyed-pool' } };
    case 'not-survived':
      return surviving(reason.numbers, brokerOf(row), scenario);
    case 'several-publishers': {
      const { acrossPublishers, withinPublisher } = reason.numbers;
      const byOne = acrossPublishers > 0 || withinPublisher === 0 ? { 'publishers-per-aggregate': '1' } : {};
      return { flags: withinPublisher > 0 ? { ...byOne, publish: 'serial' } : byOne };
    }
    case 'no-key':
      return { flags: { key: 'aggregate' } };
    case 'unsafe-publish':
      return { flags: safePublish(scenario) };
    case 'gives-up':
      return { flags: { 'max-deliver': 'unlimited' } };
    case 'crash-replay':
      return { flags: { allow: [...scenario.allow, 'duplicate'].join(',') } };
    case 'near-timeout':
      return { flags: longerTimeout(reason.numbers, row, scenario) };
  }
}

/** Tried again until the broker is back, and stored once. */
function safePublish({ kafka: { acks, retries, requestsInFlight } }: Scenario): Changes {
  return {
    ...{ idempotent: true },
    ...(acks !== 'all' && { acks: 'all' }),
    ...(retries === 0 && { retries: '20' }),
    ...(requestsInFlight !== 1 && { 'in-flight': '1' }),
  };
}

type NotSurvived = Extract<LatentReason, { of: 'not-survived' }>['numbers'];

/** One event of a queue at a time survives whatever comes, but that a key moves to another partition. */
function surviving(numbers: NotSurvived, broker: BrokerTraits, { disturb }: Scenario): Step {
  const { serial } = broker.ownStrategies;
  if (!broker.isPartitioned) return survivingUnpartitioned(numbers, serial);
  const { partitions, ...others } = numbers;
  const flags: Changes = Object.values(others).some((count) => count > 0) ? { strategy: serial } : {};
  return partitions > 0 ? { flags, disturb: disturb.filter(({ kind }) => kind !== 'partitions') } : { flags };
}

/** Retrying in place survives what does not end the service. */
function survivingUnpartitioned({ crash, rebalance, partitions }: NotSurvived, serial: string): Step {
  const strategy = crash + rebalance + partitions > 0 ? serial : 'retry-in-place';
  return { flags: { mode: 'single', strategy } };
}

/** Twice the bound, in whole seconds, for the time-out that the row's broker has. */
function longerTimeout(
  { boundMs, timeoutMs }: Extract<LatentReason, { of: 'near-timeout' }>['numbers'],
  row: RunRow,
  { backoffMs }: Scenario,
): Changes {
  const long = durationFlag(1000 * Math.ceil((2 * Math.max(boundMs, timeoutMs)) / 1000));
  if (brokerOf(row).rebalances) return { 'session-timeout': long };
  return { ...(backoffMs.length > 0 && { backoff: 'none' }), 'ack-wait': long };
}

/** At least 20 versions an aggregate, and not more events than anybody waits for. */
function moreVersions(factor: number, { point }: RunRow, { versions, aggregates }: Scenario): Changes {
  const at = (field: string, plain: number): number => (point?.field === field ? Number(point.value) : plain);
  const now = at('versions', versions);
  const most = Math.min(versionsMax, Math.floor(eventsMax / at('aggregates', aggregates)));
  const wanted = Math.max(20, Math.ceil(now * Math.max(2, factor)));
  return { versions: String(Math.max(now, Math.min(wanted, most))) };
}

function durationFlag(ms: number): string {
  return formatMs(Math.min(Math.ceil(ms), durationMaxMs));
}

function brokerOf({ broker }: RunRow): BrokerTraits {
  return traitsOf(broker.kind);
}
