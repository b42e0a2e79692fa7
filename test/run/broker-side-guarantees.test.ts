/**
 * Tests that what the strategies on the broker's side claim holds, and that it is the strategy that holds it. Each
 * claim is run over many seeds with several topics, and what could break it: handlers that fail in each way, ack waits
 * that expire, full queues. For each claim that something breaks it, the same with that in place must come out worse.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { readTrace } from '../../src/trace/trace-reader.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { strategies, strategyById } from '../../src/strategy/registry.js';
import { reasonsAgainst } from './claims.js';
import { onSeeds, simulate } from './simulate.js';

const seeds = 6;
const load = { topics: '3', aggregates: '12', versions: '15', allow: 'duplicate' };

/** What makes a broker deliver again, on any protocol. */
const failures: Readonly<Record<string, ScenarioFlags>> = {
  'handlers that send back': { handlerFail: '5%', handlerFailure: 'nak' },
  'handlers that say nothing': { handlerFail: '5%', handlerFailure: 'throw' },
  'handlers that time out': { handlerFail: '5%', handlerFailure: 'timeout', handlerTimeout: '60ms' },
};
const fullQueues = { queueSize: '2', workers: '2', laneSize: '1', handlerTime: '0-20ms' };

const onJetStream: Readonly<Record<string, ScenarioFlags>> = {
  ...Object.fromEntries(Object.entries(failures).map(([name, flags]) => [name, { ...flags, ackWait: '50ms' }])),
  'ack waits that expire': { handlerTime: '0-30ms', ackWait: '20ms' },
  'full queues that block': { ...fullQueues, ackWait: '40ms' },
  'full queues that reject': { ...fullQueues, overflow: 'reject', ackWait: '100ms' },
  'full queues that handle on the spot': { ...fullQueues, overflow: 'inline', ackWait: '100ms' },
};
const onKafka: Readonly<Record<string, ScenarioFlags>> = { ...failures, 'full queues': fullQueues };

function expectOrdered(rows: readonly RunRow[], seed: string): void {
  for (const row of rows) {
    const { id, counts, exposure } = row;
    expect(reasonsAgainst(row), `${id} ${seed}`).toEqual([]);
    expect(counts.violations, `${id} ${seed}`).toBe(0);
    expect(counts.delivered, `${id} ${seed}`).toBeGreaterThanOrEqual(counts.published);
    expect(exposure.contestedPairs, `${id} ${seed}`).toBeGreaterThan(0);
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Over all rows and seeds; duplicates are allowed. */
async function violationsOver(flags: ScenarioFlags): Promise<number> {
  let violations = 0;
  await onSeeds(
    { ...load, ...flags },
    (rows) => (violations += sum(rows.map(({ counts }) => counts.violations))),
    seeds,
  );
  return violations;
}

interface Traced {
  readonly runs: readonly RunRow[];
  /** How pull requests ended that ended otherwise than they should. */
  readonly pullEnds: readonly string[];
  /** Of each durable, the positions of its events in the order in which their handlers first started. */
  readonly startsByDurable: ReadonlyMap<string, ReadonlySet<number>>;
}

async function traced(flags: ScenarioFlags, seed: number): Promise<Traced> {
  const folder = mkdtempSync(join(tmpdir(), 'guarantees-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'trace.ndjson');
  const runs = await simulate(flags, seed, path);
  const pullEnds: string[] = [];
  const startsByDurable = new Map<string, Set<number>>();
  await readTrace(path, {
    begin: ({ topology }) => ({
      observe: ({ kind, record }) => {
        if (kind === 'start') {
          const { subscription, position } = record.delivery;
          const { durable } = topology.subscriptions[subscription]!;
          const starts = startsByDurable.get(durable) ?? new Set();
          startsByDurable.set(durable, starts.add(position));
        } else if (kind === 'note' && record.kind === 'pull-ended') {
          pullEnds.push(String(record.detail.detail));
        }
      },
    }),
    end: () => undefined,
  });
  return { runs, pullEnds, startsByDurable };
}

describe.each(strategies.filter(({ guarantee }) => guarantee.order === 'total').map(({ id }) => id))(
  '%s on the simulator claims total order',
  (strategy) => {
    const orders = async (flags: ScenarioFlags): Promise<boolean[]> => {
      const isAscending: boolean[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        for (const mode of [{ mode: 'single' }, { mode: 'multi', durable: 'per-topic' }]) {
          const { startsByDurable } = await traced({ ...load, ...mode, ...flags }, seed);
          for (const starts of startsByDurable.values()) {
            const positions = [...starts];
            isAscending.push(positions.every((position, i) => i === 0 || position > positions[i - 1]!));
          }
        }
      }
      return isAscending;
    };

    it('and starts what one durable delivers in stream order, whichever aggregates it is of', async () => {
      expect(await orders({ strategy, ...fullQueues })).not.toContain(false);
    });

    it('which a pool with more outstanding does not', async () => {
      expect(await orders({ strategy: 'keyed-pool', handlerTime: '0-5ms' })).toContain(false);
    });
  },
);

describe.each(['max-ack-pending-1', 'partitioned'])('%s on the simulator', (strategy) => {
  it('claims to survive redelivery', () => {
    expect(strategyById(strategy).guarantee.survives.redelivery).toBe(true);
  });

  it.each(Object.entries(onJetStream))('keeps order in every mode with %s', async (_what, adversity) => {
    await onSeeds({ ...load, strategy, ...adversity }, expectOrdered, seeds);
  });

  it('is what keeps it: with a second message outstanding the same failures break order', async () => {
    const flags = { topics: '1', aggregates: '1', maxAckPending: '2', handlerFail: '20%', handlerFailure: 'nak' };
    expect(await violationsOver({ strategy: 'keyed-pool', ...flags })).toBeGreaterThan(0);
  });

  it('rests on acks after handling: with acks on delivery the pullers of one durable overtake each other', async () => {
    const flags = {
      mode: 'multi',
      durable: 'shared',
      aggregates: '3',
      versions: '50',
      ack: 'on-delivery',
      ...fullQueues,
    };
    expect(await violationsOver({ strategy, ...flags })).toBeGreaterThan(0);
  });
});

describe('pinned-client on the simulator', () => {
  const pinned = { ...load, strategy: 'pinned-client', mode: 'multi', durable: 'shared', versions: '40' };

  it.each(
    Object.entries({ 'nothing else': {}, 'full queues': fullQueues, 'slow handlers': { handlerTime: '0-30ms' } }),
  )('keeps order behind the shared durable with %s: one puller gets everything', async (_what, adversity) => {
    const check = (rows: RunRow[], seed: string): void => {
      expectOrdered(rows, seed);
      expect(rows[0]!.exposure.splitPairs, seed).toBe(0);
      expect(rows[0]!.counts.misroutes / rows[0]!.counts.delivered, seed).toBeGreaterThan(0.5);
    };
    await onSeeds({ ...pinned, ...adversity }, check, seeds);
  });

  it('is what keeps it: without a pin the same pullers break order', async () => {
    expect(await violationsOver({ ...pinned, strategy: 'keyed-pool' })).toBeGreaterThan(0);
  });

  it.each(Object.entries(onJetStream).filter(([what]) => what.startsWith('handlers')))(
    'does not survive redelivery: %s',
    async (_what, adversity) => {
      const flags = { ...pinned, ...adversity, aggregates: '3', handlerFail: '20%' };
      expect(strategyById('pinned-client').guarantee.survives.redelivery).toBe(false);
      expect(await violationsOver(flags)).toBeGreaterThan(0);
    },
  );

  it('loses its pin to another while a full queue blocks it for longer than the ack wait', async () => {
    let splitPairs = 0;
    const flags = { ...pinned, ...fullQueues, ackWait: '40ms', maxWait: '20ms' };
    await onSeeds(flags, ([row]) => (splitPairs += row!.exposure.splitPairs), seeds);
    expect(splitPairs).toBeGreaterThan(0);
  });
});

describe('ordered-consumer on the simulator', () => {
  const ordered = { ...load, strategy: 'ordered-consumer' };
  const modes = [{ mode: 'single' }, { mode: 'multi', durable: 'per-topic' }];
  const noFailures = Object.entries(onJetStream).filter(
    ([what]) => !what.startsWith('handlers') && !what.includes('reject'),
  );

  it.each(noFailures)(
    'keeps order, delivers everything once, and knows when it is drained, with %s',
    async (_what, adversity) => {
      for (const mode of modes) {
        const check = (rows: RunRow[], seed: string): void => {
          expectOrdered(rows, seed);
          expect(rows[0]!.counts.delivered, seed).toBe(rows[0]!.counts.published);
          expect(rows[0]!.counts.duplicates.total, seed).toBe(0);
        };
        await onSeeds({ ...ordered, ...mode, ...adversity, overflow: 'block' }, check, seeds);
      }
    },
  );

  it('is made again behind the last message seen when it was deleted because nobody pulled', async () => {
    const flags = {
      ...fullQueues,
      mode: 'single',
      batch: '20',
      ackWait: '100ms',
      maxWait: '20ms',
      handlerTime: '50ms',
    };
    const { runs, pullEnds } = await traced({ ...ordered, ...flags }, 1);
    for (const row of runs) {
      expectOrdered([row], '--seed 1');
      expect(row.counts.delivered).toBe(row.counts.published);
    }
    expect(pullEnds.filter((detail) => detail.startsWith('503'))).not.toHaveLength(0);
  });

  it.each(Object.entries(failures))('loses what fails: with %s', async (_what, adversity) => {
    const check = ([row]: RunRow[], seed: string): void => {
      expect(row!.counts.delivered, seed).toBe(row!.counts.published);
      expect(row!.counts.lost, seed).toBeGreaterThan(0);
      expect(row!.counts.regressions, seed).toBe(0);
    };
    await onSeeds({ ...ordered, ...adversity, mode: 'single' }, check, seeds);
    expect(strategyById('ordered-consumer').guarantee.survives.redelivery).toBe(false);
  });
});

describe.each(['partition-serial', 'partition-concurrent'])('%s on the simulator', (strategy) => {
  const kafka = { ...load, broker: 'sim:kafka', strategy };

  it.each(Object.entries(onKafka))('keeps order in every mode with %s', async (_what, adversity) => {
    await onSeeds({ ...kafka, ...adversity }, expectOrdered, seeds);
  });

  it('keeps order when a member leaves, joins or stands still, though events are handled twice', async () => {
    const flags = {
      ...{ mode: 'single', members: '2', topics: '1', partitions: '4', versions: '30', handlerTime: '5-15ms' },
      ...{ sessionTimeout: '6s', heartbeatInterval: '300ms', allow: 'duplicate,overlap' },
    };
    let duplicates = 0;
    for (const disturb of ['leave@30%', 'join@30%', 'stall:8s@30%']) {
      const check = (rows: RunRow[], seed: string): void => {
        expectOrdered(rows, `${seed} --disturb ${disturb}`);
        duplicates += sum(rows.map(({ counts }) => counts.duplicates.total));
      };
      await onSeeds({ ...kafka, ...flags, disturb }, check, 3);
    }
    expect(duplicates).toBeGreaterThan(0);
  });

  it('does not survive another number of partitions: keys are split', async () => {
    const flags = {
      ...{ mode: 'single', aggregates: '50', versions: '50', rate: '2000' },
      disturb: 'partitions:6@30%',
    };
    expect(strategyById(strategy).guarantee.survives.partitions).toBe(false);
    let splitKeys = 0;
    await onSeeds({ ...kafka, ...flags }, ([row]) => (splitKeys += row!.counts.splitKeys), 3);
    expect(splitKeys).toBeGreaterThan(0);
  });
});
