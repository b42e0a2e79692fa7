/**
 * Tests what a crash does. The service dies with what it has in its memory, and a successor with an empty one takes its
 * place: on JetStream what was not acknowledged comes again after the ack wait, behind everything newer; on Kafka from
 * the committed position on, in order.
 */
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTrace } from '../../src/run/check-trace.js';
import { runScenario } from '../../src/run/run-scenario.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { strategyIds } from '../../src/strategy/registry.js';
import { onSeeds } from './simulate.js';

const crashing: ScenarioFlags = {
  ...{ topics: '2', aggregates: '10', versions: '40', workers: '4', handlerTime: '1-3ms' },
  ...{ ackWait: '1s', drainTimeout: '60s', disturb: 'crash:300ms@50%' },
};

describe('a crash on JetStream', () => {
  it('brings unacknowledged events again after the ack wait, behind newer ones, whatever the mode', async () => {
    await onSeeds(crashing, (rows, seed) => {
      for (const { id, outcome, counts, origins } of rows) {
        expect(outcome, `${id} ${seed}`).toBe('violated');
        expect(counts, `${id} ${seed}`).toMatchObject({ lost: 0, unseen: 0, phantoms: 0 });
        const { redone, redelivered, total } = counts.duplicates;
        expect(redone + redelivered, `${id} ${seed}`).toBe(total);
        expect(origins.deliver, `${id} ${seed}`).toBeGreaterThan(0);
      }
    });
  });

  it('violates no order where one message is outstanding: that one is redone, which decides nothing', async () => {
    const one = { ...crashing, versions: '10', mode: 'single', strategy: 'max-ack-pending-1', ackWait: '3s' };
    await onSeeds(one, ([row], seed) => {
      expect(row, seed).toMatchObject({ outcome: 'ordered', reasons: [] });
      const { redone, total } = row!.counts.duplicates;
      // It is in hand whenever the crash was due: the crash waits for it.
      expect(total, seed).toBe(1);
      expect(redone, seed).toBe(1);
    });
  });

  it('waits for an event in hand: else it would take nothing away, and the run would show nothing', async () => {
    const idle: ScenarioFlags = {
      ...{ mode: 'single', strategy: 'max-ack-pending-1', aggregates: '10', versions: '10' },
      ...{ ackWait: '5s', allow: 'duplicate', disturb: 'crash:300ms@50%' },
    };
    await onSeeds(idle, ([row], seed) => expect(row, seed).toMatchObject({ outcome: 'ordered', reasons: [] }), 20);
  });

  it('takes its position from an ordered consumer: its successor begins anew, and all comes again', async () => {
    const ordered = { ...crashing, versions: '10', mode: 'single', strategy: 'ordered-consumer' };
    await onSeeds(ordered, ([row], seed) => {
      expect(row!.error, seed).toBeNull();
      expect(row!.outcome, seed).not.toBe('ordered');
      expect(row!.counts.duplicates.total, seed).toBeGreaterThan(0);
    });
  });

  it('leaves no handler running: an attempt that died is not done, and nothing overlaps it', async () => {
    await onSeeds({ ...crashing, mode: 'single', strategy: 'serial', handlerTime: '5ms' }, ([row], seed) => {
      expect(row!.counts.overlaps, seed).toBe(0);
      expect(row!.counts.delivered, seed).toBeGreaterThan(row!.counts.handled);
      expect(
        row!.disturbances.map(({ what }) => what),
        seed,
      ).toEqual(['crash:300ms', 'the service is back']);
    });
  });

  it('may come again, to the successor; one that comes while the service is down finds nobody', async () => {
    const twice = { ...crashing, mode: 'single', disturb: ['crash:20ms@30%', 'crash:20ms@60%'] };
    await onSeeds(twice, ([row], seed) => {
      expect(row!.counts.lost + row!.counts.unseen, seed).toBe(0);
      const what = row!.disturbances.map((one) => one.what);
      const [back, down] = ['the service is back', 'the service is down already'];
      expect(
        [
          ['crash:20ms', back, 'crash:20ms', back],
          ['crash:20ms', 'crash:20ms', down, back],
        ],
        seed,
      ).toContainEqual(what);
    });
  });
});

describe('a crash on Kafka', () => {
  const { ackWait: _, ...others } = crashing;
  const onKafka = { ...others, broker: 'sim:kafka', mode: 'single', sessionTimeout: '6s' };

  it('replays from the committed position once the dead member is missed, in order', async () => {
    let duplicates = 0;
    await onSeeds(onKafka, ([row], seed) => {
      expect(row!.counts, seed).toMatchObject({ regressions: 0, overlaps: 0, lost: 0, unseen: 0 });
      expect(row!.durationMs, seed).toBeGreaterThan(6_000);
      duplicates += row!.counts.duplicates.total;
    });
    expect(duplicates).toBeGreaterThan(0);
  });

  it('kills one replica of several: the others go on and take its partitions', async () => {
    await onSeeds({ ...onKafka, members: '2', disturb: 'crash:20s@50%' }, ([row], seed) => {
      expect(row!.counts, seed).toMatchObject({ regressions: 0, lost: 0, unseen: 0 });
      const groups = row!.rebalances.map(({ members }) => Object.keys(members));
      expect(groups, seed).toContainEqual(['sub-all-2']);
      expect(groups.at(-1), seed).toContain('sub-all-1-after-crash-1');
    });
  });
});

describe('the trace of a run with a crash', () => {
  it.each(['sim:jetstream', 'sim:kafka'])('gives the verdict of the run, on %s', async (broker) => {
    const folder = mkdtempSync(join(tmpdir(), 'crash-'));
    try {
      const { ackWait, ...others } = crashing;
      const flags = { ...others, ...(broker === 'sim:kafka' ? {} : { ackWait }), broker, mode: 'single' };
      const tracePath = join(folder, 'trace.ndjson');
      const live = await runScenario(resolveScenario({ flags, strategies: strategyIds }), {
        connections: { nats: null, kafka: null },
        signal: new AbortController().signal,
        onProgress: () => undefined,
        tracePath,
        command: ['run'],
      });
      const checked = await checkTrace(tracePath);
      const { wallDurationMs: _wall, peakRssBytes: _rss, ...row } = live.runs[0]!;
      expect(checked.runs[0]).toMatchObject(row);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
