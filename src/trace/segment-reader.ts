/**
 * Reads one segment of a trace. Its lines are taken apart into observations, put in stamp order, and handed to a sink
 * as the run itself handed them to its sinks.
 *
 * Only what is certain is handed on. In a damaged segment that is everything up to the first observation that is
 * missing: an exact beginning of the run. What lies behind it is counted and kept back, since with a first delivery
 * gone its redelivery would look like an event out of order. A hole that the writer recorded is no damage: the run
 * itself went on without that observation, and so does its trace.
 */
import type { Attempt, Delivery, ObservationSink } from '../domain/observation.js';
import { Generations } from './generations.js';
import { GrowingNames } from './growing-names.js';
import { StampWindow } from '../observation/stamp-window.js';
import { asFound, isObject, LineProblem, type Fields } from './trace-fields.js';
import { referenceReachStamps, type TraceEnd, type TraceHeader } from './trace-format.js';
import { parseEnd, type ParsedEnd } from './trace-header.js';
import { takers, type DeliveryReference, type ReadObservation } from './trace-observations.js';

/** A line that could not be used. */
export interface LineTrouble {
  readonly lineNumber: number;
  /** What was expected, and what was there instead. */
  readonly what: string;
}

/** What is known of a segment once all of it was read. */
export interface TraceSegment {
  readonly header: TraceHeader;
  /** null if it is missing. */
  readonly end: TraceEnd | null;
  /** Observations handed on. */
  readonly judged: number;
  /** Observations kept back because one before them is missing. */
  readonly keptBack: number;
  /** Lines that could not be used, and the first of them. */
  readonly foreignLines: number;
  readonly firstForeign: LineTrouble | null;
  /** Time of the last observation handed on, in milliseconds since the run began. */
  readonly lastAtMs: number;
  /** Why this is not the whole of what the run wrote, in words; null if it is. */
  readonly truncation: string | null;
}

export class SegmentReader {
  readonly header: TraceHeader;
  readonly names: GrowingNames;
  readonly #sink: ObservationSink;
  readonly #window: StampWindow<ReadObservation>;
  /** By id, for as long as lines may refer to them. */
  readonly #deliveries = new Generations<Delivery>(referenceReachStamps);
  /** By start stamp. */
  readonly #running = new Map<number, Attempt>();
  readonly #lines = new Map<string, number>([['header', 1]]);
  #end: ParsedEnd | null = null;
  /** An observation is missing: nothing behind it is handed on. */
  #broken = false;
  #judged = 0;
  #keptBack = 0;
  #foreignLines = 0;
  #firstForeign: LineTrouble | null = null;
  #lastAtMs = 0;

  /** @param begin called once with the names, which grow as lines are read; returns the sink of this segment */
  constructor(header: TraceHeader, begin: (names: GrowingNames) => ObservationSink) {
    this.header = header;
    this.names = new GrowingNames(
      header.topics,
      header.topology.subscriptions.map((subscription) => subscription.name),
    );
    this.#sink = begin(this.names);
    this.#window = new StampWindow((observation) => this.#handOn(observation), { onHole: () => (this.#broken = true) });
  }

  /** Takes the next line, whatever it is. */
  take(line: unknown, lineNumber: number): void {
    try {
      this.#takeLine(line);
    } catch (error) {
      if (!(error instanceof LineProblem)) throw error;
      this.foreign(lineNumber, error.message);
    }
  }

  /** Counts a line that does not belong to this trace. */
  foreign(lineNumber: number, what: string): void {
    this.#foreignLines++;
    this.#firstForeign ??= { lineNumber, what };
  }

  /** Nothing more will come. */
  close(): TraceSegment {
    this.#window.end();
    return {
      header: this.header,
      end: this.#end?.end ?? null,
      judged: this.#judged,
      keptBack: this.#keptBack,
      foreignLines: this.#foreignLines,
      firstForeign: this.#firstForeign,
      lastAtMs: this.#lastAtMs,
      truncation: this.#truncation(),
    };
  }

  #takeLine(line: unknown): void {
    if (!isObject(line)) throw new LineProblem('a line should be a JSON object');
    if (this.#end !== null) throw new LineProblem('it comes after the end of its row');
    const kind = line['kind'];
    if (kind === 'end') this.#end = parseEnd(line);
    else this.#takeObservations(kind, line);
  }

  #takeObservations(kind: unknown, line: Fields): void {
    const taker = Object.hasOwn(takers, kind as string) ? takers[kind as keyof typeof takers] : undefined;
    if (taker === undefined) {
      throw new LineProblem(`"kind" should be one of a trace, but it is ${asFound(kind)}`);
    }
    taker(line, this.names, this.#put);
    this.#lines.set(kind as string, (this.#lines.get(kind as string) ?? 0) + 1);
  }

  readonly #put = (stamp: number, observation: ReadObservation): void => {
    if (!this.#window.put(stamp, observation)) throw new LineProblem(`stamp ${stamp} was taken by a line before it`);
  };

  #handOn(observation: ReadObservation): void {
    this.#broken ||= !this.#handToSink(observation);
    if (observation.kind === 'hole') return;
    if (this.#broken) this.#keptBack++;
    else this.#judged++;
  }

  /** @returns false if it refers to a delivery or an attempt that no observation before it describes */
  #handToSink(observation: ReadObservation): boolean {
    switch (observation.kind) {
      case 'publish':
        // Where a rate is set it is when the call was due, which may be earlier than what was read before.
        this.#lastAtMs = Math.max(this.#lastAtMs, observation.record.publishedAtMs);
        this.#sink.observe(observation);
        return true;
      case 'publish-result':
      case 'note':
        this.#lastAtMs = observation.record.atMs;
        this.#sink.observe(observation);
        return true;
      case 'deliver':
        return this.#deliver(observation.record);
      case 'submit':
        return this.#submit(this.#resolve(observation.delivery), observation.stamp);
      case 'start':
        return this.#start(this.#resolve(observation.delivery), observation);
      case 'finish':
        return this.#finish(this.#running.get(observation.started), observation);
      case 'ack':
        return this.#ack(this.#resolve(observation.delivery), observation);
      case 'hole':
        return true;
    }
  }

  #deliver(delivery: Delivery): true {
    this.#lastAtMs = delivery.deliveredAtMs;
    this.#deliveries.reach(delivery.deliverStamp);
    this.#deliveries.set(delivery.id, delivery);
    this.#sink.observe({ kind: 'deliver', record: delivery });
    return true;
  }

  #submit(delivery: Delivery | undefined, stamp: number): boolean {
    if (delivery === undefined) return false;
    delivery.submitStamp = stamp;
    this.#sink.observe({ kind: 'submit', record: delivery });
    return true;
  }

  #start(delivery: Delivery | undefined, start: ReadObservation & { kind: 'start' }): boolean {
    if (delivery === undefined) return false;
    this.#lastAtMs = start.atMs;
    const attempt: Attempt = {
      delivery,
      number: start.number,
      lane: start.lane,
      startStamp: start.stamp,
      startedAtMs: start.atMs,
      finishStamp: 0,
      finishedAtMs: 0,
      outcome: null,
    };
    this.#running.set(start.stamp, attempt);
    this.#sink.observe({ kind: 'start', record: attempt });
    return true;
  }

  #finish(attempt: Attempt | undefined, finish: ReadObservation & { kind: 'finish' }): boolean {
    if (attempt === undefined) return false;
    this.#lastAtMs = finish.atMs;
    this.#running.delete(finish.started);
    attempt.finishStamp = finish.stamp;
    attempt.finishedAtMs = finish.atMs;
    attempt.outcome = finish.outcome;
    this.#sink.observe({ kind: 'finish', record: attempt });
    return true;
  }

  #ack(delivery: Delivery | undefined, { ack, stamp, atMs }: ReadObservation & { kind: 'ack' }): boolean {
    if (delivery === undefined) return false;
    this.#lastAtMs = atMs;
    this.#sink.observe({ kind: 'ack', record: { delivery, kind: ack, stamp, atMs } });
    return true;
  }

  #resolve(reference: DeliveryReference): Delivery | undefined {
    return typeof reference === 'number' ? this.#deliveries.get(reference) : reference;
  }

  #truncation(): string | null {
    const reasons: string[] = [];
    if (this.#firstForeign !== null) {
      const { lineNumber, what } = this.#firstForeign;
      const others = this.#foreignLines > 1 ? `; ${this.#foreignLines - 1} more like it` : '';
      reasons.push(`line ${lineNumber} is not a line of this trace (${what})${others}`);
    }
    if (this.#end === null) reasons.push('the trace breaks off before the end of this row');
    else if (!this.#isWhole(this.#end)) reasons.push('lines of this row are missing');
    if (this.#broken) {
      reasons.push(`${this.#judged} observations were judged, ${this.#keptBack} behind a missing one were not`);
    }
    return reasons.length === 0 ? null : reasons.join('; ');
  }

  #isWhole(end: ParsedEnd): boolean {
    const kinds = new Set([...end.lines.keys(), ...this.#lines.keys()]);
    const countsAgree = [...kinds].every((kind) => (end.lines.get(kind) ?? 0) === (this.#lines.get(kind) ?? 0));
    return countsAgree && this.#window.next === end.lastStamp + 1;
  }
}
