/**
 * What a run on real servers records beside its events, as one on the simulator does (test/run/notes.test.ts): the built
 * program as a process, and its trace, from which the verdict comes out again as it was.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { runCli, temporaryFolder } from '../cli/cli-process.js';
import { readTraceEvents, type TracedRun } from '../run/trace-events.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';
import { describeOnNewestNats, useServer } from './servers.js';

const small = ['--mode', 'single', '--topics', '2', '--aggregates', '10', '--versions', '40', '--workers', '4'];

/** @throws an assertion if anything is lost on the way, or the trace gives another verdict than the run. */
async function traced(...flags: readonly string[]): Promise<TracedRun> {
  const path = join(temporaryFolder(), 'trace.ndjson');
  const live = await runCli(['run', '--json', ...small, '--trace', path, ...flags]);
  const [row] = (JSON.parse(live.stdout) as RunReport).runs;
  expect(row!.error, live.stderr).toBeNull();
  const checked = await runCli(['check', '--json', path]);
  const [again] = (JSON.parse(checked.stdout) as RunReport).runs;
  expect(again).toEqual(row);
  const run = readTraceEvents(path);
  expect(run.holes, 'stamps are dense').toBe(0);
  return run;
}

const subscriptionsIn = (run: TracedRun, kind: string): unknown[] =>
  run.notes(kind).map(({ detail }) => detail['subscription']);

function expectNothingAfterTheEnd(run: TracedRun, name: string): void {
  const [ended] = run.notes('subscription-ended');
  for (const { subscription, delivered } of run.deliveries.values())
    if (subscription === name) expect(delivered).toBeLessThan(ended!.stamp);
}

describeOnNewestNats('a run on a real server records', (binary) => {
  const server = useServer(binary);
  const run = (...flags: string[]): Promise<TracedRun> =>
    traced('--broker', 'nats', '--nats-url', server().url, ...flags);

  it('the end of the subscription of a service that crashed, and which events were in its memory', async () => {
    const crashed = await run('--handler-time', '5ms', '--ack-wait', '1s', '--disturb', 'crash:100ms@50%');
    expect(subscriptionsIn(crashed, 'subscription-ended')).toEqual(['sub-all']);
    expectNothingAfterTheEnd(crashed, 'sub-all');
    const [ended] = crashed.notes('subscription-ended');
    const gone = crashed.notes('crashed');
    expect(gone.length).toBeGreaterThan(0);
    for (const { stamp, detail } of gone) {
      const { version, partition } = crashed.deliveries.get(Number(detail['delivery']))!;
      expect(detail).toMatchObject({ version, partition, subscriptionIndex: 0 });
      expect(stamp).toBeGreaterThan(ended!.stamp);
    }
  });

  it('a change of lanes, and no end of a subscription at the end of the run', async () => {
    const resized = await run('--handler-time', '2ms', '--disturb', 'workers:6@50%');
    expect(resized.notes('resized').map(({ detail }) => detail)).toEqual([{ bus: 0, from: 4, to: 6 }]);
    expect(resized.notes('subscription-ended')).toEqual([]);
  });

  it('progress of all that is in hand, also of what was not started yet', async () => {
    const inPlace = ['--strategy', 'retry-in-place', '--workers', '1', '--handler-time', '2ms', '--ack-wait', '300ms'];
    const { acks } = await run(...inPlace);
    const progress = acks.filter(({ ack }) => ack === 'progress');
    expect(progress.length).toBeGreaterThan(50);
    const settledAt = new Map(acks.flatMap(({ ack, delivery, stamp }) => (ack === 'progress' ? [] : [[delivery, stamp]]))); // prettier-ignore
    expect(settledAt.size).toBe(400);
    for (const { delivery, stamp } of progress) expect(stamp).toBeLessThan(settledAt.get(delivery)!);
  });
});

describeOnKafka('a run on a real Kafka records', () => {
  const kafka = useKafka();
  const run = (...flags: string[]): Promise<TracedRun> =>
    traced('--broker', 'kafka', '--kafka-brokers', kafka().brokers.join(','), ...flags);

  it('that a member paused its partitions, and how many', async () => {
    const paused = await run('--rate', '800', '--disturb', 'pause:200ms@50%');
    expect(paused.notes('paused').map(({ detail }) => detail)).toEqual([{ subscription: 'sub-all', partitions: 6 }]);
  });

  it('the end of a member that left, and of no other', async () => {
    const left = await run('--members', '2', '--rate', '800', '--disturb', 'leave@30%');
    expect(subscriptionsIn(left, 'subscription-ended')).toEqual(['sub-all-1']);
    expectNothingAfterTheEnd(left, 'sub-all-1');
  });

  describe.each(['kafkajs', 'platformatic'])('with %s', (client) => {
    it('the time between heartbeats, each time that it is longer than before', async () => {
      const group = ['--heartbeat-interval', '300ms', '--session-timeout', '6s', '--rate', '200'];
      const beaten = (await run('--kafka-client', client, ...group)).notes('heartbeat');
      const gaps = beaten.map(({ detail }) => Number(detail['gapMs']));
      expect(gaps.at(-1)).toBeGreaterThan(290);
      expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
      expect(new Set(gaps).size).toBe(gaps.length);
    });
  });

  it('that a member which stood still within its session went so long without a heartbeat', async () => {
    const group = ['--heartbeat-interval', '300ms', '--session-timeout', '20s', '--rate', '200'];
    const stalled = await run(...group, '--disturb', 'stall:1500ms@50%');
    expect(Number(stalled.notes('heartbeat').at(-1)!.detail['gapMs'])).toBeGreaterThan(1_490);
  });
});
