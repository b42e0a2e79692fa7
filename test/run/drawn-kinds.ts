/**
 * The kinds of buses that are drawn: broken ones, whose runs are light and ask for one pair at risk only, so that
 * nothing but what is known of the bus keeps them from passing; and sound ones, whose runs press hard enough to pass.
 * Small, so that servers can do many.
 */
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import type { Chance, DrawnKind } from './drawn-runs.js';

const modes = ['single', 'multi/per-topic'];
const handlerTimes = ['0', '1ms', '0-3ms', '1-5ms'];
/** What keeps order as long as nothing is delivered again. */
const firstPass = ['keyed-pool', 'pool-per-topic', 'aggregate-queue', 'actor'];

function light(chance: Chance, topicsMin = 1): ScenarioFlags {
  const aggregates = chance.int(Math.max(2, topicsMin), 25);
  const topics = chance.int(topicsMin, Math.min(5, aggregates));
  return {
    ...{ topics: String(topics), aggregates: String(aggregates), versions: String(chance.int(2, 12)) },
    ...{ handlerTime: chance.oneOf(handlerTimes), workers: String(chance.int(2, 32)), minAtRisk: '1' },
  };
}

const resized = ({ workers }: ScenarioFlags, chance: Chance): ScenarioFlags => ({
  disturb: `workers:${Number(workers) + chance.oneOf([-1, 1, 3])}@50%`,
});

export const sharedDurable: DrawnKind = {
  name: 'one durable that several subscriptions share',
  draw: (chance) => ({
    ...light(chance, 2),
    ...{ mode: 'multi/shared', strategy: chance.oneOf([...firstPass, 'retry-in-place']) },
    maxAckPending: String(chance.oneOf([2, 3, 8, 1000])),
  }),
};

export const replicas: DrawnKind = {
  name: 'replicas of a service that pull from the same durables',
  draw: (chance) => ({
    ...light(chance),
    ...{ mode: chance.oneOf([...modes, 'multi/shared']), members: String(chance.int(2, 4)) },
    strategy: chance.oneOf([...firstPass, 'serial', 'retry-in-place', 'parallel-keys']),
    ...{ maxAckPending: String(chance.oneOf([2, 3, 8, 1000])), rate: chance.oneOf(['300', '2000', '20000']) },
  }),
};

export const hastyGates: DrawnKind = {
  name: 'version gates of several replicas, which do not wait for what another has in hand',
  draw: (chance) => ({
    ...light(chance),
    ...{ mode: chance.oneOf([...modes, 'multi/shared']), members: String(chance.int(2, 4)), strategy: 'version-gate' },
    ...{ gapPolicy: chance.oneOf(['skip', 'park']), gapTimeout: chance.oneOf(['100ms', '31s', '2m']) },
  }),
};

export const unkeyedPool: DrawnKind = {
  name: 'a pool without keys',
  // Few workers: with one, or two that are never busy at once, nothing goes wrong.
  draw: (chance) => ({
    ...light(chance),
    ...{ mode: chance.oneOf(modes), strategy: 'unkeyed-pool', workers: String(chance.int(1, 4)) },
  }),
};

export const unawaitedPool: DrawnKind = {
  name: 'lanes that do not await their handlers',
  draw: (chance) => ({ ...light(chance), mode: chance.oneOf(modes), strategy: 'unawaited-pool' }),
};

export const twoPublishers: DrawnKind = {
  name: 'two publishers of one aggregate',
  draw: (chance) => ({ ...light(chance), mode: chance.oneOf(modes), publishersPerAggregate: '2' }),
};

export const resizedPool: DrawnKind = {
  name: 'a keyed pool that gets another number of lanes',
  draw: (chance) => {
    const size = light(chance);
    return { ...size, mode: chance.oneOf(modes), ...resized(size, chance) };
  },
};

export const failingHandlers: DrawnKind = {
  name: 'handlers that fail, and strategies that let later events pass',
  draw: (chance) => ({
    ...light(chance),
    ...{ mode: chance.oneOf(modes), strategy: chance.oneOf(firstPass), allow: 'duplicate' },
    handlerFail: chance.oneOf(['1%', '3%', '10%']),
  }),
};

export const noKey: DrawnKind = {
  name: 'events without a key',
  draw: (chance) => ({
    ...light(chance),
    // So few events that all of an aggregate may happen to reach one partition.
    ...{ topics: '1', aggregates: String(chance.int(1, 4)), versions: String(chance.int(2, 4)) },
    ...{ mode: 'single', key: 'none', partitions: String(chance.int(2, 4)) },
    strategy: chance.oneOf(['keyed-pool', 'partition-serial']),
  }),
};

function loaded(chance: Chance): ScenarioFlags {
  const aggregates = chance.int(8, 16);
  return {
    ...{ topics: String(chance.int(1, 4)), aggregates: String(aggregates) },
    ...{ versions: String(Math.ceil(200 / aggregates) + chance.int(0, 5)) },
    ...{ handlerTime: chance.oneOf(['1ms', '1-3ms', '2ms']), workers: String(chance.int(2, 32)) },
  };
}

export const single: DrawnKind = {
  name: 'single',
  draw: (chance) => ({ ...loaded(chance), mode: 'single', strategy: chance.oneOf(firstPass) }),
};

export const durablePerTopic: DrawnKind = {
  name: 'multi/per-topic',
  draw: (chance) => ({ ...loaded(chance), mode: 'multi/per-topic', strategy: chance.oneOf(firstPass) }),
};

export const onePending: DrawnKind = {
  name: 'one pending ack, on a durable of its own or a shared one',
  draw: (chance) => ({
    ...loaded(chance),
    ...{ mode: chance.oneOf(['single', 'multi/shared']), strategy: 'max-ack-pending-1' },
  }),
};

export const soundReplicas: DrawnKind = {
  name: 'replicas of a service that are served one at a time, or wait for each other',
  draw: (chance) => ({
    ...loaded(chance),
    ...{ mode: chance.oneOf([...modes, 'multi/shared']), members: String(chance.int(2, 3)) },
    strategy: chance.oneOf(['max-ack-pending-1', 'partitioned', 'pinned-client', 'version-gate']),
  }),
};

export const partitioned: DrawnKind = {
  name: 'partitioned',
  draw: (chance) => ({
    ...loaded(chance),
    ...{ mode: chance.oneOf(modes), strategy: 'partitioned', partitions: String(chance.int(2, 5)) },
  }),
};

export const retriedInPlace: DrawnKind = {
  name: 'failures retried in place',
  draw: (chance) => ({
    ...loaded(chance),
    ...{ mode: chance.oneOf(modes), strategy: 'retry-in-place', handlerFail: chance.oneOf(['10%', '20%']) },
  }),
};

export const notWaiting: DrawnKind = {
  name: 'one publisher that does not wait, over one NATS connection',
  draw: (chance) => ({ ...loaded(chance), mode: chance.oneOf(modes), publish: 'async:10' }),
};

export const throughRebalance: DrawnKind = {
  name: 'partition by partition through a rebalance',
  draw: (chance) => ({
    ...loaded(chance),
    ...{ mode: 'single', strategy: 'partition-serial', members: '2', partitions: String(chance.int(2, 4)) },
    ...{ topics: '1', handlerTime: chance.oneOf(['5ms', '2-8ms']), heartbeatInterval: '300ms', sessionTimeout: '6s' },
    disturb: `${chance.oneOf(['join', 'leave'])}@${chance.int(20, 60)}%`,
  }),
};

/** Handlers so slow that events wait long for their turn, and time-outs that are far from that. */
export const slowHandlers: readonly { readonly name: string; readonly flags: ScenarioFlags }[] = [
  {
    name: 'handlers of 20 ms on 8 workers',
    flags: { mode: 'single', workers: '8', handlerTime: '20ms', topics: '2', aggregates: '16', versions: '10' },
  },
  {
    name: 'handlers of 5 ms, one after the other',
    flags: { mode: 'single', strategy: 'serial', handlerTime: '5ms', topics: '2', aggregates: '10', versions: '10' },
  },
  {
    name: 'handlers of 300 ms, retried in place, under an ack wait of 5 s',
    flags: {
      ...{ mode: 'single', strategy: 'retry-in-place', handlerTime: '300ms', ackWait: '5s' },
      ...{ topics: '2', aggregates: '10', versions: '8' },
    },
  },
];
