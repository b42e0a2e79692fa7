/** A file of trace events in which a viewer finds every event of the timelines, and in which regressions can be counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { render } from '../../../src/report/exporters/perfetto.js';
import { simulate } from '../../run/simulate.js';
import { report, row } from '../fixtures.js';
import { anyName, anyTimelines, crossed, handled, hostileTimelines, timelines, toldRow } from './timelines-fixture.js';
import { readTrace, regressionsIn } from './trace-events.js';

const rendered = (...rows: RunRow[]): string => render([{ report: report(rows), gate: null }]);
const tracks = (text: string): string[] => [...new Set(readTrace(text).slices.map(({ track }) => track))];

describe('the format perfetto', () => {
  it('has every stage of a run, sound in form, and the regressions that the report counts', async () => {
    const rows = await simulate({ topics: '2', aggregates: '5', versions: '20' }, 3);
    const { problems, slices, otherData } = readTrace(rendered(...rows));
    expect(problems).toEqual([]);
    expect(rows.map(({ id }) => regressionsIn(slices, id))).toEqual(rows.map(({ counts }) => counts.regressions));
    expect(rows[0]!.counts.regressions).toBeGreaterThan(0);
    expect(new Set(slices.map(({ cat }) => cat))).toEqual(
      new Set(['out of order', 'publish', 'store', 'deliver', 'submit', 'handle', 'ack']),
    );
    expect(otherData['rows']).toMatchObject(
      rows.map(({ id, outcome }) => ({ name: id, outcome, deliveriesLeftOut: 0 })),
    );
  });

  it('leads a flow from the publish call of each delivery to its ack', () => {
    const { problems, flows } = readTrace(rendered(toldRow(timelines(crossed))));
    expect(problems).toEqual([]);
    expect(flows.map((flow) => flow.map((slice) => `${slice!.name} ${slice!.cat}`))).toEqual(
      [1, 2, 3].map((version) =>
        ['publish', 'store', 'deliver', 'submit', 'handle', 'ack'].map((stage) => `agg-1 v${version} ${stage}`),
      ),
    );
  });

  it('puts the late event where its handler started, on a track of its own', () => {
    const late = readTrace(rendered(toldRow(timelines(crossed)))).slices.filter(({ cat }) => cat === 'out of order');
    // The example of the fixture names a stamp that is not told.
    expect(late).toEqual([]);
    const [found] = toldRow(null).aggregates;
    const [example] = found!.examples;
    const witness = { ...example!.witness, late: { ...example!.witness.late, startStamp: 30 } };
    const told = toldRow(timelines(crossed), { aggregates: [{ ...found!, examples: [{ ...example!, witness }] }] });
    const { slices } = readTrace(rendered(told));
    expect(slices.filter(({ cat }) => cat === 'out of order')).toMatchObject([
      { name: 'agg-1 v2 after v3', from: 30_000_000, args: { lostAt: 'deliver', version: 2, afterVersion: 3 } },
    ]);
  });

  it('orders by stamps what clocks show at one time, or the wrong way round', () => {
    const rows = [handled(1, 1, 10, { startMs: 15 }), handled(2, 2, 20, { startMs: 14, deliverMs: 14 })];
    const { problems, slices } = readTrace(rendered(toldRow(timelines(rows))));
    expect(problems).toEqual([]);
    const from = slices.filter(({ cat }) => cat === 'handle').map((slice) => slice.from);
    expect(from).toEqual([15_000_000, 15_000_000 + 5]);
  });

  it('puts handlers that run at the same time on tracks of their own', () => {
    const rows = [handled(1, 1, 10, { lane: -1, finishMs: 40, finishStamp: 40 }), handled(2, 2, 20, { lane: -1 })];
    const text = rendered(toldRow(timelines(rows)));
    expect(readTrace(text).problems).toEqual([]);
    expect(tracks(text)).toContain('handlers outside the lanes (2)');
  });

  it('has a moment of a handling that was not seen to end, and no flow of an event that was only published', () => {
    const unseen = {
      finishStamp: null,
      finishMs: null,
      outcome: null,
      answer: null,
      answerStamp: null,
      answerMs: null,
    };
    const published = { version: 2, publisher: 0, publishStamp: 2, publishMs: 2, topic: 0 };
    const { problems, slices, flows } = readTrace(rendered(toldRow(timelines([handled(1, 1, 10, unseen), published]))));
    expect(problems).toEqual([]);
    expect(slices.filter(({ cat }) => cat === 'handle')).toMatchObject([
      { from: 10e6, to: 10e6, args: { outcome: 'not seen' } },
    ]);
    expect(flows).toHaveLength(1);
  });

  it('draws each attempt of a delivery, and its deliveries, from one publish call', () => {
    const again = handled(1, 1, 10, {
      answerStamp: 16,
      answerMs: 16,
      attempt: 2,
      startStamp: 14,
      startMs: 14,
      finishStamp: 15,
      finishMs: 15,
    });
    const rows = [handled(1, 1, 10, { answer: null, answerStamp: null, answerMs: null }), again, handled(1, 1, 30)];
    const { problems, slices, flows } = readTrace(rendered(toldRow(timelines(rows))));
    expect(problems).toEqual([]);
    expect(slices.filter(({ cat }) => cat === 'publish')).toHaveLength(1);
    expect(flows.map((flow) => flow.map((slice) => slice!.cat).join(' '))).toEqual([
      'publish store deliver submit handle handle ack',
      'publish store deliver submit handle ack',
    ]);
  });

  it('shows what happened to the run as moments', () => {
    const incidents = [{ stamp: 15, atMs: 16, kind: 'rebalance', what: 'group a\u202e, epoch 2' }];
    const { slices, problems } = readTrace(rendered(toldRow(timelines(crossed, { incidents, incidentsTotal: 1 }))));
    expect(problems).toEqual([]);
    expect(slices.filter(({ cat }) => cat === 'run')).toMatchObject([
      { name: 'rebalance', from: 16e6, to: 16e6, args: { what: 'group a\\u{202e}, epoch 2' } },
    ]);
  });

  it('keeps apart, and harmless, names that hardly differ', () => {
    const text = rendered(toldRow(hostileTimelines));
    const { problems, slices } = readTrace(text);
    expect(problems).toEqual([]);
    expect(new Set(slices.map(({ args }) => args['aggregate'])).size).toBe(hostileTimelines.aggregates.length);
    expect(Buffer.from(text).toString()).toBe(text);
  });

  it('is sound in form whatever the timelines say', () => {
    fc.assert(
      fc.property(anyTimelines, anyName, (told, id) => {
        const text = rendered(toldRow(told, { id }), toldRow(told));
        expect(readTrace(text).problems).toEqual([]);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
  });

  it('names the rows that it cannot show, and of several reports which one a row is of', () => {
    const [first, second] = [
      report([toldRow(timelines(crossed)), row('single#1')]),
      report([toldRow(timelines(crossed))]),
    ];
    const { otherData, slices, problems } = readTrace(
      render([first, second].map((one) => ({ report: one, gate: null }))),
    );
    expect(problems).toEqual([]);
    expect(otherData['rowsWithoutTimelines']).toEqual(['single#1']);
    expect(new Set(slices.map(({ process }) => process))).toEqual(new Set(['1: multi/shared#1', '2: multi/shared#1']));
  });

  it('refuses a report without timelines, and says what to do', () => {
    expect(() => rendered(row('single#1'))).toThrow(UsageError);
    expect(() => render([])).toThrow(/no row of the report has timelines/);
  });
});

describe('the check of trace events', () => {
  const sound = rendered(toldRow(timelines(crossed)));
  const broken = (from: string | RegExp, to: string): readonly string[] => readTrace(sound.replace(from, to)).problems;

  it.each([
    ['a flow that does not end', /\{"ph":"f".*\n/, '', /goes stttt/],
    ['a flow that ends at the next slice', ',"bp":"e"', '', /ends at the next slice/],
    ['a track without a name', '"name":"thread_name"', '"name":"thread"', /on a track without a name/],
    ['a time that goes back', '"ts":18000', '"ts":1', /earlier than the event before it/],
    ['a text with a control character', '"name":"acks"', '"name":"\\u001backs"', /not printable/],
    ['half a character', '"name":"acks"', '"name":"\\ud800"', /not printable/],
    ['two tracks of one name', '"name":"acks"', '"name":"lane 4"', /two tracks of 1 are named lane 4/],
    ['a slice without a duration', '"dur":0', '"duration":0', /without a duration/],
    [
      'a flow through no slice',
      '"cat":"flow","pid":1,"tid":4',
      '"cat":"flow","pid":1,"tid":5',
      /goes through no slice/,
    ],
  ])('finds %s', (_, from, to, problem) => {
    expect(broken(from, to).join('\n')).toMatch(problem);
  });

  it('finds a slice that ends after the one around it', () => {
    expect(broken('"ts":10000,"dur":1000', '"ts":10000,"dur":10500').join('\n')).toMatch(/ends after/);
  });

  it('counts another number of regressions where a start is moved', () => {
    const { slices } = readTrace(sound);
    expect(regressionsIn(slices, 'multi/shared#1')).toBe(1);
    const moved = slices.map((slice) => (slice.from === 30e6 ? { ...slice, from: 15e6 } : slice));
    expect(regressionsIn(moved, 'multi/shared#1')).toBe(0);
  });
});
