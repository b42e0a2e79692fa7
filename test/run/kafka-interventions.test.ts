/**
 * Tests that the simulated Kafka answers to interventions as the real one does
 * (test/brokers/kafka-interventions.test.ts): the same settings, and the same verdicts, stages and causes.
 */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { reasonsAgainst } from './claims.js';
import { onSeeds as onSomeSeeds, originsOf } from './simulate.js';

const kafka = { broker: 'sim:kafka', topics: '5' };

function onSeeds(flags: ScenarioFlags, check: (rows: RunRow[], seed: string) => void, seeds = 4): Promise<void> {
  return onSomeSeeds(flags, check, seeds);
}

/** Nothing decides against the bus, and nothing speaks against it but how much it was pressed. */
function expectKept(row: RunRow, where: string): void {
  expect(row.counts.violations, where).toBe(0);
  expect(reasonsAgainst(row), where).toEqual([]);
}

describe('on the simulated Kafka', () => {
  it('a key and one publisher an aggregate keep order in every mode, without a misroute', async () => {
    await onSeeds({ ...kafka, versions: '50' }, (rows, seed) => {
      expect(rows).toHaveLength(3);
      for (const row of rows) {
        expect(row.outcome, `${row.id} ${seed}`).toBe('ordered');
        expect(row.exposure.contestedPairs, `${row.id} ${seed}`).toBeGreaterThan(0);
        expect(row.counts.misroutes, `${row.id} ${seed}`).toBe(0);
      }
    });
  });

  it('without a key order is lost in the log, in every mode: the key is split', async () => {
    await onSeeds({ ...kafka, key: 'none', partitions: '3', versions: '50' }, (rows, seed) => {
      for (const row of rows) {
        expect(row.outcome, `${row.id} ${seed}`).toBe('violated');
        expect(originsOf(row), `${row.id} ${seed}`).toEqual(['store']);
        expect(row.counts.splitKeys, `${row.id} ${seed}`).toBeGreaterThan(0);
        expect(row.causes[0]?.id, `${row.id} ${seed}`).toBe('missing-key');
        expect(row.counts.misroutes, `${row.id} ${seed}`).toBe(0);
      }
    });
  });

  it('without a key the key is split also where the partitions divide the aggregates', async () => {
    for (const [aggregates, versions] of [
      ['30', '20'],
      ['60', '40'],
    ] as const) {
      // prettier-ignore
      const divided = { ...kafka, topics: '1', mode: 'single', key: 'none', aggregates, versions };
      await onSeeds(divided, ([row], seed) => {
        expect(row!.counts.splitKeys, `${aggregates} ${seed}`).toBeGreaterThan(0);
      });
    }
  });

  it('an unkeyed pool loses order at start, and nowhere else', async () => {
    const pool = { ...kafka, mode: 'single', strategy: 'unkeyed-pool', handlerTime: '0-5ms' };
    await onSeeds(pool, ([row], seed) => {
      expect(row!.outcome, seed).toBe('violated');
      expect(originsOf(row!), seed).toEqual(['start']);
      expect(row!.causes[0]?.id, seed).toBe('unkeyed-pool');
    });
  });

  it('a retried request among several in flight is stored behind later ones; one in flight keeps order', async () => {
    const refused = { ...kafka, mode: 'single', publish: 'async:5', rate: '2000', disturb: 'refuse:300ms@30%' };
    await onSeeds(refused, ([row], seed) => {
      expect(row!.counts.storeInversions, seed).toBeGreaterThan(0);
      expect(originsOf(row!), seed).toEqual(['store']);
      expect(row!.causes[0]?.id, seed).toBe('publish-retry');
    });
    await onSeeds({ ...refused, inFlight: '1', idempotent: 'true' }, ([row], seed) => {
      expectKept(row!, seed);
    });
  });

  it('added partitions split keys from that moment on', async () => {
    const grown = { ...kafka, mode: 'single', rate: '2000', disturb: 'partitions:6@30%' };
    await onSeeds(grown, ([row], seed) => {
      expect(row!.counts.splitKeys, seed).toBeGreaterThan(0);
      expect(row!.counts.splitKeys, seed).toBeLessThan(50);
      expect(
        row!.causes.map(({ id }) => id),
        seed,
      ).toContain('partition-expansion');
    });
  });

  it('a member that joins while handlers are slow has events handled twice, and mostly two at once', async () => {
    const joined = {
      ...kafka,
      ...{ topics: '1', partitions: '2', mode: 'single', aggregates: '20', versions: '40', workers: '4' },
      ...{ handlerTime: '10-20ms', partitionsConcurrently: '2', heartbeatInterval: '300ms', sessionTimeout: '6s' },
      disturb: 'join@100%',
    };
    let overlapping = 0;
    await onSeeds(
      joined,
      ([row], seed) => {
        expect(row!.counts.duplicates.redelivered, seed).toBeGreaterThan(0);
        expect(
          row!.causes.map(({ id }) => id),
          seed,
        ).toContain('rebalance-replay');
        expect(Math.max(...row!.rebalances.map(({ epoch }) => epoch)), seed).toBeGreaterThan(1);
        expect(row!.counts.lost, seed).toBe(0);
        if (row!.counts.overlaps === 0) return;
        overlapping++;
        expect(
          row!.causes.map(({ id }) => id),
          seed,
        ).toContain('rebalance-overlap');
      },
      8,
    );
    expect(overlapping).toBeGreaterThan(4);
  });

  it('a member that stands still for too long loses its partitions, and what it had is handled again', async () => {
    const stalled = {
      ...kafka,
      ...{ topics: '1', mode: 'single', aggregates: '20', versions: '40', members: '2', handlerTime: '5ms' },
      ...{ heartbeatInterval: '200ms', sessionTimeout: '1s', rate: '400', disturb: 'stall:3s@50%' },
    };
    await onSeeds(stalled, ([row], seed) => {
      expect(row!.rebalances.length, seed).toBeGreaterThan(1);
      expect(row!.counts.lost, seed).toBe(0);
    });
  });

  it('a member that pauses its partitions and resumes them keeps order, and is late by as long', async () => {
    const paused = { ...kafka, mode: 'single', versions: '50', rate: '2000', disturb: 'pause:2s@50%' };
    await onSeeds(paused, ([row], seed) => {
      expectKept(row!, seed);
      expect(row!.latencyMs.endToEnd.max, seed).toBeGreaterThan(1_900);
      expect(row!.rebalances, seed).toHaveLength(1);
    });
    await onSeeds({ ...paused, consume: 'each-message', rate: '500', versions: '10' }, ([row], seed) => {
      expectKept(row!, seed);
      expect(row!.latencyMs.endToEnd.max, seed).toBeGreaterThan(1_900);
    });
  });

  it('one message at a time keeps order, and handles nothing twice, through members that leave and join', async () => {
    const serial = { ...kafka, mode: 'single', versions: '20', members: '2', strategy: 'partition-serial' };
    for (const disturb of ['leave@30%', 'join@30%', 'leave@20%,join@60%']) {
      await onSeeds({ ...serial, handlerTime: '0-3ms', disturb }, ([row], seed) => {
        expectKept(row!, `${disturb} ${seed}`);
        expect(row!.rebalances.length, `${disturb} ${seed}`).toBeGreaterThan(1);
      });
    }
  });

  it('members that leave one after the other, until nobody is there, end no run', async () => {
    const left = {
      ...kafka,
      mode: 'single',
      versions: '20',
      drainTimeout: '1s',
      disturb: 'leave@10%,leave@20%,join@50%',
    };
    await onSeeds(left, ([row], seed) => {
      const told = row!.disturbances.map(({ what }) => what);
      expect(told, seed).toEqual(['leave', 'leave', 'no member is there any more', 'join']);
      expect(row!.counts.handled, seed).toBeGreaterThanOrEqual(row!.counts.published);
    });
  });

  it('a broker that is killed and comes back loses nothing that it had acknowledged', async () => {
    const killed = { ...kafka, mode: 'single', versions: '50', rate: '2000', disturb: 'restart:500ms@50%' };
    await onSeeds(killed, ([row], seed) => {
      expect(row!.counts.lost + row!.counts.unseen, seed).toBe(0);
      expect(
        row!.disturbances.map(({ what }) => what),
        seed,
      ).toEqual(['restart:500ms', 'the broker is back']);
    });
  });

  it('two partitioners put an aggregate into one partition a publisher', async () => {
    const mixed = { ...kafka, mode: 'single', publishersPerAggregate: '2', partitioner: 'default,fnv1a' };
    await onSeeds(mixed, ([row], seed) => {
      expect(row!.counts.splitKeys, seed).toBeGreaterThan(0);
      expect(originsOf(row!), seed).toContain('store');
    });
  });

  it('a commit past a failure does not happen: a failed event comes again, and nothing is lost', async () => {
    const failing = { ...kafka, mode: 'single', versions: '20', handlerFail: '2%' };
    await onSeeds(failing, ([row], seed) => {
      expect(row!.counts.lost + row!.counts.unseen, seed).toBe(0);
      expect(row!.counts.duplicates.redelivered, seed).toBeGreaterThan(0);
    });
  });
});
