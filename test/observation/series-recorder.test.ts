import { describe, expect, it } from 'vitest';
import { bucketsMax } from '../../src/domain/report/run-picture.js';
import { FetchMatrixRecorder } from '../../src/observation/fetch-matrix-recorder.js';
import { Recorder } from '../../src/observation/recorder.js';
import { SeriesRecorder } from '../../src/observation/series-recorder.js';
import { FanOut } from '../../src/observation/fan-out.js';

const event = { aggregate: 0, topic: 0, version: 1, publisher: 0 };
const delivered = {
  ...{ ...event, publishStamp: 1, publishedAtMs: 0, partition: 0, position: 1, deliveryCount: 1 },
  ...{ subscription: 0, owned: true, ackToken: 0 },
};

/** Both recorders behind a recorder whose clock is set by hand. */
function bench() {
  let [nowMs, stamp] = [0, 0];
  const found = { regressions: 0 };
  const series = new SeriesRecorder(() => found.regressions);
  const matrix = new FetchMatrixRecorder({ topics: ['t0', 't1'], subscriptions: ['s0', 's1'] });
  const recorder = new Recorder({
    nextStamp: () => ++stamp,
    nowMs: () => nowMs,
    sink: new FanOut([series, matrix]),
  });
  const at = (ms: number): Recorder => {
    nowMs = ms;
    return recorder;
  };
  return { at, found, series, matrix };
}

describe('a series', () => {
  it('is null where nothing was seen', () => {
    expect(bench().series.series()).toBeNull();
  });

  it('has handlings and regressions in the millisecond in which they fell', () => {
    const { at, found, series } = bench();
    const delivery = at(0).deliver(delivered);
    found.regressions = 2;
    const attempt = at(3).start(delivery, 1, 0);
    at(5).finish(attempt, 'done');
    at(5).finish(at(5).start(delivery, 2, 0), 'failed');
    expect(series.series()).toEqual({
      bucketMs: 1,
      published: [0, 0, 0, 0, 0, 0],
      handled: [0, 0, 0, 0, 0, 1],
      regressions: [0, 0, 0, 2, 0, 0],
    });
  });

  it('doubles its buckets when the run outgrows them, and loses nothing', () => {
    const { at, series } = bench();
    const ends = [0, 1, 199, 200, 750, 1_599, 1_600];
    for (const ms of ends) at(ms).finish(at(ms).start(at(ms).deliver(delivered), 1, 0), 'done');
    const { bucketMs, handled } = series.series()!;
    expect(bucketMs).toBe(16);
    expect(handled.length).toBeLessThanOrEqual(bucketsMax);
    expect(handled.flatMap((count, bucket) => Array.from({ length: count }, () => bucket))).toEqual(
      ends.map((ms) => Math.floor(ms / 16)),
    );
  });
});

describe('a fetch matrix', () => {
  it('counts the deliveries of each subscription from each topic, and those that are not its own', () => {
    const { at, matrix } = bench();
    at(0).deliver({ ...delivered, subscription: 1, topic: 0, owned: false });
    at(0).deliver({ ...delivered, subscription: 1, topic: 1 });
    at(0).deliver({ ...delivered, subscription: 0, topic: 0 });
    at(0).deliver({ ...delivered, subscription: 0, topic: 0 });
    expect(matrix.matrix()).toEqual({
      subscriptions: ['s0', 's1'],
      topics: ['t0', 't1'],
      cells: [
        { subscription: 0, topic: 0, delivered: 2, misrouted: 0 },
        { subscription: 1, topic: 0, delivered: 1, misrouted: 1 },
        { subscription: 1, topic: 1, delivered: 1, misrouted: 0 },
      ],
      cellsTotal: 3,
    });
  });

  it('is null where nothing was delivered', () => {
    expect(bench().matrix.matrix()).toBeNull();
  });
});
