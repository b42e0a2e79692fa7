/** Hazards as flags that can be put together, two at a time, and which of two hides the other. */
import type { ScenarioFlags } from '../../src/scenario/flags.js';

export interface Ingredient {
  readonly id: string;
  readonly flags: Readonly<Record<string, string | readonly string[]>>;
  /** Causes that it may bring along. */
  readonly beside?: readonly string[];
  /** Hazards that it cannot be put together with. */
  readonly not?: readonly string[];
}

const crash = 'crash:300ms@45%';
const full = { queueSize: '4', workers: '4', laneSize: '1' };

export const onJetStream: readonly Ingredient[] = [
  { id: 'shared-durable', flags: { mode: 'multi/shared', topics: '3', aggregates: '60' } },
  // As much on its way for each of the two as for one alone.
  { id: 'competing-pullers', flags: { members: '2', aggregates: '60', maxAckPending: '2000' } },
  { id: 'unkeyed-pool', flags: { strategy: 'unkeyed-pool', handlerTime: '0-5ms' } },
  { id: 'unawaited-handler', flags: { strategy: 'unawaited-pool', handlerTime: '0-5ms' } },
  // What a full queue makes run outside the lanes is not tried again there.
  { id: 'retry-at-tail', flags: { strategy: 'retry-at-tail', handlerFail: '5%' }, beside: ['nak-behind-batch'] },
  { id: 'nak-behind-batch', flags: { handlerFail: '5%', handlerFailure: 'nak' } },
  {
    id: 'timeout-zombie',
    flags: { handlerFail: '5%', handlerFailure: 'runs-on', handlerTimeout: '50ms' },
    not: ['retry-at-tail', 'missing-ack', 'ack-before-handling'],
  },
  { id: 'failure-unanswered', flags: { handlerFail: '5%', handlerFailure: 'throw', ackWait: '2s' } },
  { id: 'concurrent-publishers', flags: { publishersPerAggregate: '3' } },
  { id: 'version-before-send', flags: { publish: 'pool:4' } },
  {
    id: 'aggregate-across-topics',
    flags: { mode: 'multi/per-topic', topics: '3', topicChoice: 'spread', orderScope: 'aggregate' },
  },
  {
    id: 'prefetch-aging',
    flags: { aggregates: '40', versions: '50', workers: '4', handlerTime: '10ms', ackWait: '2s' },
    beside: ['ack-wait-expiry'],
  },
  {
    id: 'backoff-overrides-ack-wait',
    flags: { aggregates: '40', versions: '50', workers: '4', handlerTime: '10ms', backoff: '1s' },
    // What waits for longer than the ack wait, too, is of that.
    beside: ['prefetch-aging', 'ack-wait-expiry'],
    not: ['prefetch-aging'],
  },
  // Nobody answers for a handling that fails either.
  { id: 'missing-ack', flags: { ack: 'never', ackWait: '2s', drainTimeout: '5s' }, beside: ['failure-unanswered'] },
  { id: 'crash-redelivery', flags: { ackWait: '2s', disturb: [crash] } },
  { id: 'overflow-reject', flags: { ...full, overflow: 'reject', ackWait: '2s' } },
  { id: 'overflow-fallback', flags: { ...full, overflow: 'inline', handlerTime: '5-15ms' } },
  { id: 'pool-resize', flags: { workers: '4', laneSize: '20', handlerTime: '0-5ms', disturb: ['workers:5@20%'] } },
  { id: 'max-deliver-skip', flags: { handlerFail: '10%', maxDeliver: '2' }, beside: ['nak-behind-batch'] },
  { id: 'ack-before-handling', flags: { ack: 'on-delivery', disturb: [crash] }, beside: ['crash-redelivery'] },
  { id: 'give-back', flags: { strategy: 'actor', handlerFail: '5%' }, beside: ['nak-behind-batch'] },
];

export const onKafka: readonly Ingredient[] = [
  { id: 'missing-key', flags: { key: 'none' } },
  {
    id: 'partitioner-mismatch',
    flags: { publishersPerAggregate: '2', partitioner: ['default', 'fnv1a'] },
    beside: ['concurrent-publishers'],
  },
  // A member that learns of new partitions joins anew.
  {
    id: 'partition-expansion',
    flags: { rate: '1000', aggregates: '40', versions: '50', disturb: ['partitions:6@30%'] },
    beside: ['rebalance-replay'],
  },
  { id: 'publish-retry', flags: { publish: 'async:5', rate: '1000', versions: '40', disturb: ['refuse:300ms@40%'] } },
  {
    id: 'client-overtakes',
    flags: { publish: 'async:5', rate: 'unlimited', produceBatch: '1000', sendOrder: 'client', versions: '40' },
  },
  { id: 'concurrent-publishers', flags: { publishersPerAggregate: '3', versions: '60' } },
  { id: 'offset-replay', flags: { handlerFail: '2%' } },
  {
    id: 'rebalance-overlap',
    flags: {
      ...{ rate: '1000', handlerTime: '30-80ms', partitions: '4', partitionsConcurrently: '4', versions: '40' },
      ...{ sessionTimeout: '6s', heartbeatInterval: '300ms', disturb: ['join@30%', 'join@60%'] },
    },
    beside: ['rebalance-replay'],
  },
  { id: 'unkeyed-pool', flags: { strategy: 'unkeyed-pool', handlerTime: '0-5ms' } },
  { id: 'unawaited-handler', flags: { strategy: 'unawaited-pool', handlerTime: '0-5ms' } },
  // What a full queue makes run outside the lanes is not tried again there.
  { id: 'retry-at-tail', flags: { strategy: 'retry-at-tail', handlerFail: '5%' }, beside: ['offset-replay'] },
  { id: 'overflow-fallback', flags: { ...full, overflow: 'inline', handlerTime: '5-15ms' } },
  {
    id: 'aggregate-across-topics',
    flags: {
      mode: 'multi/per-topic',
      topics: '3',
      topicChoice: 'spread',
      orderScope: 'aggregate',
      handlerTime: '0-9ms',
    },
  },
  { id: 'ack-before-handling', flags: { ack: 'on-delivery', handlerFail: '2%' } },
  { id: 'commit-past-failure', flags: { handlerFail: '2%', handlerFailure: 'skip' } },
];

const base = { mode: 'single', topics: '2', aggregates: '20', versions: '30', workers: '16' };

export interface HazardPair {
  readonly name: string;
  readonly broker: string;
  readonly ids: readonly [string, string];
  readonly beside: readonly string[];
  readonly flags: ScenarioFlags;
}

/** All pairs whose settings do not contradict each other. */
export function pairsOf(broker: string, ingredients: readonly Ingredient[]): readonly HazardPair[] {
  return ingredients.flatMap((one, at) =>
    ingredients.slice(at + 1).flatMap((other) => {
      const flags = together(one.flags, other.flags);
      if (flags === null || one.not?.includes(other.id) === true || other.not?.includes(one.id) === true) return [];
      const pair = {
        name: `${one.id} and ${other.id} on ${broker}`,
        ids: [one.id, other.id] as const,
        beside: [...(one.beside ?? []), ...(other.beside ?? [])],
      };
      return [{ ...pair, broker, flags: { ...base, broker, ...flags } }];
    }),
  );
}

/** The flags of both; of sizes the greater one; null: they contradict each other. */
function together(one: Ingredient['flags'], other: Ingredient['flags']): Ingredient['flags'] | null {
  const flags: Record<string, string | readonly string[]> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const given = flags[name];
    if (given === undefined || given === value) flags[name] = value;
    else if (name === 'disturb') flags[name] = [...new Set([given, value].flat())];
    else if (name === 'versions' || name === 'aggregates' || name === 'handlerFail')
      flags[name] = parseInt(String(given)) > parseInt(String(value)) ? given : value;
    else return null;
  }
  return flags;
}
