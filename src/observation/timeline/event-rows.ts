/**
 * Rows of what was seen of deliveries, in one piece of memory of a fixed size: a run has millions of events, and none of
 * them shall cost an object. A row is a delivery of an event, or an event that was not delivered yet; 0 in its stamps is
 * what was not seen.
 */
import {
  ackKinds,
  attemptOutcomes,
  type Acknowledgement,
  type Attempt,
  type Delivery,
  type PublishedEvent,
} from '../../domain/observation.js';
import { timelineColumns, type TimelineRow } from '../../domain/report/run-picture.js';
import { microseconds } from '../microseconds.js';

/** What a report tells of a row, and what the recorder finds rows by. */
const columns = [...timelineColumns, 'aggregate', 'deliveryId', 'previous', 'next'] as const;
type Column = (typeof columns)[number];

const column = Object.fromEntries(columns.map((name, index) => [name, index])) as Readonly<Record<Column, number>>;
const stride = columns.length;

export class EventRows {
  readonly #cells: Float64Array;

  constructor(rows: number) {
    this.#cells = new Float64Array(rows * stride);
  }

  get(row: number, name: Column): number {
    return this.#cells[row * stride + column[name]]!;
  }

  /** Empties the row, and writes an event into it. @param previous whatever the caller wants to find there */
  begin(row: number, event: PublishedEvent | Delivery, previous: number): void {
    const cells = this.#cells;
    const at = row * stride;
    for (let i = 0; i < stride; i++) cells[at + i] = 0;
    cells[at + column.version] = event.version;
    cells[at + column.publisher] = event.publisher;
    cells[at + column.publishStamp] = event.publishStamp;
    cells[at + column.publishMs] = event.publishedAtMs;
    cells[at + column.topic] = event.topic;
    cells[at + column.aggregate] = event.aggregate;
    cells[at + column.previous] = previous;
  }

  deliver(row: number, delivery: Delivery): void {
    const cells = this.#cells;
    const at = row * stride;
    cells[at + column.partition] = delivery.partition;
    cells[at + column.position] = delivery.position;
    cells[at + column.deliverStamp] = delivery.deliverStamp;
    cells[at + column.deliverMs] = delivery.deliveredAtMs;
    cells[at + column.subscription] = delivery.subscription;
    cells[at + column.deliveryCount] = delivery.deliveryCount ?? 0;
    cells[at + column.deliveryId] = delivery.id;
  }

  start(row: number, attempt: Attempt): void {
    const cells = this.#cells;
    const at = row * stride;
    cells[at + column.submitStamp] = attempt.delivery.submitStamp;
    cells[at + column.lane] = attempt.lane;
    cells[at + column.attempt] = attempt.number;
    cells[at + column.startStamp] = attempt.startStamp;
    cells[at + column.startMs] = attempt.startedAtMs;
    cells[at + column.finishStamp] = 0;
  }

  finish(row: number, { finishStamp, finishedAtMs, outcome }: Attempt): void {
    const cells = this.#cells;
    const at = row * stride;
    cells[at + column.finishStamp] = finishStamp;
    cells[at + column.finishMs] = finishedAtMs;
    cells[at + column.outcome] = outcome === null ? 0 : attemptOutcomes.indexOf(outcome) + 1;
  }

  answer(row: number, { kind, stamp, atMs }: Acknowledgement): void {
    const cells = this.#cells;
    const at = row * stride;
    cells[at + column.answer] = ackKinds.indexOf(kind) + 1;
    cells[at + column.answerStamp] = stamp;
    cells[at + column.answerMs] = atMs;
  }

  /** @param next whatever the caller wants to find there */
  link(row: number, next: number): void {
    this.#cells[row * stride + column.next] = next;
  }

  copy(from: number, to: number): void {
    this.#cells.copyWithin(to * stride, from * stride, (from + 1) * stride);
  }

  /** The row as a report has it, in the order of `timelineColumns`. */
  told(row: number): TimelineRow {
    const value = (name: Column): number => this.get(row, name);
    const isDelivered = value('deliverStamp') > 0;
    const isStarted = value('startStamp') > 0;
    const delivered = (name: Column): number | null => (isDelivered ? value(name) : null);
    const place = (name: Column, least: number): number | null =>
      isDelivered && value(name) >= least ? value(name) : null;
    return [
      value('version'),
      value('publisher') < 0 ? null : value('publisher'),
      ...moment(value('publishStamp'), value('publishMs')),
      value('topic'),
      place('partition', 0),
      place('position', 1),
      ...moment(value('deliverStamp'), value('deliverMs')),
      delivered('subscription'),
      place('deliveryCount', 1),
      value('submitStamp') || null,
      isStarted ? value('lane') : null,
      isStarted ? value('attempt') : null,
      ...moment(value('startStamp'), value('startMs')),
      ...moment(value('finishStamp'), value('finishMs')),
      value('finishStamp') > 0 ? (attemptOutcomes[value('outcome') - 1] ?? null) : null,
      ackKinds[value('answer') - 1] ?? null,
      ...moment(value('answerStamp'), value('answerMs')),
    ];
  }
}

/** Times in whole microseconds, as a trace has them: a run and its trace tell the same. */
function moment(stamp: number, atMs: number): [number | null, number | null] {
  return stamp === 0 ? [null, null] : [stamp, microseconds(atMs) / 1_000];
}
