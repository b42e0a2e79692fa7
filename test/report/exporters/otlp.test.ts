/** OpenTelemetry spans of the timelines, by the conventions for messaging; `check` reads them back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { render } from '../../../src/report/exporters/otlp.js';
import { checked } from '../../record/fixtures.js';
import { simulate } from '../../run/simulate.js';
import { report, row } from '../fixtures.js';
import { readSpans } from './otlp-spans.js';
import { anyName, anyTimelines, crossed, handled, hostileTimelines, timelines, toldRow } from './timelines-fixture.js';

const rendered = (...rows: RunRow[]): string => render([{ report: report(rows), gate: null }]);

describe('the format otlp', () => {
  it.each([
    ['sim:jetstream', {}],
    ['sim:kafka', { key: 'none' }],
  ])('gives check the regressions of a run on %s', async (broker, more) => {
    const sizes = { topics: '2', aggregates: '6', versions: '20', handlerTime: '0-20ms' };
    const flags = { ...sizes, broker, mode: 'multi/shared', strategy: 'unkeyed-pool', ...more };
    const rows = await simulate(flags, 3);
    const text = rendered(...rows);
    const { spans, problems } = readSpans(text);
    expect(problems).toEqual([]);
    expect(new Set(spans.map(({ source }) => source))).toEqual(new Set(rows.map(({ id }) => id)));
    const { counts, lines } = await checked(text);
    expect(lines.bad).toBe(0);
    expect(counts.regressions).toBe(rows.reduce((sum, { counts: { regressions } }) => sum + regressions, 0));
    expect(counts.regressions).toBeGreaterThan(0);
  });

  it('makes a trace of an event: send, receive, process and settle, each below the one before', () => {
    const { spans, problems } = readSpans(rendered(toldRow(timelines([handled(7, 1, 10)]))));
    expect(problems).toEqual([]);
    const [, send, receive, process, settle] = spans;
    expect([send, receive, process, settle].map((span) => span!.name)).toEqual(
      ['send', 'receive', 'process', 'ack'].map((name) => `${name} orders`),
    );
    expect([send, receive, process, settle].map((span) => span!.parentSpanId)).toEqual([
      ...[null, send!.spanId],
      ...[receive!.spanId, receive!.spanId],
    ]);
    for (const span of [receive, process, settle]) {
      expect(span!.links).toEqual([{ traceId: send!.traceId, spanId: send!.spanId }]);
    }
    expect(process!.attributes).toEqual({
      'messaging.system': 'nats',
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'process',
      'messaging.destination.name': 'orders',
      'messaging.client.id': 'puller-0',
      'eventbus_bench.aggregate': 'agg-1',
      'eventbus_bench.version': '7',
      'eventbus_bench.subscription': 'puller-0',
      'eventbus_bench.delivery': '8',
      'eventbus_bench.deliveryCount': '1',
      'eventbus_bench.position': '7',
      'eventbus_bench.lane': '4',
      'eventbus_bench.attempt': '1',
      'eventbus_bench.stamp': '10',
    });
    expect(process!.to - process!.from).toBe(1_000_000n);
  });

  it('has partition and offset of Kafka by the names of the conventions', () => {
    const broker = { kind: 'kafka', version: null, url: null } as const;
    const { spans } = readSpans(rendered(toldRow(timelines([handled(7, 1, 10, { partition: 2 })]), { broker })));
    expect(spans.at(-1)!.attributes).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.destination.partition.id': '2',
      'messaging.kafka.offset': '6',
    });
  });

  it('marks a handling that failed, or was not seen to end, as an error', () => {
    const unseen = { finishStamp: null, finishMs: null, outcome: null };
    const rows = [handled(1, 1, 10, { outcome: 'failed', answer: 'nak' }), handled(2, 2, 20, unseen)];
    const { spans, problems } = readSpans(rendered(toldRow(timelines(rows))));
    expect(problems).toEqual([]);
    const errors = spans.filter(({ kind }) => kind === 5).map(({ error }) => error);
    expect(errors).toEqual(['failed', 'end not seen']);
    expect(spans.map(({ name }) => name)).toContain('nak orders');
  });

  it('has what happened to a row as events of a span of its length', () => {
    const incidents = [{ stamp: 15, atMs: 40, kind: 'rebalance', what: 'group a' }];
    const { spans } = readSpans(rendered(toldRow(timelines(crossed, { incidents, incidentsTotal: 1 }))));
    expect(spans[0]).toMatchObject({ name: 'run multi/shared#1', kind: 1, events: [{ name: 'rebalance' }] });
    expect(spans.every(({ to }) => to <= spans[0]!.to)).toBe(true);
  });

  it('lays rows end to end, and gives the spans of two runs other ids', () => {
    const first = report([toldRow(timelines(crossed)), toldRow(timelines(crossed), { id: 'single#1' })]);
    const second = { ...first, startedAt: '2026-11-22T16:04:05.000Z' };
    const { spans, problems } = readSpans(render([first, second].map((one) => ({ report: one, gate: null }))));
    expect(problems).toEqual([]);
    const begins = spans
      .filter(({ kind }) => kind === 1)
      .map(({ from }) => Number((from - spans[0]!.from) / 1_000_000n));
    expect(begins).toEqual([0, 996, 3_600_000, 3_600_996]);
  });

  it('keeps apart names that hardly differ, so that check counts them apart', async () => {
    const { counts, lines } = await checked(rendered(toldRow(hostileTimelines)));
    expect(lines.bad).toBe(0);
    expect(counts).toMatchObject({ handled: 33, regressions: hostileTimelines.aggregates.length });
  });

  it('is sound in form whatever the timelines say', () => {
    fc.assert(
      fc.property(anyTimelines, anyName, (told, id) => {
        const text = rendered(toldRow(told, { id }), toldRow(told));
        expect(readSpans(text).problems).toEqual([]);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
  });

  it('refuses a report without timelines', () => {
    expect(() => rendered(row('single#1'))).toThrow(UsageError);
  });
});

describe('the check of spans', () => {
  const sound = rendered(toldRow(timelines([handled(1, 1, 10, { outcome: 'failed' })])));

  it.each([
    ['a parent that is not there', /"parentSpanId":"./, '"parentSpanId":"x', /parent of receive orders is missing/],
    ['a link to nothing', /"links":\[\{"traceId":"./, '"links":[{"traceId":"x', /receive orders links to nothing/],
    ['a kind that is not of the operation', '"kind":5', '"kind":4', /process orders is of kind 4/],
    ['an integer that is a number', '"intValue":"0"', '"intValue":0', /no integer in a string/],
    ['a time that is a number', /"startTimeUnixNano":"(\d+)"/, '"startTimeUnixNano":$1', /no time since 1970/],
    ['a failure without error.type', '"error.type"', '"error.kind"', /error.type of process orders/],
    ['half a character', '"stringValue":"agg-1"', '"stringValue":"\\ud800"', /not printable/],
  ])('finds %s', (_, from, to, problem) => {
    expect(readSpans(sound.replace(from, to)).problems.join('\n')).toMatch(problem);
  });
});
