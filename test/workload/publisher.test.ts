import { describe, expect, it } from 'vitest';
import type { DelayRange } from '../../src/domain/scenario/delay-range.js';
import { connectionsOf, type PublishMode } from '../../src/domain/scenario/scenario.js';
import { perturbationOf } from '../../src/runtime/perturbation.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import { VirtualStamps } from '../../src/runtime/virtual/virtual-stamps.js';
import { VirtualWorld } from '../../src/runtime/virtual/virtual-world.js';
import { planWorkload } from '../../src/workload/plan.js';
import { RatePacer } from '../../src/workload/pacer.js';
import { runPublisher } from '../../src/workload/publisher.js';
import { LocalVersionSource } from '../../src/workload/version-source.js';

interface Sent {
  readonly aggregate: number;
  readonly version: number;
  readonly atMs: number;
  readonly publishedAtMs: number;
}

class Refused extends Error {}

/** Publishes 3 aggregates × 6 versions over a connection that takes 1 to 5 ms a publish. */
async function publish(
  mode: PublishMode,
  options: {
    seed?: number;
    ratePerSecond?: number;
    refuse?: (sent: Sent) => boolean;
    handledAfterMs?: number;
    perturbed?: DelayRange;
  } = {},
) {
  const world = new VirtualWorld(new SeededPrng(options.seed ?? 1, 'schedule'));
  const prng = new SeededPrng(options.seed ?? 1, 'network');
  const plan = planWorkload({ aggregates: 3, topics: 2, versions: 6, skew: 0, topicChoice: 'home' });
  const sent: Sent[] = [];
  const busy = new Set<string>();
  let overlapsOnAConnection = 0;
  const results: { aggregate: number; version: number; ok: boolean }[] = [];
  const outstanding = [0, 0, 0];
  let mostOutstanding = 0;
  await world.run(() =>
    runPublisher({
      ports: { scheduler: world, prng },
      plan,
      publisher: 0,
      aggregates: [0, 1, 2],
      mode,
      versions: new LocalVersionSource(new VirtualStamps(), 3, plan.versionsOf),
      connections: Array.from({ length: connectionsOf(mode) }, (_, index) => ({
        publish: async ({ aggregate, version, publishedAtMs }) => {
          const one = { aggregate, version, atMs: world.nowMs(), publishedAtMs };
          sent.push(one);
          const over = `${aggregate} over ${index}`;
          if (busy.has(over)) overlapsOnAConnection++;
          busy.add(over);
          mostOutstanding = Math.max(mostOutstanding, ++outstanding[aggregate]!);
          await world.sleep(1 + prng.float() * 4);
          outstanding[aggregate]!--;
          if (options.refuse?.(one) === true) throw new Refused('no room');
          busy.delete(over);
          return { partition: 0, position: sent.length, duplicate: false };
        },
      })),
      recorder: {
        publish: (aggregate, topic, version, publisher, stamp = 0, dueAtMs = world.nowMs()) => ({
          aggregate,
          topic,
          version,
          publisher,
          publishStamp: stamp,
          publishedAtMs: dueAtMs,
        }),
        publishResult: ({ aggregate, version }, { ok }) => results.push({ aggregate, version, ok }),
      },
      pacer: options.ratePerSecond === undefined ? null : new RatePacer(world, options.ratePerSecond),
      handled: { wait: () => world.sleep(options.handledAfterMs ?? 0) },
      isStopping: () => false,
      perturb: perturbationOf(options.perturbed ?? null, 1, world),
      isPublishFailure: (error) => error instanceof Refused,
    }),
  );
  const versionsSent = (aggregate: number): number[] =>
    sent.filter((s) => s.aggregate === aggregate).map((s) => s.version);
  return { sent, results, overlapsOnAConnection, mostOutstanding, versionsSent, durationMs: world.nowMs() };
}

describe('a publisher', () => {
  it('sends the next version only when the last one is acknowledged, under serial', async () => {
    const { results, mostOutstanding, versionsSent } = await publish({ kind: 'serial' });
    expect(mostOutstanding).toBe(1);
    expect(results).toHaveLength(18);
    for (const aggregate of [0, 1, 2]) expect(versionsSent(aggregate)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps up to N outstanding under async:N, and still sends them in version order', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { results, mostOutstanding, versionsSent } = await publish({ kind: 'async', window: 3 }, { seed });
      expect(mostOutstanding).toBe(3);
      expect(results).toHaveLength(18);
      for (const aggregate of [0, 1, 2]) expect(versionsSent(aggregate)).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('holds up the later sends of an aggregate by each delay, so that none overtakes', async () => {
    const perturbed = { minMs: 0, maxMs: 20 };
    const modes: readonly PublishMode[] = [{ kind: 'serial' }, { kind: 'async', window: 3 }];
    for (const mode of modes) {
      const plain = await publish(mode);
      const { durationMs, versionsSent } = await publish(mode, { perturbed });
      for (const aggregate of [0, 1, 2]) expect(versionsSent(aggregate)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(durationMs).toBeGreaterThan(plain.durationMs);
    }
  });

  it('has one event of an aggregate under way over each of N connections under pool:N, and claims versions in order', async () => {
    const { results, mostOutstanding, versionsSent, overlapsOnAConnection } = await publish({
      kind: 'pool',
      senders: 3,
    });
    expect({ mostOutstanding, overlapsOnAConnection }).toEqual({ mostOutstanding: 3, overlapsOnAConnection: 0 });
    expect(results).toHaveLength(18);
    for (const aggregate of [0, 1, 2]) expect(versionsSent(aggregate)).toEqual([1, 2, 3, 4, 5, 6]);
    const settled = results.filter(({ aggregate }) => aggregate === 0).map(({ version }) => version);
    expect(settled, 'some later one is answered first').not.toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('sends no more than N at once under capped:N, refuses what goes beyond, and does not try again', async () => {
    const { sent, results } = await publish({ kind: 'capped', pending: 4 });
    expect(sent).toHaveLength(4);
    expect(results.filter(({ ok }) => ok)).toHaveLength(4);
    expect(results).toHaveLength(18);
  });

  it('sends again under capped:N once a publish has settled', async () => {
    const { sent, results } = await publish({ kind: 'capped', pending: 1 }, { ratePerSecond: 500 });
    expect(sent.length).toBeGreaterThan(4);
    expect(sent.length).toBeLessThan(18);
    expect(results).toHaveLength(18);
  });

  it('waits until the last version was handled, under handled', async () => {
    const { sent } = await publish({ kind: 'handled' }, { handledAfterMs: 1000 });
    const times = sent.filter(({ aggregate }) => aggregate === 0).map(({ atMs }) => atMs);
    for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeGreaterThan(1000);
  });

  it('records a publish that was refused, and goes on with the next version', async () => {
    const { results } = await publish({ kind: 'serial' }, { refuse: ({ version }) => version === 2 });
    expect(results.filter(({ ok }) => !ok).map(({ version }) => version)).toEqual([2, 2, 2]);
    expect(results).toHaveLength(18);
  });

  it('counts latency from when a send was due, which a publisher that is held up does not shift', async () => {
    const { sent } = await publish({ kind: 'handled' }, { ratePerSecond: 100, handledAfterMs: 1000 });
    const due = sent.map(({ publishedAtMs }) => publishedAtMs);
    expect(due).toEqual(Array.from({ length: 18 }, (_, i) => i * 10));
    expect(sent.at(-1)!.atMs).toBeGreaterThan(5000);
  });

  it('keeps to the rate that was set', async () => {
    const { sent } = await publish({ kind: 'serial' }, { ratePerSecond: 10 });
    expect(sent.at(-1)!.atMs).toBeGreaterThanOrEqual(1700);
    expect(sent.at(-1)!.atMs).toBeLessThan(1720);
  });
});
