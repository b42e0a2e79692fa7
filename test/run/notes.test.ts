/** What a simulated run records beside its events, so that its verdict can be judged. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { ScratchFile } from '../observation/fixtures.js';
import { simulate } from './simulate.js';
import { readTraceEvents, type TracedRun } from './trace-events.js';

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

async function traced(flags: ScenarioFlags, seed = 1): Promise<TracedRun & { readonly row: RunRow }> {
  const [row] = await simulate({ ...small, ...flags }, seed, scratch.path);
  const run = readTraceEvents(scratch.path);
  expect(run.holes, 'stamps are dense').toBe(0);
  return { ...run, row: row! };
}

const small: ScenarioFlags = { topics: '2', aggregates: '10', versions: '40', workers: '4', mode: 'single' };
const onKafka: ScenarioFlags = { broker: 'sim:kafka', sessionTimeout: '6s' };
const names = (run: TracedRun, kind: string): unknown[] => run.notes(kind).map(({ detail }) => detail['subscription']);

describe('a run records progress', () => {
  const inPlace: ScenarioFlags = { strategy: 'retry-in-place', workers: '1', handlerTime: '1ms', handlerFail: '10%' };

  it('five times an ack wait, of all that the bus has in hand, and never after the ack', async () => {
    const { acks, deliveries } = await traced({ ...inPlace, ackWait: '100ms' });
    const progress = acks.filter(({ ack }) => ack === 'progress');
    expect(progress.length).toBeGreaterThan(deliveries.size);
    expect(new Set(progress.map(({ us }) => us)).size).toBeGreaterThan(20);
    const settledAt = new Map(acks.filter(({ ack }) => ack !== 'progress').map(({ delivery, stamp }) => [delivery, stamp])); // prettier-ignore
    for (const { delivery, stamp } of progress) expect(stamp).toBeLessThan(settledAt.get(delivery) ?? Infinity);
  });

  it('so that no third of an ack wait passes without a word of a delivery', async () => {
    const { acks } = await traced({ ...inPlace, ackWait: '100ms' });
    const heardUs = new Map<number, number>();
    for (const { delivery, us } of acks) {
      expect(us - (heardUs.get(delivery) ?? us)).toBeLessThan(100_000 / 3);
      heardUs.set(delivery, us);
    }
  });

  it('not where nothing is acknowledged after handling, nor where the broker waits for no ack', async () => {
    for (const flags of [{ ack: 'on-delivery', ackWait: '100ms' }, onKafka]) {
      const { acks } = await traced({ ...inPlace, handlerFail: '0%', ...flags });
      expect(acks.filter(({ ack }) => ack === 'progress')).toEqual([]);
    }
  });
});

describe('a run records the end of a subscription', () => {
  it('when its service crashes, before what was in its memory is gone, and not at the end of the run', async () => {
    for (const broker of ['sim:jetstream', 'sim:kafka']) {
      const run = await traced({ broker, handlerTime: '1-3ms', disturb: 'crash:300ms@50%' });
      expect(names(run, 'subscription-ended'), broker).toEqual(['sub-all']);
      const [ended] = run.notes('subscription-ended');
      const [asked] = run.notes('disturbance');
      expect(ended!.stamp, broker).toBeGreaterThan(asked!.stamp);
      for (const { stamp } of run.notes('crashed')) expect(stamp, broker).toBeGreaterThan(ended!.stamp);
      for (const { subscription, delivered } of run.deliveries.values())
        if (subscription === 'sub-all') expect(delivered, broker).toBeLessThan(ended!.stamp);
    }
  });

  it('when a member leaves, once it hands nothing over any more', async () => {
    const run = await traced({ ...onKafka, members: '2', disturb: 'leave@30%' });
    expect(names(run, 'subscription-ended')).toEqual(['sub-all-1']);
    const [ended] = run.notes('subscription-ended');
    for (const { subscription, delivered } of run.deliveries.values())
      if (subscription === 'sub-all-1') expect(delivered).toBeLessThan(ended!.stamp);
  });

  it('not at the end of the run', async () => {
    expect(names(await traced({}), 'subscription-ended')).toEqual([]);
    expect(names(await traced(onKafka), 'subscription-ended')).toEqual([]);
  });
});

describe('a run records of what is let go unhandled', () => {
  it.each([
    ['rejected', { overflow: 'reject', queueSize: '2', laneSize: '1', workers: '1', ackWait: '50ms' }],
    [
      'discarded',
      { strategy: 'version-gate', handlerFail: '10%', maxDeliver: '1', gapPolicy: 'park', gapTimeout: '50ms' },
    ],
    ['given-back', { strategy: 'actor', handlerFail: '10%', handlerTime: '1ms' }],
    ['crashed', { handlerTime: '1-3ms', disturb: 'crash:300ms@50%' }],
  ] as const)('which event it was, and where from: %s', async (kind, flags) => {
    const run = await traced(flags);
    const notes = run.notes(kind);
    expect(notes.length).toBeGreaterThan(0);
    for (const { detail } of notes) {
      const { aggregateId, topic, version, partition, subscription } = run.deliveries.get(Number(detail['delivery']))!;
      expect({ ...detail, names: `agg-${Number(detail['aggregate'])} topic-${Number(detail['topic'])}` }).toMatchObject(
        {
          ...{ names: `${aggregateId} ${topic}`, version, partition },
          subscriptionIndex: subscription === 'sub-all' ? 0 : 1,
        },
      );
    }
  });
});

describe('a run records a change of lanes', () => {
  it.each([
    ['keyed-pool', 4, 6],
    ['aggregate-queue', 4, 6],
    ['pool-per-topic', 8, 12],
    ['retry-in-place', 4, 6],
  ])('of %s from %d to %d, of the buses that are there', async (strategy, from, to) => {
    const run = await traced({ strategy, disturb: 'workers:6@50%' });
    expect(run.notes('resized').map(({ detail }) => detail)).toEqual([{ bus: 0, from, to }]);
  });

  it('not of one to as many as there are, nor of a dispatcher without lanes', async () => {
    expect((await traced({ disturb: 'workers:4@50%' })).notes('resized')).toEqual([]);
    expect((await traced({ strategy: 'serial', disturb: 'workers:6@50%' })).notes('resized')).toEqual([]);
  });

  it('not of a bus that is dead', async () => {
    const run = await traced({ disturb: ['crash:10ms@20%', 'workers:6@60%'] });
    expect(run.notes('resized').map(({ detail }) => detail['bus'])).toEqual([1]);
  });
});

describe('a run on the simulated Kafka records', () => {
  it('that a member paused the partitions that it has, and nothing of one that has none', async () => {
    const paused = await traced({ ...onKafka, disturb: 'pause:200ms@50%' });
    expect(paused.notes('paused').map(({ detail }) => detail)).toEqual([{ subscription: 'sub-all', partitions: 6 }]);
    const none = { ...onKafka, topics: '1', partitions: '1', members: '2', rate: '1000', disturb: 'pause:100ms@50%' };
    const run = await traced(none);
    const [first] = Object.entries(run.row.rebalances.at(-1)!.members).filter(([, assigned]) => assigned === '');
    expect(names(run, 'paused')).toEqual(first?.[0] === 'sub-all-1' ? [] : ['sub-all-1']);
  });

  it('how long a member went without a heartbeat, each time that it was longer than before', async () => {
    const slow = { ...onKafka, rate: '100', heartbeatInterval: '300ms', handlerTime: '5ms' };
    const gaps = (await traced(slow)).notes('heartbeat').map(({ detail }) => Number(detail['gapMs']));
    expect(gaps[0]).toBeGreaterThanOrEqual(300);
    expect(gaps.at(-1)).toBeLessThan(1_000);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  });

  it('that one which stood still, and was heard of before its session was over, went so long without one', async () => {
    const stalled = { ...onKafka, rate: '100', heartbeatInterval: '300ms', disturb: 'stall:2s@50%' };
    const longestMs = Number((await traced(stalled)).notes('heartbeat').at(-1)!.detail['gapMs']);
    expect(longestMs).toBeGreaterThan(1_900);
    expect(longestMs).toBeLessThan(3_000);
  });
});
