/**
 * Kinds of sound buses under every load and accident that their strategy claims to survive. A kind says which
 * mechanisms are in its scenarios though they break nothing there: only those may be named, and only as latent. They are
 * there where a version gate puts right what several pullers of one durable mix up.
 */
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import type { Chance, DrawnKind } from './drawn-runs.js';

export interface SoundKind extends DrawnKind {
  readonly broker: 'sim:jetstream' | 'sim:kafka';
  /** Causes whose mechanism is in scenarios of the kind, and which a run that is not ordered may name as latent. */
  readonly latent: readonly string[];
}

const modes = ['single', 'multi/per-topic'];
const everyMode = [...modes, 'multi/shared'];
const firstPass = ['keyed-pool', 'pool-per-topic', 'aggregate-queue', 'actor', 'serial'];
/** Far below any ack wait here. */
const quick = ['0', '1ms', '0-3ms', 'exponential:2ms', 'lognormal:1ms:1'];
const slow = ['2-8ms', '5-20ms', 'exponential:5ms', 'lognormal:4ms:1'];

/** Little to do, or so much that queues fill; hot aggregates or even ones. */
function load(chance: Chance): ScenarioFlags {
  const isHeavy = chance.int(0, 2) > 0;
  const queueSize = chance.oneOf(['1', '8', '1024']);
  return {
    ...{ aggregates: String(isHeavy ? chance.int(8, 40) : chance.int(4, 10)), topics: String(chance.int(1, 4)) },
    ...{ versions: String(isHeavy ? chance.int(15, 40) : chance.int(2, 8)), skew: chance.oneOf(['0', '0', '1.2']) },
    ...{ handlerTime: chance.oneOf(isHeavy ? slow : quick), handlerTimeBy: chance.oneOf(['event', 'aggregate']) },
    ...{ rate: chance.oneOf(isHeavy ? ['2000', '20000'] : ['300', '2000']), workers: String(chance.int(1, 32)) },
    ...{ queueSize, laneSize: queueSize === '1' ? '1' : '64' },
  };
}

const resize = (chance: Chance): ScenarioFlags => ({
  disturb: `workers:${chance.int(1, 40)}@${chance.int(20, 70)}%`,
});

/** Handlings that fail, in each way in which that is answered. */
const failures = (chance: Chance): ScenarioFlags => ({
  ...{ handlerFail: chance.oneOf(['1%', '5%', '20%']), handlerTimeout: '60ms' },
  handlerFailure: chance.oneOf(['nak', 'throw', 'timeout']),
});

const crash = (chance: Chance): ScenarioFlags => ({ disturb: `crash:100ms@${chance.int(20, 70)}%` });
const join = (chance: Chance): ScenarioFlags => ({
  disturb: `${chance.oneOf(['join', 'leave'])}@${chance.int(20, 60)}%`,
});
const nothing = (): ScenarioFlags => ({});

/** What a version gate puts right behind handlings that fail. */
const sentAgain = ['failure-unanswered', 'nak-behind-batch'];

/** What a crash leaves behind where one event is out at a time: that one, until its ack wait ends. */
const stuckForAWhile = ['dead-client-holds-pending'];

/** On JetStream unless the flags say otherwise. @param accidents of which a run has one */
function kind(
  name: string,
  flagsOf: (chance: Chance) => ScenarioFlags,
  accidents: readonly ((chance: Chance) => ScenarioFlags)[],
  latent: readonly string[] = [],
): SoundKind {
  return {
    ...{ name, latent, broker: 'sim:jetstream' },
    draw: (chance) => ({ ...load(chance), ...flagsOf(chance), ...chance.oneOf(accidents)(chance) }),
  };
}

const onJetStream: readonly SoundKind[] = [
  kind(
    'one puller a durable, nothing delivered again',
    (chance) => ({ mode: chance.oneOf(modes), strategy: chance.oneOf([...firstPass, 'ordered-consumer']) }),
    [nothing],
  ),
  kind(
    'one publisher that does not wait, over one connection',
    (chance) => ({ mode: chance.oneOf(modes), strategy: chance.oneOf(firstPass), publish: 'async:10' }),
    [nothing],
  ),
  kind(
    'lanes whose number changes under a queue an aggregate, or one handler',
    (chance) => ({ mode: chance.oneOf(modes), strategy: chance.oneOf(['aggregate-queue', 'serial']) }),
    [resize],
  ),
  kind(
    'one event out at a time, whoever pulls',
    (chance) => ({
      ...{ mode: chance.oneOf(everyMode), members: String(chance.int(1, 3)), strategy: 'max-ack-pending-1' },
      ...{ versions: String(chance.int(2, 10)), ackWait: '2s' },
    }),
    [nothing, failures, crash, resize],
    stuckForAWhile,
  ),
  kind(
    'one event out at a time of each partition',
    (chance) => ({
      ...{ mode: chance.oneOf(modes), strategy: 'partitioned', partitions: String(chance.int(1, 4)) },
      ...{ members: String(chance.int(1, 2)), versions: String(chance.int(2, 12)) },
      ackWait: '2s',
    }),
    [nothing, failures, crash],
    stuckForAWhile,
  ),
  kind(
    'one puller pinned among several',
    (chance) => ({
      ...{ mode: chance.oneOf(everyMode), members: String(chance.int(2, 3)), strategy: 'pinned-client' },
    }),
    [nothing],
  ),
  kind(
    'failures tried again in the bus',
    (chance) => ({ mode: chance.oneOf(modes), strategy: chance.oneOf(['retry-in-place', 'parallel-keys']) }),
    [failures, resize],
  ),
  kind(
    'a version gate behind durables of one puller each',
    (chance) => ({ mode: chance.oneOf(modes), strategy: 'version-gate' }),
    [nothing, failures, resize],
    sentAgain,
  ),
  kind(
    'a version gate behind a durable that subscriptions of several topics share',
    (chance) => ({ mode: 'multi/shared', topics: String(chance.int(2, 4)), strategy: 'version-gate' }),
    [nothing, failures, resize],
    [...sentAgain, 'shared-durable'],
  ),
  kind(
    'version gates of replicas that pull from the same durables',
    (chance) => ({ mode: chance.oneOf(modes), members: String(chance.int(2, 3)), strategy: 'version-gate' }),
    [nothing],
    ['competing-pullers'],
  ),
];

const onKafka: readonly SoundKind[] = [
  kind(
    'members of a group, nothing delivered again',
    (chance) => ({ members: String(chance.int(1, 3)), strategy: chance.oneOf([...firstPass, 'partition-concurrent']) }),
    [nothing],
  ),
  kind(
    'message by message, partition by partition',
    (chance) => ({ members: '2', strategy: chance.oneOf(['partition-serial', 'partition-concurrent']) }),
    [failures, join, resize],
  ),
  kind(
    'failures tried again in the bus, or put right by a version gate',
    (chance) => ({
      members: String(chance.int(1, 2)),
      strategy: chance.oneOf(['retry-in-place', 'parallel-keys', 'version-gate']),
    }),
    [nothing, failures, resize],
  ),
].map((one) => ({
  ...one,
  broker: 'sim:kafka',
  draw: (chance) => ({
    ...{ ...one.draw(chance), broker: 'sim:kafka', mode: 'single', partitions: String(chance.int(1, 4)) },
    ...{ heartbeatInterval: '300ms', sessionTimeout: '6s' },
  }),
}));

export const soundKinds: readonly SoundKind[] = [...onJetStream, ...onKafka];
