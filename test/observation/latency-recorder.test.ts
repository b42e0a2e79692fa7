import { createHash } from 'node:crypto';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import type { AttemptOutcome, Delivery } from '../../src/domain/observation.js';
import { LatencyRecorder } from '../../src/observation/latency-recorder.js';
import { Recorder } from '../../src/observation/recorder.js';

const nothing = { p50: null, p90: null, p99: null, p999: null, max: null };

/** A recorder whose clock is set by hand. */
function bench(): { latency: LatencyRecorder; recorder: Recorder; at: (ms: number) => Recorder } {
  const latency = new LatencyRecorder();
  let nowMs = 0;
  let stamp = 0;
  const recorder = new Recorder({ nextStamp: () => ++stamp, nowMs: () => nowMs, sink: latency });
  return {
    latency,
    recorder,
    at: (ms) => {
      nowMs = ms;
      return recorder;
    },
  };
}

const stored = { ok: true, partition: 0, position: 1, duplicate: false, error: null };
const fetched = { partition: 0, position: 1, deliveryCount: 1, subscription: 0, owned: true, ackToken: 0 };

function handle(
  at: (ms: number) => Recorder,
  delivery: Delivery,
  number: number,
  [startMs, endMs]: readonly [number, number],
  outcome: AttemptOutcome,
): void {
  const attempt = at(startMs).start(delivery, number, 0);
  at(endMs).finish(attempt, outcome);
}

describe('LatencyRecorder', () => {
  it('measures each stretch of an event under its own name, in milliseconds', () => {
    const { latency, at } = bench();
    const event = at(10).publish(0, 0, 1, 0);
    at(12).publishResult(event, stored);
    const delivery = at(13).deliver({ ...event, ...fetched });
    const attempt = at(18).start(delivery, 1, 0);
    at(28).finish(attempt, 'done');
    const { publish, queue, handle, endToEnd } = latency.latencyMs();
    expect([publish.p50, queue.p50, handle.p50, endToEnd.p50]).toEqual([2, 5, 10, 18]);
    expect([publish.max, queue.max, handle.max, endToEnd.max]).toEqual([2, 5, 10, 18]);
  });

  it('says null, not 0, of what never happened', () => {
    const { latency } = bench();
    expect(latency.latencyMs()).toEqual({ publish: nothing, queue: nothing, handle: nothing, endToEnd: nothing });
    expect(latency.throughput()).toEqual({ publishedPerSecond: null, handledPerSecond: null });
  });

  it('gives quantiles of three significant digits', () => {
    const { latency, at } = bench();
    for (let i = 1; i <= 1_000; i++) {
      const event = at(0).publish(0, 0, i, 0);
      at(i * 1.234_567).publishResult(event, stored);
    }
    const { p50, p90, p99, p999, max } = latency.latencyMs().publish;
    expect([p50, p90, p99, p999, max]).toEqual([617, 1_110, 1_220, 1_230, 1_230]);
  });

  it('counts publishing from the first call to the last answer, and handling to the last good end', () => {
    const { latency, at } = bench();
    for (let i = 0; i < 10; i++) {
      const event = at(1_000 + i).publish(0, 0, i + 1, 0);
      at(1_100 * (1 + i / 9)).publishResult(event, i === 0 ? { ...stored, ok: false, error: 'refused' } : stored);
    }
    const event = at(1_500).publish(0, 0, 11, 0);
    const delivery = at(1_600).deliver({ ...event, ...fetched });
    handle(at, delivery, 1, [1_700, 3_000], 'done');
    handle(at, delivery, 2, [1_700, 9_000], 'failed');
    expect(latency.throughput()).toEqual({ publishedPerSecond: 9 / 1.2, handledPerSecond: 0.5 });
  });

  it('takes the queueing of the first attempt only, and the handling of every attempt', () => {
    const { latency, at } = bench();
    const event = at(0).publish(0, 0, 1, 0);
    const delivery = at(1).deliver({ ...event, ...fetched });
    handle(at, delivery, 1, [2, 4], 'failed');
    handle(at, delivery, 2, [100, 110], 'done');
    const latencyMs = latency.latencyMs();
    expect(latencyMs.queue.max).toBe(1);
    expect([latencyMs.handle.p50, latencyMs.handle.max]).toEqual([2, 10]);
    expect([latencyMs.endToEnd.p50, latencyMs.endToEnd.max]).toEqual([110, 110]);
  });

  it('measures end to end to the first good handling, not to that of a redelivery', () => {
    const { latency, at } = bench();
    const event = at(0).publish(0, 0, 1, 0);
    for (const deliveredAtMs of [10, 30_000]) {
      const delivery = at(deliveredAtMs).deliver({ ...event, ...fetched });
      handle(at, delivery, 1, [deliveredAtMs, deliveredAtMs + 5], 'done');
    }
    expect(latency.latencyMs().endToEnd.max).toBe(15);
  });

  it('takes a span that runs backwards for 0, and one of weeks for a day', () => {
    const { latency, at } = bench();
    const early = at(5).publish(0, 0, 1, 0);
    at(4).publishResult(early, stored);
    expect(latency.latencyMs().publish.max).toBe(0);
    const late = at(0).publish(0, 0, 2, 0);
    at(1e10).publishResult(late, stored);
    expect(latency.latencyMs().publish.max).toBe(86_400_000);
  });

  it('hands out histograms from which HdrHistogram reads the same quantiles, in microseconds', () => {
    const { latency, at } = bench();
    for (let i = 1; i <= 1_000; i++) {
      const event = at(0).publish(0, 0, i, 0);
      at(i * 1.234_567).publishResult(event, stored);
    }
    const { publish, queue } = latency.histograms();
    const read = decodeFromCompressedBase64(publish!);
    expect(read.totalCount).toBe(1_000);
    const { p50, p99, max } = latency.latencyMs().publish;
    const inMs = [50, 99, 100].map((at) => Number((read.getValueAtPercentile(at) / 1_000).toPrecision(3)));
    expect(inMs).toEqual([p50, p99, max]);
    expect(queue).toBeNull();
  });

  it('compresses them to the same bytes on any machine and Node', () => {
    const { latency, at } = bench();
    for (let i = 1; i <= 1_000; i++) at(((i * 7_919) % 1_009) / 3).publishResult(at(0).publish(0, 0, i, 0), stored);
    const digest = createHash('sha256').update(latency.histograms().publish!).digest('hex');
    expect(digest.slice(0, 16)).toBe('591105415e751ff7');
  });

  it('leaves out of end to end what was published before the recording', () => {
    const { latency, at } = bench();
    const unknown = { aggregate: 0, topic: 0, version: 1, publisher: 0, publishStamp: 0, publishedAtMs: 0 };
    const delivery = at(1).deliver({ ...unknown, ...fetched });
    handle(at, delivery, 1, [2, 4], 'done');
    expect(latency.latencyMs().endToEnd).toEqual(nothing);
  });
});
