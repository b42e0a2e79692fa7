import { describe, expect, it } from 'vitest';
import { StreamingChecker } from '../../../src/checker/streaming-checker.js';
import type { Observation } from '../../../src/domain/observation.js';
import {
  incidentsMax,
  timelineColumns,
  timelineRowsMax,
  timelinesMax,
} from '../../../src/domain/report/run-picture.js';
import type { RunTimelines, TimelineColumn } from '../../../src/domain/report/run-picture.js';
import { TimelineRecorder } from '../../../src/observation/timeline/timeline-recorder.js';
import { History } from '../../checker/support/history.js';

const many = Array.from({ length: 500 }, (_, index) => `agg-${index}`);
const names = { aggregates: many, topics: ['orders', 'invoices'], subscriptions: ['puller-0', 'puller-1', 'puller-2'] };

/** What a recorder beside the checker tells; the worst aggregates are said by index. */
function told(observations: readonly Observation[], worst: readonly number[] = []): RunTimelines | null {
  const checker = new StreamingChecker({ names, orderScope: 'topic' });
  const recorder = new TimelineRecorder(names, () => checker.anomalies);
  for (const observation of observations) {
    checker.observe(observation);
    recorder.observe(observation);
  }
  return recorder.timelines(worst.map((aggregate) => `agg-${aggregate}`));
}

function column(timelines: RunTimelines | null, name: TimelineColumn, aggregate = 0): unknown[] {
  const at = timelineColumns.indexOf(name);
  return timelines?.aggregates[aggregate]?.rows.map((row) => row[at]) ?? [];
}

describe('a timeline', () => {
  it('is null where nothing was published or delivered', () => {
    expect(told([])).toBeNull();
  });

  it('tells an event from its publish call to its answer', () => {
    const history = new History();
    history.publishAcked([1]);
    history.at(5);
    const delivery = history.submit(history.deliver(1, { subscription: 2, position: 7, partition: 3 }));
    history.finish(history.start(delivery, { lane: 4 }));
    history.ack(delivery);
    const [row] = told(history.observations)!.aggregates[0]!.rows;
    expect(Object.fromEntries(timelineColumns.map((name, index) => [name, row![index]]))).toMatchObject({
      ...{ version: 1, publisher: 0, publishStamp: 1, topic: 0, partition: 3, position: 7 },
      ...{ deliverStamp: 3, deliverMs: 5, subscription: 2, deliveryCount: 1, submitStamp: 4, lane: 4, attempt: 1 },
      ...{ startStamp: 5, finishStamp: 6, outcome: 'done', answer: 'ack', answerStamp: 7 },
    });
  });

  it('has an event that was never delivered, with null for what was not seen', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.handle(1);
    const timelines = told(history.observations);
    expect(column(timelines, 'version')).toEqual([1, 2]);
    expect(column(timelines, 'deliverStamp')).toEqual([5, null]);
    expect(column(timelines, 'subscription')).toEqual([0, null]);
    expect(column(timelines, 'outcome')).toEqual(['done', null]);
  });

  it('has each delivery and each attempt of an event in a row of its own', () => {
    const history = new History();
    history.publishAcked([1]);
    const delivery = history.deliver(1);
    history.finish(history.start(delivery), 'retried');
    history.finish(history.start(delivery, { number: 2 }));
    history.handle(1, { deliveryCount: 2 });
    const timelines = told(history.observations);
    expect(column(timelines, 'attempt')).toEqual([1, 2, 1]);
    expect(column(timelines, 'deliveryCount')).toEqual([1, 1, 2]);
    expect(column(timelines, 'outcome')).toEqual(['retried', 'done', 'done']);
  });

  it('tells the worst aggregates in their order, and the first three of the run where none is worst', () => {
    const history = new History();
    for (let aggregate = 0; aggregate < 30; aggregate++) {
      history.publishAcked([1], { aggregate });
      history.handle(1, { aggregate });
    }
    const ids = (worst: readonly number[]): unknown =>
      told(history.observations, worst)?.aggregates.map(({ aggregateId }) => aggregateId);
    expect(ids([])).toEqual(['agg-0', 'agg-1', 'agg-2']);
    expect(ids([9, 2, 9])).toEqual(['agg-9', 'agg-2']);
    expect(ids(Array.from({ length: 30 }, (_, index) => index))).toHaveLength(timelinesMax);
  });

  it('keeps what came before and after the first anomaly of an aggregate, however long the run goes on', () => {
    const history = new History();
    const versions = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
    history.publishAcked(versions(1, 1_000));
    for (const version of versions(1, 400)) history.handle(version);
    history.handle(401);
    history.handle(400);
    for (const version of versions(402, 1_000)) history.handle(version);
    for (let round = 0; round < 30; round++) {
      for (let aggregate = 1; aggregate < 500; aggregate++) {
        history.publish(round + 1, { aggregate });
        history.handle(round + 1, { aggregate });
      }
    }
    const timelines = told(history.observations, [0])!;
    const shown = column(timelines, 'version');
    expect(shown).toContain(400);
    const started = column(timelines, 'startStamp') as number[];
    expect(started[shown.indexOf(400)]).toBeGreaterThan(started[shown.indexOf(401)]!);
    expect(shown.length).toBeLessThanOrEqual(timelineRowsMax);
    const [{ earlier, later, rows }] = timelines.aggregates as [RunTimelines['aggregates'][number]];
    expect(earlier).toBeGreaterThan(0);
    expect(later).toBeGreaterThan(0);
    expect(rows.length).toBeGreaterThan(timelineRowsMax / 2);
  });

  it('has forgotten an aggregate without an anomaly of which nothing came for long', () => {
    const history = new History();
    history.publishAcked([1]);
    history.handle(1);
    for (let version = 1; version <= 9_000; version++) {
      history.publish(version, { aggregate: 1 });
      history.handle(version, { aggregate: 1 });
    }
    expect(told(history.observations, [0])?.aggregates).toEqual([]);
  });

  it('lists what happened to the run, the first ones, and counts all', () => {
    const history = new History();
    history.publishAcked([1]);
    for (let epoch = 1; epoch <= incidentsMax + 5; epoch++) {
      history.note('rebalance', { group: 'g', epoch, subscription: 'puller-0', assigned: '', members: null });
    }
    history.note('drain', { complete: true });
    const { incidents, incidentsTotal } = told(history.observations)!;
    expect(incidents).toHaveLength(incidentsMax);
    expect(incidentsTotal).toBe(incidentsMax + 5);
    expect(incidents[0]).toMatchObject({ kind: 'rebalance', what: 'group g, epoch 1, subscription puller-0' });
  });
});
