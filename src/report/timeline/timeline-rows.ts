/**
 * Reads the rows of a report's timelines by the names of their columns. A row is one attempt at a delivery, a delivery
 * that no attempt was made at, or an event that was not delivered; what was not seen is null.
 */
import type { RunTimelines, TimelineColumn, TimelineRow } from '../../domain/report/run-picture.js';

/** When something was seen. */
export interface Seen {
  readonly stamp: number;
  /** Since the run began; null: only its place in the order was seen. */
  readonly atMs: number | null;
}

export interface TimelineEntry {
  readonly aggregateId: string;
  readonly version: number;
  readonly topic: string;
  readonly publisher: number | null;
  readonly publish: Seen | null;
  readonly partition: number | null;
  readonly position: number | null;
  readonly deliver: Seen | null;
  readonly subscription: string | null;
  readonly deliveryCount: number | null;
  readonly submit: Seen | null;
  readonly lane: number | null;
  readonly attempt: number | null;
  readonly start: Seen | null;
  readonly finish: Seen | null;
  readonly outcome: string | null;
  readonly answer: string | null;
  readonly answered: Seen | null;
}

export function entriesOf({ columns, aggregates, topics, subscriptions }: RunTimelines): TimelineEntry[] {
  const at = new Map(columns.map((column, index) => [column, index]));
  return aggregates.flatMap(({ aggregateId, rows }) =>
    rows.map((row) => ({ aggregateId, ...entryOf(row, at, topics, subscriptions) })),
  );
}

function entryOf(
  row: TimelineRow,
  at: ReadonlyMap<TimelineColumn, number>,
  topics: readonly string[],
  subscriptions: readonly string[],
): Omit<TimelineEntry, 'aggregateId'> {
  const cell = (column: TimelineColumn): number | string | null => row[at.get(column) ?? -1] ?? null;
  const number = (column: TimelineColumn): number | null => {
    const value = cell(column);
    return typeof value === 'number' ? value : null;
  };
  const text = (column: TimelineColumn): string | null => {
    const value = cell(column);
    return typeof value === 'string' ? value : null;
  };
  const seen = (stampColumn: TimelineColumn, msColumn: TimelineColumn | null): Seen | null => {
    const stamp = number(stampColumn);
    return stamp === null ? null : { stamp, atMs: msColumn === null ? null : number(msColumn) };
  };
  const topic = number('topic');
  const subscription = number('subscription');
  return {
    version: number('version') ?? 0,
    topic: topics[topic ?? -1] ?? '-',
    publisher: number('publisher'),
    publish: seen('publishStamp', 'publishMs'),
    partition: number('partition'),
    position: number('position'),
    deliver: seen('deliverStamp', 'deliverMs'),
    subscription: subscription === null ? null : (subscriptions[subscription] ?? String(subscription)),
    deliveryCount: number('deliveryCount'),
    submit: seen('submitStamp', null),
    lane: number('lane'),
    attempt: number('attempt'),
    start: seen('startStamp', 'startMs'),
    finish: seen('finishStamp', 'finishMs'),
    outcome: text('outcome'),
    answer: text('answer'),
    answered: seen('answerStamp', 'answerMs'),
  };
}
