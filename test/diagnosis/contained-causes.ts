/**
 * Which mechanisms a scenario can contain at all, by its flags: one condition for each cause. A cause that is named of a
 * run whose scenario cannot contain its mechanism is mistaken, whatever the evidence looked like.
 */
import { causeIds } from '../../src/domain/report/cause-ids.js';
import type { Chance } from '../run/drawn-runs.js';

type CauseId = (typeof causeIds)[number];
export type DrawnFlags = Readonly<Record<string, string | readonly string[]>>;

interface Run {
  readonly flags: DrawnFlags;
  readonly isKafka: boolean;
  readonly fails: boolean;
}

type Contains = (run: Run) => boolean;

const isDisturbedBy =
  (...kinds: readonly string[]): Contains =>
  ({ flags }) =>
    kinds.some((kind) => String(flags['disturb'] ?? '').startsWith(kind));
const has =
  (name: string, ...values: readonly string[]): Contains =>
  ({ flags }) =>
    values.length === 0 ? flags[name] !== undefined : values.includes(String(flags[name] ?? ''));
const onKafka: Contains = ({ isKafka }) => isKafka;
const onJetStream: Contains = ({ isKafka }) => !isKafka;
const failing: Contains = ({ fails }) => fails;
const all =
  (...conditions: readonly Contains[]): Contains =>
  (run) =>
    conditions.every((condition) => condition(run));
const either =
  (...conditions: readonly Contains[]): Contains =>
  (run) =>
    conditions.some((condition) => condition(run));

const groupChanges = all(onKafka, isDisturbedBy('join', 'leave', 'stall', 'crash', 'restart', 'partitions', 'pause'));
const publishesFail = isDisturbedBy('restart', 'refuse');
const ackWaitIsShort = all(onJetStream, has('ackWait', '300ms', '1s'));

const contains: Readonly<Record<CauseId, Contains>> = {
  'concurrent-publishers': has('publishersPerAggregate', '2'),
  'version-before-send': has('publish', 'pool:4'),
  'publish-retry': publishesFail,
  'publish-retry-duplicate': publishesFail,
  'client-overtakes': all(onKafka, has('sendOrder', 'client')),
  'dedupe-window': has('messageId', 'aggregate'),
  'missing-key': all(onKafka, has('key', 'none', 'event')),
  'partitioner-mismatch': all(onKafka, has('partitioner', 'default,fnv1a')),
  'partition-expansion': isDisturbedBy('partitions'),
  'aggregate-across-topics': has('orderScope', 'aggregate'),
  'shared-durable': all(onJetStream, has('mode', 'multi/shared')),
  'competing-pullers': all(onJetStream, either(has('members', '2'), has('mode', 'multi/shared'))),
  'timeout-zombie': all(failing, has('handlerFailure', 'runs-on')),
  'nak-behind-batch': all(onJetStream, failing),
  'failure-unanswered': all(onJetStream, failing, either(has('handlerFailure', 'throw'), has('ack', 'never'))),
  'give-back': all(failing, has('strategy', 'actor', 'parallel-keys', 'aggregate-queue', 'version-gate', 'serial')),
  'offset-replay': all(onKafka, failing),
  'backoff-overrides-ack-wait': all(onJetStream, has('backoff')),
  'ack-wait-expiry': ackWaitIsShort,
  'prefetch-aging': ackWaitIsShort,
  'missing-ack': has('ack', 'never'),
  'crash-redelivery': isDisturbedBy('crash'),
  'dead-client-holds-pending': all(onJetStream, isDisturbedBy('crash')),
  'reconnect-redelivery': all(onKafka, isDisturbedBy('restart')),
  'rebalance-overlap': groupChanges,
  'rebalance-replay': groupChanges,
  'session-shorter-than-handler': all(onKafka, has('sessionTimeout')),
  'overflow-reject': has('overflow', 'reject'),
  'overflow-fallback': has('overflow', 'inline'),
  'pool-resize': isDisturbedBy('workers'),
  'unkeyed-pool': has('strategy', 'unkeyed-pool'),
  'unawaited-handler': has('strategy', 'unawaited-pool'),
  'retry-at-tail': all(failing, has('strategy', 'retry-at-tail')),
  'max-deliver-skip': has('maxDeliver'),
  'ack-before-handling': either(has('ack', 'on-delivery'), all(onKafka, has('commit', 'auto'), isDisturbedBy('crash'))),
  'ack-without-success': all(failing, has('handlerFailure', 'ack')),
  'commit-past-failure': all(onKafka, failing),
};

/** The causes whose mechanism the scenario of these flags can contain. */
export function containedCauses(flags: DrawnFlags): readonly CauseId[] {
  const isKafka = flags['broker'] === 'sim:kafka';
  const run = { flags, isKafka, fails: flags['handlerFail'] !== undefined };
  return causeIds.filter((id) => contains[id](run));
}

const strategies = [
  ...[
    'keyed-pool',
    'keyed-pool',
    'keyed-pool',
    'pool-per-topic',
    'aggregate-queue',
    'parallel-keys',
    'serial',
    'actor',
  ],
  ...['retry-in-place', 'retry-at-tail', 'version-gate', 'unkeyed-pool', 'unawaited-pool'],
];

/** A scenario with any strategy, on either simulator, and some mechanisms that break order, or none. */
export function drawAny(chance: Chance): DrawnFlags {
  const broker = chance.oneOf(['sim', 'sim:kafka']);
  const isKafka = broker === 'sim:kafka';
  const flags: Record<string, string | readonly string[]> = {
    ...{ broker, strategy: chance.oneOf(strategies), workers: String(chance.int(2, 40)) },
    mode: chance.oneOf(['single', 'multi/per-topic', ...(isKafka ? [] : ['multi/shared'])]),
    ...{ topics: String(chance.int(1, 3)), aggregates: String(chance.int(3, 40)), versions: String(chance.int(5, 40)) },
    handlerTime: chance.oneOf(['0', '1ms', '0-5ms', '2-20ms']),
    rate: chance.oneOf(['300', '2000', '20000']),
    drainTimeout: '20s',
  };
  const some = (inTen: number, of: Readonly<Record<string, string>>): void => {
    if (chance.int(1, 10) <= inTen) Object.assign(flags, of);
  };
  some(4, {
    handlerFail: chance.oneOf(['1%', '5%', '20%']),
    handlerFailure: chance.oneOf(['nak', 'throw', 'timeout', 'runs-on', 'ack', ...(isKafka ? ['skip'] : [])]),
  });
  some(5, { disturb: disturbanceOf(chance, isKafka) });
  some(1, { perturb: '0-20ms' });
  some(1, { publishersPerAggregate: '2' });
  some(2, { publish: chance.oneOf(['async:5', 'pool:4']) });
  some(1, { members: '2' });
  some(1, { ack: chance.oneOf(['on-delivery', 'never']), drainTimeout: '5s' });
  some(2, { overflow: chance.oneOf(['reject', 'inline']), queueSize: '4', laneSize: '1' });
  some(1, { topicChoice: 'spread', orderScope: 'aggregate' });
  if (isKafka) drawKafka(chance, some);
  else drawJetStream(chance, some);
  return flags;
}

type Some = (inTen: number, of: Readonly<Record<string, string>>) => void;

function drawKafka(chance: Chance, some: Some): void {
  some(2, { key: chance.oneOf(['none', 'event']) });
  some(1, { partitioner: 'default,fnv1a' });
  some(4, { commit: chance.oneOf(['auto', 'manual']) });
  some(1, { sendOrder: 'client', produceBatch: '1000' });
  some(1, { sessionTimeout: '6s', heartbeatInterval: '300ms' });
  some(2, { consume: 'each-message' });
}

function drawJetStream(chance: Chance, some: Some): void {
  some(3, { ackWait: chance.oneOf(['300ms', '1s']) });
  some(1, { maxDeliver: chance.oneOf(['1', '2']) });
  some(1, { backoff: '100ms,1s' });
  some(1, { messageId: 'aggregate' });
  some(1, { maxAckPending: chance.oneOf(['1', '10']) });
}

function disturbanceOf(chance: Chance, isKafka: boolean): string {
  const at = `@${chance.int(20, 70)}%`;
  const kinds = ['workers:5', 'crash:300ms'];
  const kafkaKinds = ['restart:300ms', 'refuse:300ms', 'join', 'leave', 'stall:2s', 'partitions:7', 'pause:300ms'];
  return `${chance.oneOf(isKafka ? [...kinds, ...kafkaKinds] : kinds)}${at}`;
}
