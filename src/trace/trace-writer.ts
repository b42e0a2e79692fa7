/**
 * Writes a row as a segment of the trace. It is a sink that writes a line as soon as all that belongs to it is known:
 * most observations at once, a delivery when it is submitted, an attempt when it has ended. What waits for too long (a
 * slow handler, a refused delivery) is written without its second half, which follows in a line of its own. So lines
 * are never far from their place in stamp order, and a reader needs a bounded window only.
 *
 * Stamps that never came are written as holes, so that a reader can tell what the run lost from what the file lost.
 */
import { InternalError } from '../domain/errors.js';
import {
  stampOf,
  type Attempt,
  type Delivery,
  type Names,
  type Observation,
  type ObservationSink,
} from '../domain/observation.js';
import { Generations } from './generations.js';
import type { TraceFile } from './trace-file.js';
import {
  lineKinds,
  patienceStamps,
  traceFormat,
  traceFormatVersion,
  type LineKind,
  type TraceEnd,
  type TraceHeader,
} from './trace-format.js';
import { TraceLines } from './trace-lines.js';

const namesPerLine = 1_000;

export class TraceWriter implements ObservationSink {
  readonly #file: TraceFile;
  readonly #names: Names;
  readonly #lines: TraceLines;
  readonly #counts = Object.fromEntries(lineKinds.map((kind) => [kind, 0])) as Record<LineKind, number>;
  /** Copies of deliveries that wait for their submit, by id. */
  readonly #unsubmitted = new Generations<Delivery>(patienceStamps);
  /** Copies of attempts that wait for their end, by start stamp. */
  readonly #unfinished = new Generations<Attempt>(patienceStamps);
  #namesWritten = 0;
  #lastStamp = 0;
  #closed = false;

  /** Begins a segment: its header is on the disk when this returns. */
  constructor(file: TraceFile, header: TraceHeader, names: Names) {
    this.#file = file;
    this.#names = names;
    this.#lines = new TraceLines(file.lines, names);
    this.#lines.plain({ kind: 'header', format: traceFormat, formatVersion: traceFormatVersion, ...header });
    this.#wrote('header');
    this.#writeNames();
    this.#file.flush();
  }

  observe(observation: Observation): void {
    const { kind, record } = observation;
    this.#reach(stampOf(observation), aggregateOf(observation));
    switch (kind) {
      case 'publish':
        this.#lines.publish(record);
        return this.#wrote('publish');
      case 'publish-result':
        this.#lines.publishResult(record);
        return this.#wrote('publish-result');
      case 'deliver':
        return this.#unsubmitted.set(record.id, { ...record });
      case 'submit':
        return this.#submit(record);
      case 'start':
        return this.#start(record);
      case 'finish':
        return this.#finish(record);
      case 'ack':
        this.#lines.ack(record);
        return this.#wrote('ack');
      case 'note':
        this.#lines.note(record);
        return this.#wrote('event');
    }
  }

  /** Ends the segment: writes what is still waiting for its second half, then `end`. Safe to call twice. */
  close(end: TraceEnd): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const delivery of this.#unsubmitted.clear()) this.#writeDelivery(delivery, 0);
    for (const attempt of this.#unfinished.clear()) this.#writeAttempt(attempt, null);
    const { end: _, ...lines } = this.#counts;
    this.#lines.plain({ kind: 'end', lastStamp: this.#lastStamp, lines, ...end });
    this.#wrote('end');
    this.#file.flush();
  }

  #submit(delivery: Delivery): void {
    if (this.#unsubmitted.take(delivery.id) !== undefined) this.#writeDelivery(delivery, delivery.submitStamp);
    else {
      this.#lines.submit(delivery);
      this.#wrote('submit');
    }
  }

  #start(attempt: Attempt): void {
    const { delivery } = attempt;
    if (delivery.submitStamp === 0 && this.#unsubmitted.take(delivery.id) !== undefined)
      this.#writeDelivery(delivery, 0);
    this.#unfinished.set(attempt.startStamp, { ...attempt });
  }

  #finish(attempt: Attempt): void {
    const start = this.#unfinished.take(attempt.startStamp);
    if (start !== undefined) this.#writeAttempt(start, attempt);
    else {
      this.#lines.finish(attempt);
      this.#wrote('finish');
    }
  }

  /**
   * Every observation passes here first: a jump in stamps is written as a hole, then what has waited for too long, then
   * the names of new aggregates.
   */
  #reach(stamp: number, aggregate: number): void {
    if (stamp <= this.#lastStamp) throw new InternalError(`observation ${stamp} was recorded after ${this.#lastStamp}`);
    if (stamp > this.#lastStamp + 1) this.#writeHole(this.#lastStamp + 1, stamp - 1);
    this.#lastStamp = stamp;
    for (const delivery of this.#unsubmitted.reach(stamp)) this.#writeDelivery(delivery, 0);
    for (const attempt of this.#unfinished.reach(stamp)) this.#writeAttempt(attempt, null);
    if (aggregate >= this.#namesWritten) this.#writeNames();
  }

  #writeDelivery(delivery: Delivery, submitStamp: number): void {
    this.#lines.delivery(delivery, submitStamp);
    this.#wrote('delivery');
  }

  #writeAttempt(start: Attempt, end: Attempt | null): void {
    this.#lines.attempt(start, end);
    this.#wrote('attempt');
  }

  #writeHole(from: number, to: number): void {
    this.#lines.plain({ kind: 'hole', from, to });
    this.#wrote('hole');
  }

  /** Aggregates get their number before it is used: those known now, and later those that have come since. */
  #writeNames(): void {
    const { aggregates } = this.#names;
    while (this.#namesWritten < aggregates.length) {
      const aggregateIds = aggregates.slice(this.#namesWritten, this.#namesWritten + namesPerLine);
      this.#lines.plain({ kind: 'names', from: this.#namesWritten, aggregateIds });
      this.#wrote('names');
      this.#namesWritten += aggregateIds.length;
    }
  }

  #wrote(kind: LineKind): void {
    this.#counts[kind]++;
    this.#file.lineDone();
  }
}

/** The aggregate that the line names; -1 for a note, which names none. */
function aggregateOf({ kind, record }: Observation): number {
  switch (kind) {
    case 'publish':
    case 'deliver':
    case 'submit':
      return record.aggregate;
    case 'publish-result':
      return record.event.aggregate;
    case 'start':
    case 'finish':
    case 'ack':
      return record.delivery.aggregate;
    case 'note':
      return -1;
  }
}
