/**
 * Remembers the events of a few aggregates from stage to stage, so that a report can tell them. The last
 * {@link recentMax} deliveries of all aggregates are remembered; those of an aggregate with an anomaly are kept, from
 * somewhat before its first one on.
 */
import type { Delivery, Names, Observation, ObservationSink, PublishedEvent } from '../../domain/observation.js';
import { timelineColumns, timelineRowsMax, timelinesMax } from '../../domain/report/run-picture.js';
import type { AggregateTimeline, RunTimelines } from '../../domain/report/run-picture.js';
import { EventRows } from './event-rows.js';
import { IncidentList } from './incident-list.js';
import { RowOfDelivery } from './row-of-delivery.js';
import { keptMax, KeptAggregates, nextRow, rowsBefore } from './kept-aggregates.js';

/** Deliveries that are remembered whatever becomes of them. */
const recentMax = 8_192;
/** Rows of its aggregate among which that of an event that is delivered is looked for, from the oldest one that waits. */
const lookedThroughMax = 16;
/** Aggregates that are told where nothing went wrong. */
const soundMax = 3;

export class TimelineRecorder implements ObservationSink {
  readonly #names: Names;
  readonly #anomalies: () => number;
  readonly #rows = new EventRows(recentMax + keptMax * timelineRowsMax);
  readonly #kept = new KeptAggregates(recentMax);
  readonly #incidents = new IncidentList();
  readonly #rowOf = new RowOfDelivery(this.#rows);
  /** By aggregate: the number of its latest recent row, from 1; rows are numbered as they begin. */
  readonly #latest: number[] = [];
  /** By aggregate: the number of its oldest recent row that may not have been delivered; 0: there is none. */
  readonly #oldest: number[] = [];
  /** By aggregate: rows begun. */
  readonly #begun: number[] = [];
  #number = 0;
  #anomaliesBefore = 0;

  /** @param anomalies how many there are so far; asked after the checker has seen the same observation */
  constructor(names: Names, anomalies: () => number) {
    this.#names = names;
    this.#anomalies = anomalies;
  }

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'publish':
        this.#publish(record);
        return this.#look(record);
      case 'publish-result':
        return this.#look(record.event);
      case 'deliver':
        this.#deliver(record);
        return this.#look(record);
      case 'submit':
        return;
      case 'start': {
        const row = this.#rowFor(record.delivery, record.number);
        if (row >= 0) this.#rows.start(row, record);
        return this.#look(record.delivery);
      }
      case 'finish': {
        const row = this.#rowOf.get(record.delivery.id);
        if (row >= 0) this.#rows.finish(row, record);
        return this.#look(record.delivery);
      }
      case 'ack': {
        const row = this.#rowOf.get(record.delivery.id);
        if (row >= 0 && record.kind !== 'progress') this.#rows.answer(row, record);
        return;
      }
      case 'note':
        return this.#incidents.add(record);
    }
  }

  /**
   * @param worst aggregates with an anomaly, worst first
   * @returns null: nothing was published or delivered
   */
  timelines(worst: readonly string[]): RunTimelines | null {
    if (this.#number === 0) return null;
    const { topics, subscriptions } = this.#names;
    return {
      ...{ columns: timelineColumns, topics, subscriptions },
      ...{ incidents: this.#incidents.incidents, incidentsTotal: this.#incidents.total },
      aggregates: this.#chosen(worst).map((aggregate) => this.#told(aggregate)),
    };
  }

  /** Those of the worst that are still remembered; where nothing went wrong the first of the run. */
  #chosen(worst: readonly string[]): number[] {
    if (worst.length === 0) {
      return [...this.#latest.keys()].filter((aggregate) => this.#isRemembered(aggregate)).slice(0, soundMax);
    }
    const indexOf = new Map(this.#names.aggregates.map((name, index) => [name, index]));
    return [...new Set(worst)]
      .map((name) => indexOf.get(name))
      .filter((aggregate) => aggregate !== undefined)
      .filter((aggregate) => this.#isRemembered(aggregate))
      .slice(0, timelinesMax);
  }

  #isRemembered(aggregate: number): boolean {
    return this.#kept.get(aggregate) !== undefined || this.#isRecent(this.#latest[aggregate] ?? 0);
  }

  #told(aggregate: number): AggregateTimeline {
    const kept = this.#kept.get(aggregate);
    const rows = kept?.rows ?? this.#recentRows(aggregate, timelineRowsMax);
    const begun = this.#begun[aggregate]!;
    const earlier = kept?.earlier ?? begun - rows.length;
    const delivered = new Set(rows.filter((row) => this.#isDelivered(row)).map((row) => this.#versionOf(row)));
    return {
      aggregateId: this.#names.aggregates[aggregate] ?? String(aggregate),
      earlier,
      later: begun - earlier - rows.length,
      // A delivery that came long after its publish call has a row of its own, so that of the call says nothing more.
      rows: rows
        .filter((row) => this.#isDelivered(row) || !delivered.has(this.#versionOf(row)))
        .map((row) => this.#rows.told(row)),
    };
  }

  /** Keeps an aggregate as soon as something goes wrong with one of its events: what is around that event. */
  #look({ aggregate, version }: Pick<PublishedEvent, 'aggregate' | 'version'>): void {
    const anomalies = this.#anomalies();
    if (anomalies === this.#anomaliesBefore) return;
    this.#anomaliesBefore = anomalies;
    if (this.#kept.isFull || this.#kept.get(aggregate) !== undefined) return;
    const recent = this.#recentRows(aggregate, recentMax);
    const place = recent.findLastIndex((row) => this.#versionOf(row) === version);
    const from = Math.max(0, (place < 0 ? recent.length : place) - rowsBefore);
    const kept = this.#kept.keep(aggregate, (this.#begun[aggregate] ?? 0) - recent.length + from);
    for (const row of recent.slice(from, from + timelineRowsMax)) {
      const to = nextRow(kept);
      this.#rows.copy(row, to);
      const delivery = this.#rows.get(row, 'deliveryId');
      if (this.#rowOf.get(delivery) === row) this.#rowOf.set(delivery, to);
    }
  }

  /**
   * A publish call has a row of its own until its event is delivered. In a run so long that most rows are forgotten, that
   * is so for kept aggregates only: what is delivered tells its publish call itself.
   */
  #publish(event: PublishedEvent): void {
    if (this.#number < recentMax || this.#kept.get(event.aggregate) !== undefined) this.#begin(event);
  }

  #deliver(delivery: Delivery): void {
    const published = this.#undelivered(delivery);
    const row = published >= 0 ? published : this.#begin(delivery);
    if (row < 0) return;
    this.#rows.deliver(row, delivery);
    this.#rowOf.set(delivery.id, row);
  }

  /** The row of a start: of a delivery's first attempt its own, of a later one a new one. -1: it is not remembered. */
  #rowFor(delivery: Delivery, attempt: number): number {
    const row = this.#rowOf.get(delivery.id);
    if (row < 0 || attempt === 1) return row;
    const retry = this.#begin(delivery);
    if (retry < 0) return -1;
    this.#rows.deliver(retry, delivery);
    this.#rowOf.set(delivery.id, retry);
    return retry;
  }

  /** @returns the event's row; -1: no more of its aggregate are told */
  #begin(event: PublishedEvent | Delivery): number {
    const { aggregate } = event;
    while (this.#begun.length <= aggregate) {
      this.#begun.push(0);
      this.#latest.push(0);
      this.#oldest.push(0);
    }
    this.#begun[aggregate]!++;
    const number = ++this.#number;
    const kept = this.#kept.get(aggregate);
    if (kept !== undefined) {
      const row = nextRow(kept);
      if (row >= 0) this.#rows.begin(row, event, 0);
      return row;
    }
    const row = number % recentMax;
    const previous = this.#latest[aggregate]!;
    this.#rows.begin(row, event, previous);
    if (this.#isRecent(previous)) this.#rows.link(previous % recentMax, number);
    this.#latest[aggregate] = number;
    if (!this.#isRecent(this.#oldest[aggregate]!)) this.#oldest[aggregate] = number;
    return row;
  }

  /** The row of an event that was published and is delivered now for the first time; -1: none is known. */
  #undelivered({ aggregate, version }: Delivery): number {
    const isIt = (row: number): boolean => !this.#isDelivered(row) && this.#versionOf(row) === version;
    const kept = this.#kept.get(aggregate);
    if (kept !== undefined) return kept.rows.findLast(isIt) ?? -1;
    let number = this.#oldest[aggregate] ?? 0;
    for (let steps = 0; steps < lookedThroughMax && this.#isRecent(number); steps++) {
      const row = number % recentMax;
      const next = this.#rows.get(row, 'next');
      // Events are delivered about as they were published, so the oldest one that waits is mostly the one.
      if (number === this.#oldest[aggregate] && (this.#isDelivered(row) || isIt(row))) this.#oldest[aggregate] = next;
      if (isIt(row)) return row;
      number = next;
    }
    return -1;
  }

  /** The latest rows of an aggregate that is not kept, in the order in which they began. */
  #recentRows(aggregate: number, most: number): number[] {
    const rows: number[] = [];
    let number = this.#latest[aggregate] ?? 0;
    while (rows.length < most && this.#isRecent(number)) {
      rows.push(number % recentMax);
      number = this.#rows.get(number % recentMax, 'previous');
    }
    return rows.reverse();
  }

  #isRecent(number: number): boolean {
    return number > 0 && number > this.#number - recentMax;
  }

  #isDelivered(row: number): boolean {
    return this.#rows.get(row, 'deliverStamp') > 0;
  }

  #versionOf(row: number): number {
    return this.#rows.get(row, 'version');
  }
}
