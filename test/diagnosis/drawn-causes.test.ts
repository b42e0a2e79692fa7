/**
 * Mechanisms whose sizes, rates and times are drawn at random: each run names the mechanism or, if it shows nothing,
 * none; it never names another one, and explains everything. Sound buses name no cause that is more than latent.
 */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import {
  durablePerTopic,
  noKey,
  notWaiting,
  onePending,
  partitioned,
  replicas,
  retriedInPlace,
  soundReplicas,
  sharedDurable,
  single,
  twoPublishers,
  unawaitedPool,
  unkeyedPool,
} from '../run/drawn-kinds.js';
import { drawnRuns, expectAllJudged, type Chance, type DrawnKind } from '../run/drawn-runs.js';
import { simulate } from '../run/simulate.js';

interface Drawn {
  readonly kind: DrawnKind;
  readonly broker?: string;
  /** Causes that are at work. The first one shows in some of the runs. */
  readonly causes: readonly string[];
}

const runs = 25;

function sized(chance: Chance): ScenarioFlags {
  const aggregates = chance.int(5, 60);
  return {
    ...{ topics: String(chance.int(1, 4)), aggregates: String(aggregates), versions: String(chance.int(4, 40)) },
    ...{ handlerTime: chance.oneOf(['0', '1ms', '0-5ms', '2-8ms']), workers: String(chance.int(2, 64)) },
    rate: chance.oneOf(['300', '2000', '20000']),
    mode: chance.oneOf(['single', 'multi/per-topic']),
  };
}

function kind(name: string, flagsOf: (chance: Chance) => ScenarioFlags): DrawnKind {
  return { name, draw: (chance) => ({ ...sized(chance), ...flagsOf(chance) }) };
}

const failShares = ['1%', '5%', '20%'];

const broken: readonly Drawn[] = [
  { kind: sharedDurable, causes: ['shared-durable'] },
  { kind: replicas, causes: ['competing-pullers', 'shared-durable'] },
  {
    kind: kind('replicas of a service, each with the right events', (chance) => ({
      members: String(chance.int(2, 4)),
      strategy: chance.oneOf(['keyed-pool', 'aggregate-queue', 'retry-in-place', 'parallel-keys', 'serial']),
    })),
    causes: ['competing-pullers'],
  },
  {
    kind: kind('replicas of a service whose handlers fail', (chance) => ({
      ...{ members: '2', handlerFail: chance.oneOf(failShares) },
    })),
    causes: ['competing-pullers', 'nak-behind-batch'],
  },
  { kind: unkeyedPool, causes: ['unkeyed-pool'] },
  { kind: kind('message ids without versions', () => ({ messageId: 'aggregate' })), causes: ['dedupe-window'] },
  ...['sim', 'sim:kafka'].map((broker) => ({ kind: unawaitedPool, broker, causes: ['unawaited-handler'] })),
  ...['sim', 'sim:kafka'].map((broker) => ({
    kind: kind('lanes that put failed events at their end', (chance) => ({
      strategy: 'retry-at-tail',
      handlerFail: chance.oneOf(failShares),
      handlerFailure: chance.oneOf(['nak', 'throw', 'timeout']),
    })),
    broker,
    causes: ['retry-at-tail'],
  })),
  { kind: twoPublishers, causes: ['concurrent-publishers'] },
  { kind: twoPublishers, broker: 'sim:kafka', causes: ['concurrent-publishers'] },
  ...['sim', 'sim:kafka'].map((broker) => ({
    kind: kind('one publisher with a pool of senders', (chance) => ({ publish: `pool:${chance.int(2, 12)}` })),
    broker,
    causes: ['version-before-send'],
  })),
  { kind: noKey, broker: 'sim:kafka', causes: ['missing-key'] },
  {
    kind: {
      name: 'events without a key of two publishers, few of an aggregate',
      draw: (chance) => ({
        ...{ mode: 'single', topics: '1', key: 'none', publishersPerAggregate: '2' },
        ...{ aggregates: String(chance.int(1, 8)), versions: String(chance.int(2, 6)) },
      }),
    },
    broker: 'sim:kafka',
    causes: ['missing-key', 'concurrent-publishers'],
  },
  {
    kind: kind('lanes that are resized', (chance) => ({
      disturb: `workers:${chance.int(2, 80)}@${chance.int(20, 70)}%`,
    })),
    causes: ['pool-resize'],
  },
  {
    kind: kind('failing handlers whose events are sent back', (chance) => ({
      handlerFail: chance.oneOf(failShares),
      handlerFailure: chance.oneOf(['nak', 'timeout']),
    })),
    causes: ['nak-behind-batch'],
  },
  {
    kind: kind('failing handlers that nobody answers', (chance) => ({
      handlerFail: chance.oneOf(failShares),
      handlerFailure: 'throw',
      ackWait: chance.oneOf(['3s', '30s']),
    })),
    causes: ['failure-unanswered'],
  },
  {
    kind: kind('failing handlers, and a limit of deliveries', (chance) => ({
      handlerFail: '20%',
      maxDeliver: String(chance.int(1, 3)),
    })),
    causes: ['max-deliver-skip', 'nak-behind-batch'],
  },
  {
    kind: kind('failing handlers on a broker that counts no deliveries', (chance) => ({
      handlerFail: chance.oneOf(['1%', '3%']),
      mode: 'single',
    })),
    broker: 'sim:kafka',
    causes: ['offset-replay'],
  },
  {
    kind: kind('an actor whose handlers fail', (chance) => ({
      strategy: 'actor',
      handlerFail: chance.oneOf(failShares),
    })),
    causes: ['give-back', 'nak-behind-batch'],
  },
  {
    kind: kind('acks that never come', () => ({ ack: 'never', ackWait: '2s' })),
    causes: ['missing-ack'],
  },
  {
    kind: kind('acks that come too early, and failing handlers', (chance) => ({
      ack: 'on-delivery',
      handlerFail: chance.oneOf(failShares),
    })),
    causes: ['ack-before-handling'],
  },
  ...['sim', 'sim:kafka'].map((broker) => ({
    kind: kind('failing handlers whose events are acknowledged all the same', (chance) => ({
      handlerFail: chance.oneOf(failShares),
      handlerFailure: 'ack',
      strategy: chance.oneOf(['keyed-pool', 'pool-per-topic', 'aggregate-queue', 'actor', 'serial']),
    })),
    broker,
    causes: ['ack-without-success'],
  })),
  {
    kind: kind('failures that positions are committed past', (chance) => ({
      handlerFail: chance.oneOf(failShares),
      handlerFailure: 'skip',
      commit: chance.oneOf(['auto', 'manual']),
      strategy: chance.oneOf([
        'keyed-pool',
        'pool-per-topic',
        'aggregate-queue',
        'actor',
        'serial',
        'partition-serial',
      ]),
    })),
    broker: 'sim:kafka',
    causes: ['commit-past-failure'],
  },
  {
    kind: kind('a service that dies', (chance) => ({ ackWait: '2s', disturb: `crash:300ms@${chance.int(20, 70)}%` })),
    causes: ['crash-redelivery'],
  },
  {
    kind: kind('a service that dies with acks that come too early', (chance) => ({
      ack: 'on-delivery',
      disturb: `crash:300ms@${chance.int(20, 70)}%`,
    })),
    causes: ['ack-before-handling', 'crash-redelivery'],
  },
  {
    kind: kind('a full queue that refuses', (chance) => ({
      overflow: 'reject',
      ackWait: '2s',
      ...{ queueSize: String(chance.int(1, 8)), laneSize: '1', workers: String(chance.int(1, 6)) },
    })),
    causes: ['overflow-reject'],
  },
  {
    kind: kind('a full queue that hands over', (chance) => ({
      overflow: 'inline',
      ...{ queueSize: String(chance.int(1, 8)), laneSize: '1', workers: String(chance.int(1, 6)) },
    })),
    causes: ['overflow-fallback'],
  },
  {
    kind: kind('aggregates that are spread over topics', (chance) => ({
      topics: String(chance.int(2, 4)),
      topicChoice: 'spread',
      orderScope: 'aggregate',
      strategy: chance.oneOf(['keyed-pool', 'pool-per-topic']),
    })),
    causes: ['aggregate-across-topics'],
  },
  {
    kind: kind('a queue that is longer than the ack wait', (chance) => ({
      topics: '1',
      aggregates: String(chance.int(5, 20)),
      versions: String(chance.int(30, 60)),
      ...{ workers: String(chance.int(2, 4)), handlerTime: '10ms', ackWait: '1s', rate: '20000' },
    })),
    causes: ['prefetch-aging', 'ack-wait-expiry'],
  },
  {
    kind: kind('publishers that hash keys differently', () => ({
      ...{ mode: 'single', publishersPerAggregate: '2', partitioner: 'default,fnv1a' },
    })),
    broker: 'sim:kafka',
    causes: ['partitioner-mismatch', 'concurrent-publishers'],
  },
  {
    kind: kind('partitions that are added', (chance) => ({
      ...{ mode: 'single', versions: String(chance.int(40, 80)), topics: '1' },
      disturb: `partitions:${chance.int(4, 9)}@30%`,
    })),
    broker: 'sim:kafka',
    causes: ['partition-expansion'],
  },
  {
    kind: kind('publishes that are sent again', (chance) => ({
      ...{ mode: 'single', publish: `async:${chance.int(3, 20)}`, rate: '2000', versions: '40' },
      disturb: `refuse:300ms@${chance.int(20, 60)}%`,
    })),
    broker: 'sim:kafka',
    causes: ['publish-retry'],
  },
  {
    kind: kind('a client that writes small requests first', (chance) => ({
      ...{ mode: 'single', publish: `async:${chance.int(2, 20)}`, sendOrder: 'client', rate: 'unlimited' },
      produceBatch: String(chance.int(200, 3_000)),
    })),
    broker: 'sim:kafka',
    causes: ['client-overtakes'],
  },
  {
    kind: kind('members that join and leave', (chance) => ({
      ...{ mode: 'single', members: '2', handlerTime: chance.oneOf(['5-20ms', '20-60ms']), rate: '800' },
      ...{ sessionTimeout: '6s', heartbeatInterval: '300ms', partitionsConcurrently: '3' },
      ...{ disturb: `${chance.oneOf(['join', 'leave'])}@${chance.int(20, 60)}%`, versions: '40' },
    })),
    broker: 'sim:kafka',
    causes: ['rebalance-replay', 'rebalance-overlap'],
  },
];

const sound = [single, durablePerTopic, onePending, partitioned, retriedInPlace, notWaiting, soundReplicas];

describe('a mechanism whose sizes, rates and times are drawn', () => {
  it.each(broken.map((drawn) => ({ ...drawn, on: drawn.broker ?? 'sim', name: drawn.kind.name })))(
    'is named, and nothing else: $name, on $on',
    async ({ kind: drawn, broker, causes }) => {
      let named = 0;
      const flags = broker === undefined ? {} : { broker };
      await expectAllJudged(
        drawnRuns(drawn, runs, flags),
        (run) => simulate(run.flags, run.seed),
        (row) => {
          if (namedIn(row).includes(causes[0]!)) named++;
          return mistakeIn(row, causes);
        },
      );
      expect(named).toBeGreaterThan(0);
    },
  );

  it.each(sound)('has no cause on a sound bus: $name', async (drawn) => {
    await expectAllJudged(
      drawnRuns(drawn, runs),
      (run) => simulate(run.flags, run.seed),
      (row) => mistakeIn(row, []),
    );
  });
});

function namedIn({ causes }: RunRow): string[] {
  return causes.filter(({ latent }) => !latent).map(({ id }) => id);
}

function mistakeIn(row: RunRow, causes: readonly string[]): string | null {
  const mistaken = namedIn(row).filter((id) => !causes.includes(id));
  if (mistaken.length > 0) return `names ${mistaken.join(', ')}`;
  const unexplained = Object.entries(row.unexplained).filter(([, count]) => count > 0);
  return unexplained.length === 0 ? null : `does not explain ${JSON.stringify(Object.fromEntries(unexplained))}`;
}
