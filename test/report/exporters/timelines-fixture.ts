/** Timelines made by hand: versions 1, 3, 2 of an aggregate, of which the lower one comes late. */
import fc from 'fast-check';
import { timelineColumns, type RunTimelines, type TimelineColumn } from '../../../src/domain/report/run-picture.js';
import type { RunReport, RunRow } from '../../../src/domain/report/run-report.js';
import { counts, finding, report, row } from '../fixtures.js';

export type Cells = Partial<Record<TimelineColumn, number | string | null>>;

/** An event that was published at the stamp, and handled in its turn from `startStamp` on. */
export function handled(version: number, publishStamp: number, startStamp: number, cells: Cells = {}): Cells {
  return {
    ...{ version, publisher: 0, publishStamp, publishMs: publishStamp, topic: 0, partition: 0, position: version },
    ...{ deliverStamp: startStamp - 2, deliverMs: startStamp - 2, subscription: 0, deliveryCount: 1 },
    ...{ submitStamp: startStamp - 1, lane: 4, attempt: 1, startStamp, startMs: startStamp },
    ...{ finishStamp: startStamp + 1, finishMs: startStamp + 1, outcome: 'done' },
    ...{ answer: 'ack', answerStamp: startStamp + 2, answerMs: startStamp + 2 },
    ...cells,
  };
}

export const crossed: readonly Cells[] = [handled(1, 1, 10), handled(2, 2, 30), handled(3, 3, 20)];

export function timelines(rows: readonly Cells[], overrides: Partial<RunTimelines> = {}): RunTimelines {
  return {
    columns: timelineColumns,
    ...{ topics: ['orders'], subscriptions: ['puller-0'], incidents: [], incidentsTotal: 0 },
    aggregates: [
      {
        ...{ aggregateId: 'agg-1', earlier: 0, later: 0 },
        rows: rows.map((cells) => timelineColumns.map((column) => cells[column] ?? null)),
      },
    ],
    ...overrides,
  };
}

export function toldRow(told: RunTimelines | null, overrides: Partial<RunRow> = {}): RunRow {
  return row('multi/shared#1', {
    ...{ outcome: 'violated', counts: counts({ regressions: 1 }), aggregates: [finding('agg-1')] },
    timelines: told,
    ...overrides,
  });
}

/** A report that every format can show. */
export function toldReport(overrides: Partial<RunReport> = {}): RunReport {
  return report([toldRow(timelines(crossed))], overrides);
}

/** Names that a program might act on, mix up, or cut in half. */
export const anyName = fc.oneof(
  fc.constantFrom(
    '',
    '<script>',
    '=cmd()',
    '\u001b[31m',
    '\u202e',
    'a\n',
    'a\\x0a',
    '\ud800',
    '\udc00',
    'x'.repeat(10_000),
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

const stamp = fc.integer({ min: 1, max: 60 });
const ms = fc.constantFrom(0, 0.001, 3.339, 14.2, 5_137.925);
const seen = (name: 'publish' | 'deliver' | 'start' | 'finish' | 'answer'): fc.Arbitrary<Cells> =>
  fc.option(fc.tuple(stamp, ms)).map((at) => ({ [`${name}Stamp`]: at?.[0] ?? null, [`${name}Ms`]: at?.[1] ?? null }));

/** Rows whose parts need not fit together. */
const anyCells: fc.Arbitrary<Cells> = fc
  .tuple(
    fc.record<Cells>({
      ...{ version: fc.integer({ min: 1, max: 6 }), publisher: fc.option(fc.nat(2)), topic: fc.nat(2) },
      ...{ partition: fc.option(fc.nat(2)), position: fc.option(fc.integer({ min: 1, max: 9 })) },
      ...{ subscription: fc.option(fc.nat(3)), deliveryCount: fc.option(fc.integer({ min: 1, max: 3 })) },
      ...{ submitStamp: fc.option(stamp), lane: fc.option(fc.integer({ min: -1, max: 2 })) },
      ...{ attempt: fc.option(fc.integer({ min: 1, max: 3 })), outcome: fc.constantFrom(null, 'done', 'failed') },
      answer: fc.constantFrom(null, 'ack', 'nak'),
    }),
    ...[seen('publish'), seen('deliver'), seen('start'), seen('finish'), seen('answer')],
  )
  .map((parts) => Object.assign({}, ...parts) as Cells);

export const anyTimelines: fc.Arbitrary<RunTimelines> = fc
  .record({
    topics: fc.array(anyName, { minLength: 1, maxLength: 3 }),
    subscriptions: fc.array(anyName, { maxLength: 3 }),
    incidents: fc.array(fc.record({ stamp, atMs: ms, kind: anyName, what: anyName }), { maxLength: 3 }),
    aggregates: fc.array(fc.tuple(anyName, fc.array(anyCells, { maxLength: 12 })), { maxLength: 4 }),
  })
  .map(({ aggregates, incidents, ...names }) =>
    timelines([], {
      ...{ ...names, incidents, incidentsTotal: incidents.length },
      aggregates: aggregates.map(([aggregateId, rows]) => ({ ...timelines(rows).aggregates[0]!, aggregateId })),
    }),
  );

/** Names that hardly differ, or that a program might act on: version 2 of each comes after version 3. */
export const hostileTimelines: RunTimelines = timelines([], {
  ...{ topics: ['\n'], subscriptions: ['\u001b[31m'] },
  aggregates: [
    ...['<script>', 'a\u0000', 'a\\x00', '\ud800', '\udc00', '', 'é', 'e\u0301'],
    ...['x'.repeat(10_000), 'x'.repeat(10_001), `${'😀'.repeat(59)}x😀😀`],
  ].map((aggregateId, index) => ({
    ...timelines(crossed.map((cells) => later(cells, 100 * index))).aggregates[0]!,
    aggregateId,
  })),
});

/** The same with all stamps and times so much later. */
function later(cells: Cells, by: number): Cells {
  return Object.fromEntries(
    Object.entries(cells).map(([column, cell]) => [
      column,
      /(?:Stamp|Ms)$|^position$/.test(column) && typeof cell === 'number' ? cell + by : cell,
    ]),
  );
}
