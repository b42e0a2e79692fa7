/**
 * Tests that the bus on a real Kafka answers to interventions as on the simulated one
 * (test/run/kafka-interventions.test.ts): the built program as a process. What the machine's schedule decides is left
 * open, what the mechanism decides is not.
 */
import kafkajs from 'kafkajs';
import { expect, it } from 'vitest';
import { kafkaClientConfig } from '../../src/broker/kafka/kafkajs/client-config.js';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { kafkaMark } from '../../src/domain/topology.js';
import { runCli } from '../cli/cli-process.js';
import { originsOf } from '../run/simulate.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

describeOnKafka('the bus on a real Kafka', () => {
  const kafka = useKafka();

  async function runOn(where: 'shared' | 'private', ...flags: string[]): Promise<readonly RunRow[]> {
    const server = where === 'shared' ? ['--kafka-brokers', kafka().brokers.join(',')] : [];
    const { stdout, stderr } = await runCli(['run', '--broker', 'kafka', ...server, '--json', ...flags], {});
    const { runs } = JSON.parse(stdout === '' ? '{"runs":[]}' : stdout) as RunReport;
    expect(runs.length, stderr).toBeGreaterThan(0);
    for (const { id, counts, error } of runs) {
      expect(error, id).toBeNull();
      expect(counts.naive, id).toBe(counts.regressions + counts.duplicates.total);
      expect(counts.lost + counts.unseen, id).toBe(0);
    }
    return runs;
  }

  const run = (...flags: string[]): Promise<readonly RunRow[]> => runOn('shared', ...flags);

  it('keeps order in every mode with a key and one publisher an aggregate, without a misroute', async () => {
    const rows = await run('--topics', '5', '--versions', '50');
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row.outcome, row.id).toBe('ordered');
      expect(row.exposure.contestedPairs, row.id).toBeGreaterThan(0);
      expect(row.counts.misroutes, row.id).toBe(0);
    }
  });

  it('loses order in the log without a key, in every mode: the key is split', async () => {
    for (const row of await run('--key', 'none', '--partitions', '3', '--versions', '50')) {
      expect(row.outcome, row.id).toBe('violated');
      expect(originsOf(row), row.id).toEqual(['store']);
      expect(row.counts.splitKeys, row.id).toBeGreaterThan(0);
      expect(row.causes[0]?.id, row.id).toBe('missing-key');
      expect(row.counts.misroutes, row.id).toBe(0);
    }
  });

  it.each(['kafkajs', 'platformatic'])(
    'splits keys without a key also where the partitions divide the aggregates, with %s',
    async (client) => {
      for (const [aggregates, versions] of [
        ['30', '20'],
        ['60', '40'],
      ] as const) {
        // prettier-ignore
        const size = ['--topics', '1', '--aggregates', aggregates, '--versions', versions];
        const [row] = await run('--kafka-client', client, '--mode', 'single', '--key', 'none', ...size);
        expect(row!.counts.splitKeys, aggregates).toBeGreaterThan(0);
      }
    },
  );

  it('loses order at start, and nowhere else, in an unkeyed pool with a varying handler time', async () => {
    const pool = ['--strategy', 'unkeyed-pool', '--handler-time', '0-5ms', '--workers', '16'];
    const [row] = await run('--mode', 'single', ...pool);
    expect(row!.outcome).toBe('violated');
    expect(originsOf(row!)).toEqual(['start']);
  });

  it('splits keys from the moment on at which partitions are added', async () => {
    const [row] = await run('--mode', 'single', '--rate', '1000', '--disturb', 'partitions:6@30%');
    expect(row!.counts.splitKeys).toBeGreaterThan(0);
    expect(row!.counts.splitKeys).toBeLessThan(50);
    expect(row!.causes.map(({ id }) => id)).toContain('partition-expansion');
  });

  it('has events handled twice when a member joins while handlers are slow', async () => {
    // All is published before the member is in: a batch of hundreds is in hand then, which takes seconds.
    const workload = ['--topics', '1', '--partitions', '2', '--aggregates', '20', '--versions', '20'];
    const slow = ['--workers', '4', '--handler-time', '30-60ms', '--partitions-concurrently', '2'];
    const group = ['--heartbeat-interval', '300ms', '--session-timeout', '6s', '--rate', '4000'];
    const [row] = await run('--mode', 'single', ...workload, ...slow, ...group, '--disturb', 'join@90%');
    expect(row!.counts.duplicates.redelivered).toBeGreaterThan(0);
    expect(row!.causes.map(({ id }) => id)).toContain('rebalance-replay');
    expect(Math.max(...row!.rebalances.map(({ epoch }) => epoch))).toBeGreaterThan(1);
    expect(row!.disturbances.map(({ what }) => what)).toEqual(['join']);
  });

  it('goes on without the member that leaves', async () => {
    const [row] = await run('--topics', '3', '--mode', 'multi/shared', '--rate', '2000', '--disturb', 'leave@30%');
    expect(row!.counts.handled).toBeGreaterThanOrEqual(row!.counts.published);
    expect(Object.keys(row!.rebalances.at(-1)!.members)).not.toContain('sub-topic-0');
  });

  it.each(['leave@30%', 'join@30%'])(
    'keeps order one message at a time, nothing handled twice, through %s',
    async (how) => {
      const serial = ['--mode', 'single', '--members', '2', '--strategy', 'partition-serial', '--versions', '30'];
      const [row] = await run(...serial, '--disturb', how);
      expect(row!.outcome).toBe('ordered');
      expect(row!.rebalances.length).toBeGreaterThan(1);
    },
  );

  it('takes the partitions from a member that stands still for longer than its session', async () => {
    const workload = ['--topics', '1', '--aggregates', '20', '--versions', '100', '--members', '2', '--rate', '500'];
    const group = ['--heartbeat-interval', '300ms', '--session-timeout', '1s', '--disturb', 'stall:4s@30%'];
    const [row] = await run('--mode', 'single', ...workload, ...group);
    const owners = row!.rebalances.map(({ members }) => Object.keys(members).join());
    expect(owners).toContain('sub-all-2');
  });

  it('keeps order when a member pauses its partitions and resumes them, and is late by as long', async () => {
    const paused = ['--mode', 'single', '--rate', '2000', '--disturb', 'pause:2s@50%'];
    // Whether a pair is in the bus at that moment is the machine's: it depends on which batch is being handled.
    const [behind] = await run(...paused, '--handler-time', '5ms');
    expect(behind!.counts.violations).toBe(0);
    expect(behind!.reasons.filter(({ kind }) => kind !== 'not-exercised')).toEqual([]);
    expect(behind!.rebalances).toHaveLength(1);
    const [row] = await run(...paused);
    expect(row!.counts.naive).toBe(0);
    expect(row!.latencyMs.endToEnd.max).toBeGreaterThan(1_900);
    expect(row!.rebalances).toHaveLength(1);
  });

  it('tells which members had nothing to do: there were more of them than partitions', async () => {
    const [row] = await run('--topics', '1', '--partitions', '2', '--members', '3', '--mode', 'single');
    expect(Object.values(row!.rebalances.at(-1)!.members).filter((assigned) => assigned === '')).toHaveLength(1);
  });

  it('stores a retried request among several in flight behind later ones, and keeps order with one in flight', async () => {
    const load = ['--publish', 'async:5', '--rate', '2000'];
    const refused = ['--mode', 'single', ...load, '--disturb', 'refuse:300ms@30%'];
    // Whether a refusal meets requests in flight is a race.
    let [several] = await runOn('private', ...refused);
    for (let seed = 1; seed <= 5 && several!.counts.storeInversions === 0; seed++)
      [several] = await runOn('private', ...refused, '--seed', String(seed));
    expect(several!.counts.storeInversions).toBeGreaterThan(0);
    expect(originsOf(several!)).toEqual(['store']);
    expect(several!.causes.map(({ id }) => id)).toContain('publish-retry');
    const [one] = await runOn('private', ...refused, '--in-flight', '1');
    // A write stored just before the refusal may be acknowledged too late, sent again and stored twice; in order.
    expect(one!.counts.storeInversions).toBe(0);
    expect(one!.counts.regressions).toBe(0);
  }, 180_000);

  it('loses nothing when the broker is killed and comes back', async () => {
    const [row] = await runOn('private', '--mode', 'single', '--versions', '50', '--disturb', 'restart:500ms@50%');
    expect(row!.disturbances.map(({ what }) => what)).toEqual(['restart:500ms', 'the broker is back']);
    expect(row!.counts.handled).toBeGreaterThanOrEqual(row!.counts.published);
  });

  it('leaves no topic and no group behind', async () => {
    await run('--topics', '2', '--versions', '5');
    const admin = new kafkajs.Kafka(kafkaClientConfig(kafka().connection, 'test')).admin();
    await admin.connect();
    try {
      const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
      const names = [...(await admin.listTopics()), ...groups].filter((name) => name.startsWith(kafkaMark));
      expect(names).toEqual([]);
    } finally {
      await admin.disconnect();
    }
  });
});
